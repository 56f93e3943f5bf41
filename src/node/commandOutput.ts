import { createWriteStream, type WriteStream } from 'node:fs';
import { EscapeStripper, HeadAndTail } from '../core/common/terminalText';

/** A never-ending command must not fill the disk. Bytes. */
const MAX_FILE = 50 * 1024 * 1024;
/** What the model reads of it, characters; the rest is in the file. */
const SHOWN = 12_000;
/** The output of one command: all of it in a file (up to a limit that it says), head and tail in memory. */
export class CommandOutput {
  readonly file: string;
  bytes = 0;
  readonly #stream: WriteStream;
  readonly #stripper = new EscapeStripper();
  readonly #shown = new HeadAndTail(SHOWN);
  #fileError: Error | undefined;

  constructor(file: string) {
    this.file = file;
    this.#stream = createWriteStream(file);
    this.#stream.on('error', (error) => (this.#fileError = error));
  }

  /** Takes a chunk as the terminal printed it and gives back its plain text. */
  write(chunk: string): string {
    const text = this.#stripper.write(chunk);
    const bytes = Buffer.byteLength(text);
    if (this.bytes <= MAX_FILE && this.bytes + bytes > MAX_FILE) {
      this.#stream.write(`\n[output is longer than ${MAX_FILE / 1024 / 1024} MB; the rest was not kept]\n`);
    } else if (this.bytes + bytes <= MAX_FILE) {
      this.#stream.write(text);
    }
    this.bytes += bytes;
    this.#shown.write(text);
    return text;
  }

  /** Head and tail, once the file is complete. */
  async end(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
    const note = this.#fileError
      ? `\n(The output could not be written to ${this.file}: ${this.#fileError.message})`
      : '';
    return this.#shown.toString() + note;
  }
}
