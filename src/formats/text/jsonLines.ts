/**
 * JSON as lines, each with the path of what stands in it. Works on the characters, not on parsed values, so that
 * nothing is lost: long numbers, names that stand twice, JSON with a fault in it.
 */

const TOKEN = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s"{}[\],:]+|\s+/gs;

/** The path at the beginning of each line of a text that is laid out in lines already. */
export function pathsOfLines(text: string): readonly string[] {
  const paths: string[] = [];
  const place = new Place();
  let path = '$';
  let isBegun = false;
  for (const [token] of text.matchAll(TOKEN)) {
    if (/\S/.test(token)) {
      const taken = place.take(token);
      if (!isBegun && taken !== undefined) [path, isBegun] = [taken, true];
      continue;
    }
    const breaks = token.match(/\r\n|\n|\r/g)?.length ?? 0;
    for (let i = 0; i < breaks; i++) {
      paths.push(path);
      // What follows a line break begins the next line.
      [path, isBegun] = [place.next(), false];
    }
  }
  paths.push(path);
  return paths;
}

/** Brackets without end would make indentation without end. */
const DEEPEST_INDENT = 40;

/** One line for each value that is no container and each bracket, indented by two spaces. */
export function layOut(text: string): string {
  let out = '';
  let depth = 0;
  let isEmpty = false;
  const lineBreak = () => `\n${'  '.repeat(Math.min(depth, DEEPEST_INDENT))}`;
  for (const [token] of text.matchAll(TOKEN)) {
    if (!/\S/.test(token)) continue;
    const closes = token === '}' || token === ']';
    if (closes) depth = Math.max(0, depth - 1);
    if (isEmpty !== closes && (isEmpty || closes)) out += lineBreak();
    isEmpty = token === '{' || token === '[';
    if (isEmpty) depth++;
    out += token === ':' ? ': ' : token;
    if (token === ',') out += lineBreak();
  }
  return out;
}

interface Container {
  readonly isArray: boolean;
  /** Index of the element, or the last name. */
  index: number;
  name: string;
  expectsName: boolean;
}

/** Deeper than this no path is told. */
const DEEPEST = 200;

/** Where in the document a stream of tokens is. */
class Place {
  readonly #stack: Container[] = [];

  /** The path of the value that the token begins or names, where it does. */
  take(token: string): string | undefined {
    const top = this.#stack.at(-1);
    if (token === '{' || token === '[') {
      const path = this.#path();
      this.#stack.push({ isArray: token === '[', index: 0, name: '', expectsName: token === '{' });
      return path;
    }
    if (token === '}' || token === ']') {
      this.#stack.pop();
      return undefined;
    }
    if (token === ',') {
      if (top) {
        top.index++;
        top.expectsName = !top.isArray;
      }
      return undefined;
    }
    if (token === ':') return undefined;
    if (top?.expectsName === true) {
      top.name = token;
      top.expectsName = false;
    }
    return this.#path();
  }

  /** Of what comes next. */
  next(): string {
    const top = this.#stack.at(-1);
    return top?.expectsName === true ? this.#path(this.#stack.length - 1) : this.#path();
  }

  #path(levels = this.#stack.length): string {
    if (levels > DEEPEST) return '';
    const steps = this.#stack
      .slice(0, levels)
      .map(({ isArray, index, name }) =>
        isArray ? `[${index}]` : /^"[A-Za-z_$][\w$]*"$/.test(name) ? `.${name.slice(1, -1)}` : `[${name}]`,
      );
    return `$${steps.join('')}`;
  }
}
