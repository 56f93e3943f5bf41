/**
 * What a terminal with shell integration prints for one command, told apart from what the shell prints: the marks of
 * VS Code (OSC 633, https://code.visualstudio.com/docs/terminal/shell-integration) and of FinalTerm (OSC 133).
 */
const MARK = /\u001b\](?:633|133);([ACD])(?:;(-?\d{1,11}))?[^\u0007\u001b]{0,40}(?:\u0007|\u001b\\)/g;

/** Longer than any mark: as much of a chunk is looked at again with the next one. */
const OVERLAP = 64;

/** With PROMPT_SP, zsh writes `%` in reverse video, fills the line and goes back, before it says that a command ended. */
const REVERSE = '\u001b[7m';
const END_OF_LINE = /\u001b\[7m[%#]\u001b\[27m(?:\u001b\[[\d;]*m)* *\r \r/g;
/** As wide as a terminal may be. */
const WIDEST = 2_000;

const SEQUENCE = '\\u001b(?:\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)|\\[[\\d;?]*[A-Za-z]|[()][A-Z0-9])';
/** fish goes to the beginning of the line once more. */
const CARRIAGE_RETURN = new RegExp(`^((?:${SEQUENCE})*)\\r(?!\\n)`);
const NOTHING_SHOWN = new RegExp(`^(?:${SEQUENCE})*$`);

/** From where on a text may be the beginning of what zsh writes at the end; its length where nothing of it is. */
function mayBegin(text: string): number {
  const reverse = text.lastIndexOf(REVERSE);
  const mayEnd = reverse >= 0 && text.length - reverse < WIDEST && !text.includes('\n', reverse);
  if (mayEnd) return reverse;
  const cut = text.search(/\u001b(?:\[7?)?$/);
  return cut < 0 ? text.length : cut;
}

export class ShellOutput {
  /** The prompt is back: the command has ended, whether or not VS Code tells so. */
  isAtPrompt = false;
  /** Undefined where the shell did not say. */
  exitCode: number | undefined;
  #begun = false;
  #tail = '';
  #held = '';
  #shown = false;

  /** Gives back what the command printed, as far as that is sure. */
  add(chunk: string): string {
    this.#readMarks(chunk);
    const text = (this.#held + this.#withoutFirstReturn(chunk)).replace(END_OF_LINE, '');
    const from = mayBegin(text);
    this.#held = text.slice(from);
    return text.slice(0, from);
  }

  /** The rest, once nothing follows. */
  end(): string {
    const rest = this.#held;
    this.#held = '';
    return rest;
  }

  #withoutFirstReturn(chunk: string): string {
    if (this.#shown) return chunk;
    const text = chunk.replace(CARRIAGE_RETURN, '$1');
    this.#shown = !NOTHING_SHOWN.test(text);
    return text;
  }

  #readMarks(chunk: string): void {
    const text = this.#tail + chunk;
    let read = 0;
    for (const { 0: mark, 1: kind, 2: code, index } of text.matchAll(MARK)) {
      read = index + mark.length;
      if (kind === 'C') this.#begun = true;
      else if (this.#begun) this.#prompt(kind === 'D' ? code : undefined);
    }
    this.#tail = text.slice(Math.max(read, text.length - OVERLAP));
  }

  #prompt(code: string | undefined): void {
    this.isAtPrompt = true;
    if (code !== undefined) this.exitCode ??= Number(code);
  }
}
