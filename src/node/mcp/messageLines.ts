/** The lines of a stream of bytes, one JSON-RPC message each (MCP, transports, stdio), with a limit to their length. */

/** Of a line that is too long: where its message says which request it answers. */
const ENDS = 300;

export interface LineReader {
  onLine(line: string): void;
  /** A line was longer than the limit. `edges` are its first and last characters. */
  onTooLong(edges: string): void;
}

export class MessageLines {
  readonly #reader: LineReader;
  readonly #limit: number;
  /** Of the line that is not complete yet; joined once, as joining at each chunk is quadratic. */
  #chunks: Buffer[] = [];
  #length = 0;

  /** @param limit bytes of a line */
  constructor(limit: number, reader: LineReader) {
    [this.#limit, this.#reader] = [limit, reader];
  }

  write(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      this.#take(bytes.subarray(start, end));
      this.#finish();
      start = end + 1;
    }
    this.#take(bytes.subarray(start));
  }

  /** Of a line that is too long, no more is held than its edges. */
  #take(bytes: Buffer): void {
    this.#chunks.push(bytes);
    this.#length += bytes.length;
    if (this.#length <= this.#limit) return;
    const all = Buffer.concat(this.#chunks);
    this.#chunks = [all.subarray(0, ENDS), all.subarray(Math.max(ENDS, all.length - ENDS))].map((part) =>
      Buffer.from(part),
    );
  }

  #finish(): void {
    const line = Buffer.concat(this.#chunks).toString('utf8');
    const tooLong = this.#length > this.#limit;
    [this.#chunks, this.#length] = [[], 0];
    if (tooLong) this.#reader.onTooLong(line);
    else if (line.trim() !== '') this.#reader.onLine(line);
  }
}

/** The id of the request that a message answers, where its edges tell; undefined for a notification. */
export function answeredId(edges: string): number | undefined {
  const id = /"id"\s*:\s*(\d{1,15})\s*[,}]/.exec(edges)?.[1];
  return id === undefined ? undefined : Number(id);
}
