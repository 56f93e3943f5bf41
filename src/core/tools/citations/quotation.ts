/** Whether the words of a quotation stand in a text, and where. */
import { languageOf, lexiconOf } from './lexicon';
import { isUnspaced, plainText, type PlainText } from './plainText';

/** UTF-16 offsets in the original text, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** An ellipsis in brackets or not; with it the quotation leaves something out. */
export const ELLIPSIS = /\[\s*(?:…|\.{3})\s*\]|\(\s*(?:…|\.{3})\s*\)|…|\.{3,}|(?:\. ){2}\.|⋯+/u;
/** Means something beside words; everything else that is no letter or digit is left out. */
const SYMBOL = /[%‰°$€£¥₹±×÷=<>≤≥+^#&@]/;
const WORD = /[\p{L}\p{M}\p{N}]/u;

/** Letters, digits and symbols alone, so that neither white space, punctuation nor hyphens make a difference. */
interface Stream {
  readonly text: string;
  /** For each unit of `text` its offset in the plain text. */
  readonly at: readonly number[];
}

/** Text that was prepared to be searched: the same for all the quotations that are looked for in it. */
export interface Haystack {
  readonly plain: PlainText;
  readonly stream: Stream;
}

export function haystackOf(text: string): Haystack {
  const plain = plainText(text);
  return { plain, stream: streamOf(plain.text) };
}

/** True where the quotation stands in the text; parts around an ellipsis must stand in this order. */
export const standsIn = (quote: string, text: string): boolean =>
  findQuote(quote, haystackOf(text)).length > 0;

/**
 * Where the quotation stands: a range for each part between ellipses, in order; empty where it does not. A part begins
 * and ends with whole words and numbers, and an ellipsis leaves out no negation of its own sentence, which would turn
 * what is said around.
 */
export function findQuote(quote: string, haystack: Haystack): readonly Range[] {
  const parts = quote
    .split(ELLIPSIS)
    .map((part) => streamOf(plainText(withoutInsertions(part)).text).text)
    .filter((part) => part !== '');
  return parts.length === 0 ? [] : placeParts(parts, haystack, 0, 0);
}

/** `[sic]` and such stand in no source. */
const withoutInsertions = (part: string): string =>
  part.replace(/\[\s*(?:sic|emphasis added)[^\]]*\]/giu, ' ');

/** The first place of each part after that before it, going back where the rest does not fit. */
function placeParts(
  parts: readonly string[],
  haystack: Haystack,
  index: number,
  from: number,
): readonly Range[] {
  const part = parts[index];
  if (part === undefined) return [];
  const { plain, stream } = haystack;
  for (let at = stream.text.indexOf(part, from); at >= 0; at = stream.text.indexOf(part, at + 1)) {
    const start = stream.at[at] ?? 0;
    const end = (stream.at[at + part.length - 1] ?? 0) + 1;
    if (!isWhole(plain.text, start, end)) continue;
    if (index > 0 && losesNegation(plain.text.slice((stream.at[from - 1] ?? 0) + 1, start))) return [];
    const closing = /^\s?[.!?]+/.exec(plain.text.slice(end))?.[0].length ?? 0;
    const range = { start: plain.origins[start] ?? 0, end: plain.origins[end + closing] ?? 0 };
    if (index === parts.length - 1) return [range];
    const rest = placeParts(parts, haystack, index + 1, at + part.length);
    if (rest.length > 0) return [range, ...rest];
  }
  return [];
}

/** What an ellipsis leaves out of one sentence may not deny it; whole sentences may be left out. */
function losesNegation(leftOut: string): boolean {
  const ends = leftOut.search(/[.!?;](?:\s|$)/);
  const head = ends < 0 ? leftOut : leftOut.slice(0, ends);
  const tail = ends < 0 ? '' : (leftOut.split(/[.!?;](?:\s|$)/).at(-1) ?? '');
  const { negators } = lexiconOf(languageOf(leftOut));
  const denies = (text: string) =>
    (text.toLowerCase().match(/[\p{L}\p{M}']+/gu) ?? []).some(
      (word) => negators.has(word) || word.endsWith("n't"),
    );
  return denies(head) || denies(tail);
}

/** What makes another quantity of a number or a unit that it stands behind or before: 5 of 5 %, km of km², 5 of $5. */
const MAKES_OTHER = { after: /^(?:\^|\s?[%‰°])/, before: /[$€£¥₹±<>≤≥]\s?$/ };

/** Neither cut out of a longer word nor out of a longer number. */
function isWhole(text: string, start: number, end: number): boolean {
  return !continues(text, start, text[start] ?? '', -1) && !continues(text, end - 1, text[end - 1] ?? '', 1);
}

function continues(text: string, at: number, edge: string, step: 1 | -1): boolean {
  const next = text[at + step] ?? '';
  if (!WORD.test(edge)) return false;
  if (WORD.test(next)) return !isUnspaced(edge) && !isUnspaced(next);
  if (step === 1 && MAKES_OTHER.after.test(text.slice(at + 1, at + 3))) return true;
  if (!/\d/.test(edge)) return false;
  if (step === -1 && MAKES_OTHER.before.test(text.slice(Math.max(0, at - 2), at))) return true;
  if (/[.,]/.test(next) && /\d/.test(text[at + 2 * step] ?? '')) return true;
  return step === -1 && isMinus(text, at - 1);
}

/** A dash right before a digit and after no word or number: a sign, not a hyphen or a range. */
export function isMinus(text: string, at: number): boolean {
  if (text[at] !== '-' || !/\d/.test(text[at + 1] ?? '')) return false;
  const before = text.slice(Math.max(0, at - MOST_SPACE), at);
  const word = before.trimEnd();
  const last = word.at(-1) ?? '';
  return word === before ? !/[\p{L}\p{N}-]/u.test(last) : !/[\d-]/.test(last);
}

/** How far back the word before a sign is looked for: behind more space than this none is before it. */
const MOST_SPACE = 8;

function streamOf(plain: string): Stream {
  const parts: string[] = [];
  const at: number[] = [];
  const push = (characters: string, offset: number) => {
    parts.push(characters);
    for (let i = 0; i < characters.length; i++) at.push(offset);
  };
  let gap = false;
  for (let i = 0; i < plain.length; i++) {
    const character = plain[i] ?? '';
    if (character === ' ') {
      gap = true;
    } else if (WORD.test(character) || isSurrogate(character)) {
      // 2 000 is one number or two: only what is written together is compared as one.
      if (gap && isDigit(character) && isDigit(parts.at(-1) ?? '')) push('·', i);
      push(character.toLowerCase().slice(0, 1), i);
      gap = false;
    } else if (SYMBOL.test(character)) {
      push(character, i);
      gap = false;
    } else if (/[.,]/.test(character) && isDigit(plain[i - 1] ?? '') && isDigit(plain[i + 1] ?? '')) {
      if (!isThousands(plain, i)) push(character, i);
    } else if (isMinus(plain, i)) {
      push('−', i);
      gap = false;
    } else {
      gap = true;
    }
  }
  return { text: parts.join(''), at };
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9';
const isSurrogate = (unit: string): boolean => unit >= '\ud800' && unit <= '\udfff';

/** 1,000 and 1000 are the same number. */
const isThousands = (plain: string, at: number): boolean =>
  plain[at] === ',' && /^,\d{3}(?!\d)/.test(plain.slice(at, at + 5));
