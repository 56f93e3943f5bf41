/** Globs of what to leave out, as VS Code's `files.exclude` and `search.exclude` write them. */
import path from 'node:path';
import picomatch from 'picomatch';

/** With `when`, only where a file of this name lies beside it; `$(basename)` in it is the name without the extension. */
export type ExcludedGlob = string | { readonly glob: string; readonly when: string };

/** Braces, brackets and stars are of the pattern; `!` and parentheses are of names, as in a folder `plans (old)`. */
const matcherOf = (glob: string): ((path: string) => boolean) =>
  picomatch(glob.replace(/[()]/g, String.raw`\$&`), { dot: true, nonegate: true, noextglob: true });

export class Excludes {
  readonly #always: readonly ((path: string) => boolean)[];
  readonly #conditional: readonly { readonly matches: (path: string) => boolean; readonly when: string }[];

  constructor(globs: readonly ExcludedGlob[]) {
    this.#always = globs.filter((each) => typeof each === 'string').map(matcherOf);
    this.#conditional = globs
      .filter((each) => typeof each !== 'string')
      .map(({ glob, when }) => ({ matches: matcherOf(glob), when }));
  }

  /** Whether a verdict may depend on what lies beside a file. */
  get needSiblings(): boolean {
    return this.#conditional.length > 0;
  }

  /** @param siblings names in the same folder */
  hide(relative: string, isFolder: boolean, siblings: ReadonlySet<string>): boolean {
    const matches = (glob: (path: string) => boolean) => glob(relative) || (isFolder && glob(`${relative}/`));
    return (
      this.#always.some(matches) ||
      this.#conditional.some((glob) => matches(glob.matches) && siblings.has(siblingOf(relative, glob.when)))
    );
  }
}

const siblingOf = (relative: string, when: string): string =>
  when.replaceAll('$(basename)', () => path.posix.parse(relative).name);
