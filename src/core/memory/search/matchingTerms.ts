import { stem } from '../../common/text';

const INFLECTED = 0.8;
const BEGUN = 0.7;
const MISSPELT = 0.5;

/**
 * The terms that a word of a search stands for, and how much each counts: `inflected`, the word itself, its inflections
 * and the words that it begins, by how much of them it has; `misspelt`, those that are a typo away, from four letters on,
 * or two typos, from eight.
 */
export function matchingTerms(
  word: string,
  terms: Iterable<string>,
  how: 'inflected' | 'misspelt',
): ReadonlyMap<string, number> {
  const weigh = how === 'inflected' ? inflectionOf(word) : misspellingOf(word);
  const weights = new Map<string, number>();
  for (const term of terms) {
    const weight = weigh(term);
    if (weight > 0) weights.set(term, weight);
  }
  return weights;
}

function inflectionOf(word: string): (term: string) => number {
  const root = stem(word);
  const start = root.slice(0, 3);
  return (term) => {
    if (term === word) return 1;
    if (!term.startsWith(start)) return 0;
    if (stem(term) === root) return INFLECTED;
    return term.startsWith(word) ? BEGUN * (word.length / term.length) : 0;
  };
}

function misspellingOf(word: string): (term: string) => number {
  const most = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  return (term) => {
    if (Math.abs(term.length - word.length) > most) return 0;
    const typos = typosBetween(word, term, most);
    return typos <= most && typos > 0 ? MISSPELT / typos : 0;
  };
}

/**
 * The optimal string alignment distance: letters lost, added, changed, and neighbours that changed places. More than
 * `most` is any number above it.
 */
export function typosBetween(a: string, b: string, most: number): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      row.push(least);
    }
    // A swap looks two rows back: one row above the bound does not end it.
    if (Math.min(...row) > most && Math.min(...above) > most) return most + 1;
    [before, above] = [above, row];
  }
  return above[b.length] ?? 0;
}
