/** True sentences made false in one place. What they say now is in no other sentence of their paragraph. */
import { respaced } from './variants';
import type { QedRecord } from './records';

/** A false sentence, undefined where the record has nothing of the kind to change. `others` are records to take from. */
export type Corruption = (
  record: QedRecord,
  others: readonly QedRecord[],
  seed: number,
) => string | undefined;

const sentenceOf = ({ sentence }: QedRecord): string => respaced(sentence.string.trim().replace(/\s+/g, ' '));

/** The seed-th of them, so that a run can be repeated. */
const pick = <T>(of: readonly T[], seed: number): T | undefined => of[seed % Math.max(1, of.length)];

function replaceAt(text: string, match: RegExpMatchArray | undefined, words: string): string | undefined {
  if (match?.index === undefined || match[0] === words) return undefined;
  return text.slice(0, match.index) + words + text.slice(match.index + match[0].length);
}

const NUMBER_WORDS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');

function number(record: QedRecord, _: readonly QedRecord[], seed: number): string | undefined {
  const text = sentenceOf(record);
  const numbers = [
    ...text.matchAll(/\d+(?:[.,]\d+)*/g),
    ...text.matchAll(new RegExp(`\\b(?:${NUMBER_WORDS.join('|')})\\b`, 'g')),
  ];
  const match = pick(numbers, seed);
  const written = match?.[0] ?? '';
  if (!/\d/.test(written))
    return replaceAt(
      text,
      match,
      NUMBER_WORDS[(NUMBER_WORDS.indexOf(written) + 1 + (seed % 5)) % NUMBER_WORDS.length] ?? '',
    );
  // One digit, so that it keeps its length and form.
  const at = seed % 2 === 0 ? written.length - 1 : 0;
  const digit = Number(written[at]);
  return replaceAt(
    text,
    match,
    written.slice(0, at) + String(digit === 9 ? 8 : digit + 1) + written.slice(at + 1),
  );
}

/** One or more words with capitals, not at the start. */
const NAME = /(?<=[\p{Ll},\d] )\p{Lu}\p{L}+(?:[ -]\p{Lu}\p{L}+)*/gu;

function name(record: QedRecord, others: readonly QedRecord[], seed: number): string | undefined {
  const text = sentenceOf(record);
  const match = pick([...text.matchAll(NAME)], seed);
  for (let i = 0; match && i < others.length; i++) {
    const other = others[(seed * 7 + i) % others.length];
    const found = other && pick([...sentenceOf(other).matchAll(NAME)], seed)?.[0];
    if (found && !record.paragraph.includes(found) && !record.title.includes(found))
      return replaceAt(text, match, found);
  }
  return undefined;
}

/** A name for another one that stands in the same paragraph: what a mixed-up answer does. */
function nameOfParagraph(record: QedRecord, _: readonly QedRecord[], seed: number): string | undefined {
  const text = sentenceOf(record);
  const match = pick([...text.matchAll(NAME)], seed);
  const rest = respaced(record.paragraph).replace(text, ' ');
  const names = [...rest.matchAll(NAME)]
    .map(([found]) => found)
    .filter(
      (found) => !text.includes(found) && !match?.[0].includes(found) && !(match && found.includes(match[0])),
    );
  return replaceAt(text, match, pick(names, seed) ?? match?.[0] ?? '');
}

/** A pronoun for a name of the paragraph that it does not stand for: not the article's subject. */
function wrongAntecedent(record: QedRecord, _: readonly QedRecord[], seed: number): string | undefined {
  const text = sentenceOf(record);
  const match = /^(?:He|She|It|They)\b/.exec(text);
  const before = respaced(record.paragraph.slice(0, record.sentence.start));
  const names = [...before.matchAll(NAME)].map(([found]) => found);
  const others = names.filter((found) => !record.title.includes(found) && !text.includes(found));
  return match ? replaceAt(text, match, pick(others, seed) ?? match[0]) : undefined;
}

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/\bmillion\b/, 'billion'],
  [/\bbillion\b/, 'million'],
  [/(?<=\d )(?:miles?|mi)\b/, 'kilometres'],
  [/(?<=\d )(?:kilomet(?:re|er)s?|km)\b/, 'miles'],
  [/(?<=\d )(?:met(?:re|er)s?|m)\b/, 'feet'],
  [/(?<=\d )(?:feet|ft)\b/, 'metres'],
  [/(?<=\d )(?:inches|in)\b(?= \()/, 'cm'],
  [/\byears\b/, 'months'],
  [/(?<=\d-)year(?=-)/, 'month'],
  [/\bmonths\b/, 'years'],
  [/\bdays\b/, 'weeks'],
  [/\bweeks\b/, 'days'],
  [/\bhours\b/, 'minutes'],
  [/\bminutes\b/, 'hours'],
  [/\bseconds\b/, 'minutes'],
  [/(?<=\d)%/, '‰'],
  [/\bpercent\b/, 'percentage points'],
  [/\bcentury\b/, 'decade'],
  [/\bkg\b/, 'g'],
  [/\bpounds\b/, 'ounces'],
  [/\$(?=\d)/, '€'],
  [/£(?=\d)/, '$'],
  [/\bdollars\b/, 'euros'],
  [/°C\b/, '°F'],
  [/°F\b/, '°C'],
  [/\bMW\b/, 'kW'],
  [/\bepisodes\b/, 'seasons'],
  [/\bseasons\b/, 'episodes'],
];

function unit(record: QedRecord): string | undefined {
  const text = sentenceOf(record);
  const found = UNITS.find(([pattern]) => pattern.test(text));
  return found && text.replace(found[0], found[1]);
}

function negation(record: QedRecord): string | undefined {
  const text = sentenceOf(record);
  const without = text
    .replace(/\b(is|are|was|were|has|have|had|does|did|do|can|could|will|would) not\b/, '$1')
    .replace(/\bnever /, '');
  if (without !== text) return without;
  const denied = text.replace(/\b(is|are|was|were|has|have|had|can|could|will|would)\b(?! not)/, '$1 not');
  return denied === text ? undefined : denied;
}

/** He is for he was. */
function tense(record: QedRecord): string | undefined {
  const text = sentenceOf(record);
  const found = TENSES.find(([pattern]) => pattern.test(text));
  return found && text.replace(found[0], found[1]);
}
const TENSES: readonly (readonly [RegExp, string])[] = [
  [/\bwas\b/, 'is'],
  [/\bis\b/, 'was'],
  [/\bwere\b/, 'will be'],
  [/\bare\b/, 'were'],
];

/** Surer, rarer or more of it than the source says. */
function degree(record: QedRecord, _: readonly QedRecord[], seed: number): string | undefined {
  const words = ['only', 'always', 'hardly', 'allegedly', 'almost'];
  const text = sentenceOf(record);
  const changed = text.replace(/\b(is|are|was|were)\b/, `$1 ${words[seed % words.length] ?? ''}`);
  return changed === text ? undefined : changed;
}

/** True up to its end, and more than that. */
function tail(record: QedRecord, _: readonly QedRecord[], seed: number): string {
  const tails = [
    ', and won three awards',
    ', despite protests',
    ' because of a lost bet',
    ' for the second time',
  ];
  return `${sentenceOf(record).replace(/\s*[.!?]?\s*$/, '')}${tails[seed % tails.length] ?? ''}.`;
}

function numbersSwapped(record: QedRecord): string | undefined {
  const text = sentenceOf(record);
  const [a, b] = [...text.matchAll(/\d+(?:[.,]\d+)*/g)];
  if (!a || !b || a[0] === b[0]) return undefined;
  const between = text.slice(a.index + a[0].length, b.index);
  return `${text.slice(0, a.index)}${b[0]}${between}${a[0]}${text.slice(b.index + b[0].length)}`;
}

/** A sentence of a paragraph on something else. */
function otherParagraph(record: QedRecord, others: readonly QedRecord[], seed: number): string | undefined {
  const other = others.find(({ title }, i) => i >= seed % others.length && title !== record.title);
  return other && sentenceOf(other);
}

export const CORRUPTIONS: Readonly<Record<string, Corruption>> = {
  'a number changed': number,
  'a name changed': name,
  'a name of the paragraph': nameOfParagraph,
  'a pronoun named wrongly': wrongAntecedent,
  'a unit changed': unit,
  'a negation changed': negation,
  'two numbers swapped': numbersSwapped,
  'a tense changed': tense,
  'a degree added': degree,
  'a tail added': tail,
  'of another paragraph': otherParagraph,
};
