import { mkdir, open, type FileHandle } from 'node:fs/promises';
import path from 'node:path';

/** Appends lines to a file through one handle, in order; the handle is closed after a while with nothing to write. */
export class AppendFile {
  readonly #file: string;
  readonly #idleMs: number;
  #handle: FileHandle | undefined;
  #turn: Promise<unknown> = Promise.resolve();
  #idle: NodeJS.Timeout | undefined;

  constructor(file: string, idleMs = 2_000) {
    this.#file = file;
    this.#idleMs = idleMs;
  }

  /** Resolves when the line is with the operating system. Rejects as the file system does; later lines are tried anew. */
  append(line: string): Promise<void> {
    return this.#inTurn(async () => {
      const handle = (this.#handle ??= await this.#open());
      try {
        await handle.appendFile(line);
      } catch (error) {
        // Half of it may be there, which opening anew puts right.
        this.#handle = undefined;
        await handle.close();
        throw error;
      }
    }).finally(() => this.#closeWhenIdle());
  }

  close(): Promise<void> {
    clearTimeout(this.#idle);
    return this.#inTurn(async () => {
      const handle = this.#handle;
      this.#handle = undefined;
      await handle?.close();
    });
  }

  /** A process that died may have left half a line: what follows starts a line of its own. */
  async #open(): Promise<FileHandle> {
    await mkdir(path.dirname(this.#file), { recursive: true });
    const handle = await open(this.#file, 'a+');
    try {
      const { size } = await handle.stat();
      const last = Buffer.alloc(1);
      if (size > 0) await handle.read(last, 0, 1, size - 1);
      if (size > 0 && last.toString('latin1') !== '\n') await handle.appendFile('\n');
      return handle;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  #closeWhenIdle(): void {
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.close().catch(() => undefined), this.#idleMs);
    this.#idle.unref();
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const result = this.#turn.then(work);
    this.#turn = result.catch(() => undefined);
    return result;
  }
}
