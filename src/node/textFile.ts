/** Text files of any size, read and written in pieces. */
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, realpath, rm, stat } from 'node:fs/promises';
import { renameOver } from './durableFile';
import { unless } from './errno';

/** UTF-8, or UTF-16 (little endian) with a byte order mark; what is neither has U+FFFD in it. Rejects as the file system does. */
export async function* readText(file: string, signal?: AbortSignal): AsyncGenerator<string> {
  let decoder: InstanceType<typeof TextDecoder> | undefined;
  for await (const chunk of createReadStream(file, { signal }) as AsyncIterable<Buffer>) {
    decoder ??= new TextDecoder(chunk[0] === 0xff && chunk[1] === 0xfe ? 'utf-16le' : 'utf-8');
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder?.decode() ?? '';
}

/**
 * Replaces a file by what `fill` writes, once all of it is on the disk: until then, and where anything rejects, the file
 * stays as it was. A pipe or a device is written as it comes.
 */
export async function writeText<T>(
  file: string,
  fill: (write: (text: string) => Promise<void>) => Promise<T>,
): Promise<T> {
  const there = await unless(['ENOENT'], stat(file));
  const replaces = there === undefined || there.isFile();
  const target = there?.isFile() ? await realpath(file) : file;
  // A name of its own: what a crash left under another one is in nobody's way.
  const written = replaces ? `${target}.${process.pid}-${randomUUID().slice(0, 8)}.tmp` : target;
  const handle = await open(written, replaces ? 'wx' : 'w');
  try {
    const result = await fill((text) => handle.writeFile(text));
    if (replaces) await handle.sync();
    await handle.close();
    if (replaces) await renameOver(written, target);
    return result;
  } catch (error) {
    await handle.close().catch(() => undefined);
    if (replaces) await rm(written, { force: true }).catch(() => undefined);
    throw error;
  }
}
