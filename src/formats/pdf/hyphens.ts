/** Words that a line break parted. */

const WORD = /\p{L}[\p{L}\p{M}'’-]*/gu;
const BROKEN = /(\p{L}[\p{L}\p{M}'’-]*)(-|\u00ad|\u2010)\n(\p{Ll}[\p{L}\p{M}'’-]*)([^\s\p{L}]*)[ ]?/gu;

/** The words of a document, to tell whether a hyphen is the word's own. */
export function wordsOf(pages: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const page of pages) for (const [word] of page.matchAll(WORD)) found.add(word.toLowerCase());
  return found;
}

/**
 * Puts the halves of a word together on the first line. The hyphen stays where the document has the word with it
 * elsewhere (`well-known`) and not without.
 */
export function joinHyphens(page: string, words: ReadonlySet<string>): string {
  return page.replace(BROKEN, (_, first: string, hyphen: string, second: string, mark: string) => {
    const plain = `${first}${second}`.toLowerCase();
    const keeps = hyphen !== '\u00ad' && !words.has(plain) && words.has(`${first}-${second}`.toLowerCase());
    return `${first}${keeps ? '-' : ''}${second}${mark}\n`;
  });
}
