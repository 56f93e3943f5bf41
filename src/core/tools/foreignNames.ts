/** The names under which foreign tools are offered to models. */

/** What chat models take as the name of a function; that of most is `^[a-zA-Z0-9_-]{1,64}$`. */
const MAX_NAME = 64;
/** A long name of a server must leave room for that of its tools. */
const MAX_SERVER = 24;
const MARK = 6;

export const FOREIGN_PREFIX = 'mcp__';

export const isForeignName = (name: string): boolean => name.startsWith(FOREIGN_PREFIX);

/** The beginnings of the names of each server's tools, `mcp__<server>__`, in the order of `servers`. */
export const serverPrefixes = (servers: readonly string[]): readonly string[] =>
  distinct(servers, MAX_SERVER).map((server) => `${FOREIGN_PREFIX}${server}__`);

/** The names of the tools of one server, in their order; `prefix` is one of `serverPrefixes`. */
export const toolNames = (prefix: string, tools: readonly string[]): readonly string[] =>
  distinct(tools, MAX_NAME - prefix.length).map((tool) => `${prefix}${tool}`);

/**
 * Each name in letters, digits, `_` and `-`, at most `max` of them, no two alike. A name that is fine stays; one that
 * had to be changed and then is like another gets a mark that is made of it, so that it is the same in every run,
 * whatever stands beside it. The names given are distinct.
 */
function distinct(names: readonly string[], max: number): readonly string[] {
  const plain = names.map((name) => name.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, max));
  const count = new Map<string, number>();
  for (const name of plain) count.set(name, (count.get(name) ?? 0) + 1);
  return plain.map((name, i) => {
    const raw = names[i] ?? '';
    const fine = name === raw && name !== '';
    const alone = count.get(name) === 1 && name !== '' && raw.length <= max;
    return fine || alone ? name : `${name.slice(0, max - MARK - 1)}_${markOf(raw)}`;
  });
}

/** FNV-1a, 32 bits (Fowler, Noll, Vo), as six digits to the base 36: told apart, not kept secret. */
function markOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return hash.toString(36).padStart(MARK, '0').slice(-MARK);
}
