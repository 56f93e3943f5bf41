/** TAR: ustar (POSIX.1-1988), with the long names of pax and GNU. */
export interface TarEntry {
  readonly name: string;
  readonly size: number;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/** The files in it; what is cut off or damaged ends the list. */
export function readTar(bytes: Uint8Array): TarEntry[] {
  const entries: TarEntry[] = [];
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    const size = parseInt(field(header, 124, 12), 8);
    if (header[0] === 0 || Number.isNaN(size) || size < 0) break;
    const data = bytes.subarray(at + BLOCK, at + BLOCK + size);
    const type = field(header, 156, 1);
    if (type === 'x') longName = paxPath(data) ?? longName;
    else if (type === 'L') longName = field(data, 0, data.length);
    else {
      if (type === '0' || type === '' || type === '7') {
        const prefix = field(header, 257, 5) === 'ustar' ? field(header, 345, 155) : '';
        const short = field(header, 0, 100);
        const name = (longName ?? (prefix === '' ? short : `${prefix}/${short}`)).replace(/^\.\//, '');
        if (data.length === size) entries.push({ name, size, bytes: data });
      }
      longName = undefined;
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}

/** Up to the first NUL. */
function field(bytes: Uint8Array, at: number, length: number): string {
  const raw = bytes.subarray(at, at + length);
  const end = raw.indexOf(0);
  return new TextDecoder().decode(end < 0 ? raw : raw.subarray(0, end)).trim();
}

/** Records of `<length> <key>=<value>\n` (pax). */
const paxPath = (data: Uint8Array): string | undefined =>
  /(?:^|\n)\d+ path=([^\n]*)\n/.exec(new TextDecoder().decode(data))?.[1];
