/** Answers that a sentence supports: as it stands, set otherwise, quoted, elided, and with its pronoun named. */
import type { QedRecord } from './records';

/** Undefined where the record has nothing to make it of. */
export type Variant = (record: QedRecord) => string | undefined;

const text = ({ sentence }: QedRecord): string => sentence.string.trim().replace(/\s+/g, ' ');
const withStop = (sentence: string): string => sentence.replace(/\s*[.!?]?\s*$/, '');

/** As a typesetter sets it: `was , until` becomes `was, until`. */
export const respaced = (sentence: string): string =>
  sentence
    .replace(/ ([,.;:!?%)\]]|'s\b|n't\b)/g, '$1')
    .replace(/([([$£€]) /g, '$1')
    .replace(/(\p{L}) - (\p{L})/gu, '$1-$2')
    .replace(/ -- /g, '–')
    .replace(/`` | ''/g, '"');

const requoted = (sentence: string): string =>
  respaced(sentence)
    .replace(/'/g, '’')
    .replace(/"([^"]*)"/g, '‘$1’')
    .replace(/-/g, '‑')
    .replace(/ /g, (space, at: number) => (at % 7 === 0 ? '\n' : at % 5 === 0 ? '\u00a0' : space));

/** The middle third left out; undefined where that would leave out a denial or too few words. */
function elided(sentence: string): string | undefined {
  const words = sentence.split(' ');
  if (words.length < 12) return undefined;
  const third = Math.floor(words.length / 3);
  const middle = words.slice(third, 2 * third).join(' ');
  if (/\b(?:not|no|never|without|neither|nor|none|hardly|rarely|cannot)\b|n't/i.test(middle))
    return undefined;
  return `${words.slice(0, third).join(' ')} … ${words.slice(2 * third).join(' ')}`;
}

/** The sentence with its first pronoun or `the book` named: by the article's title, which is what QED's questions are on. */
function named(record: QedRecord): string | undefined {
  const { sentence, references, title } = record;
  const found = references.find(
    ({ string, bridge, named: phrase }) =>
      !bridge && isTitle(phrase, title) && /^(?:he|she|it|they|this|the \p{Ll}+)$/iu.test(string.trim()),
  );
  if (!found) return undefined;
  const name = title.replace(/\s*\([^)]*\)\s*$/, '');
  if (!/^\p{Lu}/u.test(name) || /^(?:list of|history of)/i.test(name)) return undefined;
  const [from, to] = [found.start - sentence.start, found.end - sentence.start];
  const raw = sentence.string;
  if (raw.slice(from, to) !== found.string) return undefined;
  // `the octet` of `the octet rule`.
  if (
    raw
      .slice(to)
      .trimStart()
      .toLowerCase()
      .startsWith(name.toLowerCase().split(' ').at(-1) ?? '')
  )
    return undefined;
  return `${raw.slice(0, from)}${name}${raw.slice(to)}`.trim().replace(/\s+/g, ' ');
}

/** Whether the question's phrase is the article's subject: it has most words of the title. */
function isTitle(phrase: string, title: string): boolean {
  const words =
    title
      .replace(/\([^)]*\)/g, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]{3,}/gu) ?? [];
  const shared = words.filter((word) => phrase.toLowerCase().includes(word));
  return words.length > 0 && shared.length >= 0.6 * words.length;
}

const quotedIn = (open: string, close: string, sentence: string) => `${open}${sentence}${close} [e1]`;

export const TRUE_QUOTES: Readonly<Record<string, Variant>> = {
  'quoted as it stands': (record) => quotedIn('“', '”', text(record)),
  'quoted, re-spaced': (record) => quotedIn('“', '”', respaced(text(record))),
  'quoted, re-quoted': (record) => quotedIn('“', '”', requoted(text(record))),
  'quoted, in straight marks': (record) => quotedIn('"', '"', respaced(text(record)).replace(/"/g, "'")),
  'quoted, elided': (record) => {
    const short = elided(text(record));
    return short === undefined ? undefined : quotedIn('“', '”', short);
  },
};

export const TRUE_CLAIMS: Readonly<Record<string, Variant>> = {
  'claimed as it stands': (record) => `${text(record)} [e1]`,
  'claimed, re-spaced': (record) => `${withStop(respaced(text(record)))} [e1].`,
  'claimed, re-quoted': (record) => `${withStop(requoted(text(record)).replaceAll('\n', ' '))} [e1].`,
  'claimed, pronoun named': (record) => {
    const claim = named(record);
    return claim === undefined ? undefined : `${withStop(respaced(claim))} [e1].`;
  },
  'claimed after another claim': (record) =>
    `Nothing else is known. ${withStop(respaced(text(record)))} [e1].`,
};
