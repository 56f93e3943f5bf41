/**
 * The words of each language that decide what a sentence says, however much else is alike. Claim and source must have
 * them both or neither.
 */
import { CHINESE } from './words/chinese';
import { ENGLISH } from './words/english';
import { FRENCH } from './words/french';
import { GERMAN } from './words/german';
import { NEGATORS, OTHER } from './words/otherLanguages';
import { SPANISH } from './words/spanish';

export interface Lexicon {
  /** Deny what is said. */
  readonly negators: ReadonlySet<string>;
  /** Leave open whether it is so, or say that it was only tried, planned or said. */
  readonly hedges: ReadonlySet<string>;
  /** How many of it, how often, how exactly. */
  readonly quantifiers: ReadonlySet<string>;
  /** Who did what to whom, from where to where, before or after what. */
  readonly directions: ReadonlySet<string>;
  /** What begins with one of these limits what stands before it. */
  readonly restrictions: ReadonlySet<string>;
  /** What is said holds only then. */
  readonly conditions: ReadonlySet<string>;
  /** Articles, copulas and the like: a claim may say it with or without them. */
  readonly loose: ReadonlySet<string>;
  /** Make what follows part of a phrase. */
  readonly prepositions: ReadonlySet<string>;
  /** An adverbial that begins with one of these can stand elsewhere in its sentence and says the same. */
  readonly adverbial: ReadonlySet<string>;
  /** Join what could stand alone. */
  readonly conjunctions: ReadonlySet<string>;
  /** Stand for what was named before. */
  readonly pronouns: ReadonlySet<string>;
  /** `the book`, `this city`, `his wife`. */
  readonly determiners: ReadonlySet<string>;
  /** Name the document itself, as a claim may before it tells what it says. */
  readonly source: ReadonlySet<string>;
  /** Speak of all or none: what follows may not lose what it is limited by. */
  readonly universals: ReadonlySet<string>;
  /** Before a noun or name they make another thing of it: a former king is no king. */
  readonly privatives: ReadonlySet<string>;
  /** These do so in a name: South Korea is not Korea. */
  readonly nameParts: ReadonlySet<string>;
  /** The most of all that are spoken of: what limits those goes with it. */
  readonly superlatives: ReadonlySet<string>;
  /** `Reportedly, …`, `according to Ben`, `Ben said`: the source leaves it to others, or to a story. */
  readonly attributions: ReadonlySet<string>;
  /** Begin a clause about the noun before them. */
  readonly relatives: ReadonlySet<string>;
  /** Small verbs that tell when, though a claim may do without them. */
  readonly present: ReadonlySet<string>;
  readonly past: ReadonlySet<string>;
  /** Who did it, after a passive. */
  readonly agents: ReadonlySet<string>;
  /** Of the words that only describe, how many a claim may leave out between two of its own. */
  readonly mostLeftOut: number;
}

export type Language = 'en' | 'de' | 'fr' | 'es' | 'zh' | 'other';

/** A denial is one in whatever language the rest is: a document may quote another. */
const withDenials = (lexicon: Lexicon): Lexicon => ({
  ...lexicon,
  negators: new Set([...lexicon.negators, ...NEGATORS]),
});

const LEXICONS: Readonly<Record<Language, Lexicon>> = {
  en: withDenials(ENGLISH),
  de: withDenials(GERMAN),
  fr: withDenials(FRENCH),
  es: withDenials(SPANISH),
  zh: withDenials(CHINESE),
  other: OTHER,
};

export const lexiconOf = (language: Language): Lexicon => LEXICONS[language];

const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;

const LATIN = /\p{Script=Latin}/gu;
const BEYOND_ASCII = /[^\P{L}\p{ASCII}]/u;

/** By its function words; English where they do not tell, and the letters do not speak against it. */
export function languageOf(text: string): Language {
  const sample = text.slice(0, 4000);
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if ((sample.match(UNSPACED)?.length ?? 0) * 2 > sample.replace(/[\s\d\p{P}]/gu, '').length) return 'zh';
  if ((sample.match(LATIN)?.length ?? 0) * 2 < sample.replace(/[^\p{L}]/gu, '').length) return 'other';
  const hits = (language: Language) => words.filter((word) => LEXICONS[language].loose.has(word)).length;
  const [best, count] = (['de', 'fr', 'es'] as const)
    .map((language) => [language, hits(language)] as const)
    .reduce((a, b) => (b[1] > a[1] ? b : a));
  const english = hits('en');
  if (count + english === 0 && BEYOND_ASCII.test(sample)) return 'other';
  return count > english ? best : 'en';
}

/** 1.234 is more than a thousand there, and 3,5 less than four. */
export const hasDecimalComma = (language: Language): boolean =>
  language === 'de' || language === 'fr' || language === 'es';
