/** ZIP archives as they should not be: any names, and sizes, counts and checksums that are not true (APPNOTE 6.3.10, 4.3). */
import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** In place of what is true; unsigned 32 bits. */
  readonly size?: number | undefined;
  readonly packedSize?: number | undefined;
  readonly offset?: number | undefined;
  readonly checksum?: number | undefined;
  /** 0 stored, 8 deflated; the bytes are always deflated unless it is 0. */
  readonly method?: number | undefined;
  readonly flags?: number | undefined;
}

/** @param count of entries, as the archive says */
export function zipOf(parts: readonly ZipPart[], count = parts.length): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const { name, bytes, method = 8, flags = 0x800 } = part;
    const packed = method === 0 ? Buffer.from(bytes) : deflateRawSync(bytes);
    const rawName = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(part.checksum ?? crc32(bytes), 10);
    shared.writeUInt32LE(part.packedSize ?? packed.length, 14);
    shared.writeUInt32LE(part.size ?? bytes.length, 18);
    shared.writeUInt16LE(rawName.length, 22);
    const file = Buffer.concat([number(0x04034b50), shared, rawName, packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(part.offset ?? offset, 10);
    directory.push(Buffer.concat([number(0x02014b50), Buffer.of(20, 0), shared, place, rawName]));
    files.push(file);
    offset += file.length;
  }
  const list = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(count & 0xffff, 4);
  end.writeUInt16LE(count & 0xffff, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...files, list, number(0x06054b50), end]));
}

function number(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
