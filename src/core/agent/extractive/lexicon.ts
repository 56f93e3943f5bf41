/** Terms of texts, and how rare a term is in what was found. */
import { lexicalTokens, stem } from '../../common/text';
import type { Question } from './questionType';
import type { Unit } from './units';

/** A unit with the terms it is compared by. */
export interface Indexed {
  readonly unit: Unit;
  /** In order, for adjacency. */
  readonly tokens: readonly string[];
  readonly own: ReadonlySet<string>;
  /** Of its path, title, headings, header. */
  readonly around: ReadonlySet<string>;
  /** Of the passage before it. */
  readonly before: ReadonlySet<string>;
}

const MONTHS = 'january february march april may june july august september october november december'
  .split(' ')
  .map(stem);

/** `2023-06-13` is found by `13 June 2023` too: the terms of its year, month and day. */
function dateTerms(text: string): string[] {
  return Array.from(
    text.matchAll(/\b(\d{4})-(\d{2})(?:-(\d{2}))?\b/g),
    ([, year = '', month = '', day = '']) =>
      [year, MONTHS[Number(month) - 1] ?? '', day.replace(/^0/, '')].filter((term) => term !== ''),
  ).flat();
}

export function indexUnits(units: readonly Unit[]): Indexed[] {
  return units.map((unit) => {
    const tokens = lexicalTokens(unit.text);
    return {
      unit,
      tokens,
      own: new Set([...tokens, ...lexicalTokens(unit.asked), ...dateTerms(unit.text)]),
      around: new Set(lexicalTokens(unit.context)),
      before: new Set(lexicalTokens(unit.before)),
    };
  });
}

/**
 * Question with its lower-case names told: a term that stands capitalised inside sentences of what was found, and
 * hardly ever otherwise, is a name. Only for questions typed without capitals.
 */
export function withNamesFrom(question: Question, units: readonly Indexed[]): Question {
  if (question.names.some((name) => /\p{Lu}/u.test(name))) return question;
  const text = units.map(({ unit }) => unit.text).join('\n');
  const isName = (word: string) => {
    const found = Array.from(
      text.matchAll(new RegExp(`(?<=[\\p{L}\\p{N},] )${word}\\b`, 'giu')),
      ([match]) => match,
    );
    return (
      found.length > 0 && found.filter((match) => match !== match.toLowerCase()).length >= 0.8 * found.length
    );
  };
  const named = [...question.surface].filter(([, word]) => /^\p{L}{2,}$/u.test(word) && isName(word));
  return { ...question, keys: new Set([...question.keys, ...named.map(([term]) => term)]) };
}

export type Weights = ReadonlyMap<string, number>;

/**
 * A weight for each of the question's terms: its inverse frequency over the units found, twice that for names and
 * numbers. A term that nothing found contains weighs most.
 */
export function termWeights(question: Question, units: readonly Indexed[]): Weights {
  const n = units.length + 1;
  return new Map(
    question.terms.map((term) => {
      const frequency = units.filter(({ own, around }) => own.has(term) || around.has(term)).length;
      const rarity = Math.log(1 + n / (frequency + 0.5)) / Math.log(1 + n / 0.5);
      return [term, (0.3 + 0.7 * rarity) * (question.keys.has(term) ? 1.5 : 1)];
    }),
  );
}

/** Of the weight of `terms` the share that `has` covers; 1 where there are none. */
export function coverage(terms: Iterable<string>, weights: Weights, has: (term: string) => number): number {
  let covered = 0;
  let total = 0;
  for (const term of terms) {
    const weight = weights.get(term) ?? 0;
    covered += weight * has(term);
    total += weight;
  }
  return total === 0 ? 1 : covered / total;
}
