import { createWriteStream, type WriteStream } from 'node:fs';
import { EscapeStripper, HeadAndTail } from '../core/common/terminalText';

/** A never-ending command must not fill the disk. Bytes. */
const MAX_FILE = 50 * 1024 * 1024;
/** What the model reads of it, characters; the rest is in the file. */
const SHOWN = 12_000;
/** Of the first characters, the share and the number that are no text from which on an output is called binary. */
const BINARY = 0.1;
const MANY = 20;
const SAMPLE = 8_000;

/** The output of one command: all of it in a file (up to a limit that it says), head and tail in memory. */
export class CommandOutput {
  readonly file: string;
  /** Of the output, as it was printed without escape sequences. */
  bytes = 0;
  /** Bytes that the file lacks. */
  notKept = 0;
  readonly #stream: WriteStream;
  readonly #stripper = new EscapeStripper();
  readonly #shown = new HeadAndTail(SHOWN);
  /** Of the first characters: how many came, how many were no text. */
  #sampled = 0;
  #strange = 0;
  #fileError: Error | undefined;

  constructor(file: string) {
    this.file = file;
    this.#stream = createWriteStream(file);
    this.#stream.on('error', (error) => (this.#fileError = error));
  }

  /** Takes a chunk as the terminal printed it and gives back its plain text. */
  write(chunk: string): string {
    this.#sample(chunk);
    const text = this.#stripper.write(chunk);
    const bytes = Buffer.byteLength(text);
    this.bytes += bytes;
    if (this.notKept > 0 || this.bytes > MAX_FILE) {
      if (this.notKept === 0) {
        this.#stream.write(`\n[output is longer than ${MAX_FILE / 1024 / 1024} MB; the rest was not kept]\n`);
      }
      this.notKept += bytes;
    } else this.#stream.write(text);
    this.#shown.write(text);
    return text;
  }

  /** The line at which what `end` leaves out begins, undefined where it is all there. */
  get leftOutFrom(): number | undefined {
    return this.#shown.leftOutFrom;
  }

  /** Head and tail, once the file is complete. */
  async end(): Promise<string> {
    await new Promise<void>((resolve) => {
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
    const notes = [
      ...(this.#strange > Math.max(MANY, this.#sampled * BINARY)
        ? ['\n(Much of this is no text: write binary data to a file.)']
        : []),
      ...(this.#fileError
        ? [`\n(The output could not be written to ${this.file}: ${this.#fileError.message})`]
        : []),
    ];
    return this.#shown.toString() + notes.join('');
  }

  /** Control characters that terminals have no use for, and what is not UTF-8. */
  #sample(chunk: string): void {
    if (this.#sampled >= SAMPLE) return;
    const part = chunk.slice(0, SAMPLE - this.#sampled);
    this.#sampled += part.length;
    this.#strange += part.match(/[\u0000-\u0006\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  }
}
