/** Quotations that stand character for character in their evidence. */
import type { Unit } from './units';

const LONGEST_QUOTE = 420;

/** “words” [e1], with the first of three pairs of quotation marks that the words do not have themselves. */
export function quote(unit: Unit): string {
  const text = shortened(unit.text);
  const [open, close] =
    MARKS.find(([first, last]) => !text.includes(first) && !text.includes(last)) ?? (['“', '”'] as const);
  return `${open}${text}${close} [${unit.evidence.id}]`;
}
const MARKS = [
  ['“', '”'],
  ['"', '"'],
  ['«', '»'],
] as const;

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
