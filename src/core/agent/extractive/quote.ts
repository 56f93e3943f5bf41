/** Quotations that stand word for word in their evidence; only white space differs, so that each is one line. */
import type { Unit } from './units';

const LONGEST_QUOTE = 420;
/** Characters; the check of citations takes anything shorter for a term, which proves nothing. */
const SHORTEST_QUOTE = 12;

/** “words” [e1], with the first of three pairs of quotation marks that the words do not have themselves. */
export function quote(unit: Unit): string {
  const text = shortened(longEnough(unit).replace(/\s+/g, ' ').trim());
  const [open, close] =
    MARKS.find(([first, last]) => !text.includes(first) && !text.includes(last)) ?? (['“', '”'] as const);
  return `${open}${text}${close} [${unit.evidence.id}]`;
}
const MARKS = [
  ['“', '”'],
  ['"', '"'],
  ['«', '»'],
] as const;

/** A unit of few characters (`41 m.`, `depth: 41`) with the lines around it. */
function longEnough({ evidence: { text }, start, end }: Unit): string {
  let [from, to] = [start, end];
  while (to - from < SHORTEST_QUOTE && to - from < text.length) {
    const before = text.lastIndexOf('\n', from - 2) + 1;
    const after = text.indexOf('\n', to + 1);
    if (from > 0) from = Math.min(from - 1, before);
    else to = after === -1 ? text.length : after;
  }
  return text.slice(from, to);
}

/** Long units are cut at a word, those with all kinds of quotation marks before the first that would end them. */
function shortened(text: string): string {
  let cut = text;
  if (cut.length > LONGEST_QUOTE) cut = cut.slice(0, LONGEST_QUOTE).replace(/\s+\S*$/, '');
  if (MARKS.every(([first, last]) => cut.includes(first) || cut.includes(last))) cut = longestPlain(cut);
  return cut.trim();
}

const longestPlain = (text: string): string =>
  text
    .split(/[“”]/)
    .reduce((longest, part) => (part.trim().length > longest.trim().length ? part : longest), '');
