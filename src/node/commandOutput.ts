import { createWriteStream, type WriteStream } from 'node:fs';
import type { Secrets, SecretStream } from '../core/common/secrets';
import { EscapeStripper, HeadAndTail } from '../core/common/terminalText';

/** A never-ending command must not fill the disk. Bytes. */
const MAX_FILE = 50 * 1024 * 1024;
/** What the model reads of it, characters; the rest is in the file. */
const SHOWN = 12_000;
/** Of the first characters, the share and the number that are no text from which on an output is called binary. */
const BINARY = 0.1;
const MANY = 20;
const SAMPLE = 8_000;

export interface Taken {
  /** At most 12,000 characters. */
  readonly output: string;
  /** The line of the file at which what it leaves out begins, undefined where it is all there. */
  readonly leftOutFrom: number | undefined;
}

/** The output of one command, without secrets: all of it in a file (up to a limit that it says), head and tail in memory. */
export class CommandOutput {
  readonly file: string;
  /** Of the output, as it was printed without escape sequences. */
  bytes = 0;
  /** Bytes that the file lacks. */
  notKept = 0;
  readonly #stream: WriteStream;
  readonly #stripper = new EscapeStripper();
  readonly #told: SecretStream;
  /** What the chunk that is being taken came to. */
  #plain = '';
  /** What was not taken yet, and the line of the file at which it begins. */
  #shown = new HeadAndTail(SHOWN);
  #shownFrom = 1;
  #lines = 1;
  /** Of the first characters: how many came, how many were no text. */
  #sampled = 0;
  #strange = 0;
  #fileError: Error | undefined;

  constructor(file: string, secrets: Secrets) {
    this.file = file;
    this.#told = secrets.stream((text) => (this.#plain += text));
    this.#stream = createWriteStream(file);
    this.#stream.on('error', (error) => (this.#fileError = error));
  }

  /** Takes a chunk as the terminal printed it and gives back its plain text. */
  write(chunk: string): string {
    this.#sample(chunk);
    this.#told.write(this.#stripper.write(chunk));
    return this.#keep();
  }

  #keep(): string {
    const text = this.#plain;
    this.#plain = '';
    const bytes = Buffer.byteLength(text);
    this.bytes += bytes;
    if (this.notKept > 0 || this.bytes > MAX_FILE) {
      if (this.notKept === 0) {
        this.#stream.write(`\n[output is longer than ${MAX_FILE / 1024 / 1024} MB; the rest was not kept]\n`);
      }
      this.notKept += bytes;
    } else this.#stream.write(text);
    this.#shown.write(text);
    this.#lines += text.split('\n').length - 1;
    return text;
  }

  /** Head and tail of what came since this was called last. */
  take(): Taken {
    const notes = [
      ...(this.#strange > Math.max(MANY, this.#sampled * BINARY)
        ? ['\n(Much of this is no text: write binary data to a file.)']
        : []),
      ...(this.#fileError
        ? [`\n(The output could not be written to ${this.file}: ${this.#fileError.message})`]
        : []),
    ];
    const { leftOutFrom } = this.#shown;
    const taken = {
      output: this.#shown.toString() + notes.join(''),
      // Counted from the first line that was not taken.
      leftOutFrom: leftOutFrom === undefined ? undefined : this.#shownFrom + leftOutFrom - 1,
    };
    this.#shown = new HeadAndTail(SHOWN);
    this.#shownFrom = this.#lines;
    return taken;
  }

  /** Once the file is complete: nothing is written after this. */
  async end(): Promise<void> {
    this.#told.end();
    this.#keep();
    await new Promise<void>((resolve) => {
      this.#stream.once('error', () => resolve());
      this.#stream.end(() => resolve());
    });
  }

  /** Control characters that terminals have no use for, and what is not UTF-8. */
  #sample(chunk: string): void {
    if (this.#sampled >= SAMPLE) return;
    const part = chunk.slice(0, SAMPLE - this.#sampled);
    this.#sampled += part.length;
    this.#strange += part.match(/[\u0000-\u0006\u000e-\u001a\u001c-\u001f\ufffd]/g)?.length ?? 0;
  }
}
