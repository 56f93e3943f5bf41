/**
 * The marks by which shell integration tells where a command begins and ends, in what a terminal prints: OSC 633 of
 * VS Code (https://code.visualstudio.com/docs/terminal/shell-integration) and OSC 133 of FinalTerm.
 */
const MARK = /\u001b\](?:633|133);([ACD])(?:;(-?\d+))?[^\u0007\u001b]*(?:\u0007|\u001b\\)/g;

/** Longer than any mark: as much of a chunk is looked at again with the next one. */
const OVERLAP = 64;

/** Looks for the prompt that comes after a command, for an end that VS Code does not tell of. */
export class PromptMarks {
  /** The prompt is back. */
  seen = false;
  /** Undefined where the shell did not say. */
  exitCode: number | undefined;
  #begun = false;
  #tail = '';

  add(chunk: string): void {
    const text = this.#tail + chunk;
    let read = 0;
    for (const { 0: mark, 1: kind, 2: code, index } of text.matchAll(MARK)) {
      read = index + mark.length;
      if (kind === 'C') this.#begun = true;
      else if (this.#begun) this.#found(kind === 'D' ? code : undefined);
    }
    this.#tail = text.slice(Math.max(read, text.length - OVERLAP));
  }

  #found(code: string | undefined): void {
    this.seen = true;
    if (code !== undefined) this.exitCode ??= Number(code);
  }
}
