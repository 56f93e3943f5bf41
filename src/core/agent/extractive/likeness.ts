/** Likeness of meaning by the encoder: of sentences to the question, of single words to its terms. */
import { STOP_WORDS, stem, words } from '../../common/text';
import type { Encoder } from '../../ports';
import type { Question } from './questionType';
import type { Indexed } from './lexicon';

export interface Likeness {
  /** Cosine of the question and a unit with its title; undefined where either has no vector. */
  sentence(of: Indexed): number | undefined;
  /** 0 to 1: how near the term is to the nearest word of the unit; 1 where it stands there. */
  term(term: string, of: Indexed): number;
}

/** Single words are encoded as `the word`: alone most are no readable text to the encoder. */
const carried = (word: string) => `the ${word}`;
/** Cosines of `the x`, `the y`: unrelated words reach 0.55, synonyms 0.7 to 0.95 (measured on thirty pairs). */
const [UNRELATED, SYNONYM] = [0.58, 0.88];
/** Sentences and words that a question may cost: some 10 and 1.5 ms each. */
const MOST_SENTENCES = 32;
const MOST_WORDS = 96;

/** What a near word in the title or heading counts. */
const AROUND = 0.7;

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);

/** @param units best first: those beyond the first 32 have no cosine, words beyond the first 96 only exact terms */
export async function measureLikeness(
  question: Question,
  units: readonly Indexed[],
  encoder: Encoder,
  signal?: AbortSignal,
): Promise<Likeness> {
  const near = units.slice(0, MOST_SENTENCES);
  const texts = near.map(({ unit }) => `${lastTitle(unit.evidence.title)}: ${unit.asked} ${unit.text}`);
  const asked = [...question.surface].filter(([term]) => /^[a-z]{3,}$/.test(term));
  const found = wordsOf(near, new Set(asked.map(([term]) => term)));
  const inputs = [
    question.text,
    ...texts,
    ...asked.map(([, word]) => carried(word)),
    ...found.map(([, word]) => carried(word)),
  ];
  const vectors = question.text.trim() === '' ? [] : await encoder.encode(inputs, signal);
  const [own, rest] = [vectors[0], vectors.slice(1)];

  const cosine = new Map(near.map((unit, i) => [unit, own && rest[i] ? dot(own, rest[i]) : undefined]));
  const askedVectors = new Map(asked.map(([term], i) => [term, rest[texts.length + i]]));
  const foundVectors = new Map(found.map(([term], i) => [term, rest[texts.length + asked.length + i]]));
  const known = new Map<string, number>();
  const pair = (term: string, other: string): number => {
    const [a, b] = [askedVectors.get(term), foundVectors.get(other)];
    if (a === undefined || b === undefined) return 0;
    const key = `${term}\n${other}`;
    const value = known.get(key) ?? Math.min(1, Math.max(0, (dot(a, b) - UNRELATED) / (SYNONYM - UNRELATED)));
    known.set(key, value);
    return value;
  };
  return {
    sentence: (of) => cosine.get(of),
    term: (term, of) => {
      if (of.own.has(term)) return 1;
      const nearest = (tokens: ReadonlySet<string>) =>
        Math.max(0, ...[...tokens].map((token) => Math.max(pair(term, token), sameRoot(term, token))));
      return Math.max(nearest(of.own), AROUND * nearest(of.around));
    },
  };
}

/** supervise and supervisor, gewartet and Wartung do not share a stem, but most of their letters. */
function sameRoot(term: string, other: string): number {
  if (term.length < 5 || other.length < 5 || term[0] !== other[0]) return 0;
  let shared = 0;
  while (shared < term.length && term[shared] === other[shared]) shared++;
  return shared >= 5 && shared >= 0.6 * Math.max(term.length, other.length) ? 0.8 : 0;
}

const lastTitle = (title: string) => title.split(' › ').slice(-2).join(', ');

/** Content words of the units, the best units' first, each stem once. */
function wordsOf(units: readonly Indexed[], asked: ReadonlySet<string>): [string, string][] {
  const found = new Map<string, string>();
  for (const { unit } of units) {
    for (const word of words(`${unit.asked} ${unit.text} ${unit.evidence.title}`)) {
      if (found.size >= MOST_WORDS) return [...found];
      const term = stem(word);
      if (!STOP_WORDS.has(word) && /^[a-z]{3,}$/.test(word) && !asked.has(term)) found.set(term, word);
    }
  }
  return [...found];
}
