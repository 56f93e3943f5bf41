/** What is measured of a unit as support for a question; the models of weights.ts are linear in these. */
import { stem, words } from '../../common/text';
import { coverage, type Indexed, type Weights } from './lexicon';
import type { Likeness } from './likeness';
import type { Question } from './questionType';
import { type Span, spansOf } from './spans';

/** Names of the unit's features; each is 0 to 1 but for `length`. */
export const UNIT_FEATURES = [
  /** Weight of the question's terms that stand in the sentence itself. */
  'own',
  /** … or in its title, headings, header, path. */
  'around',
  /** … or in the passage before it, at half weight. */
  'near',
  /** As `around`, a missing term counting by its nearest word. */
  'soft',
  /** As `soft`, of the terms that are not names or numbers: the relation that is asked for. */
  'relation',
  /** Cosine of the question and the titled sentence; by the common terms where there is none. */
  'cosine',
  /** The sentence has something of the kind that is asked for. */
  'typed',
  /** 1 / (1 + words/4) from that to the nearest covered term. */
  'proximity',
  /** Names and numbers of the question that are here or around. */
  'keys',
  /** The focus noun (`which instrument`) is here. */
  'focus',
  /** The question asks what something is, and this sentence says what its subject is or means. */
  'defines',
  /** The first sentence of its passage. */
  'opens',
  /** A year or code of the question is missing here and another one stands in its place. */
  'otherNumber',
  /** Log of the number of words, over 5. */
  'length',
] as const;
export type UnitFeature = (typeof UNIT_FEATURES)[number];
export type UnitFeatures = Readonly<Record<UnitFeature, number>>;

export interface Measured {
  readonly indexed: Indexed;
  readonly features: UnitFeatures;
  readonly spans: readonly Span[];
}

export interface Ground {
  readonly question: Question;
  readonly weights: Weights;
  readonly likeness: Likeness;
}

/** For texts with no vector: about the cosine that English ones with as many common terms have. */
const cosineGuess = (covered: number) => 0.25 + 0.5 * covered;
/** A row is no sentence: its cosine says less than its terms. */
function cosineOf(indexed: Indexed, likeness: Likeness, covered: number): number {
  const guess = cosineGuess(covered);
  const cosine = likeness.sentence(indexed) ?? guess;
  return indexed.unit.columns.length > 0 ? Math.max(cosine, guess) : cosine;
}

const DEFINITION =
  /^(?:[^,.;]{0,60}?)\b(?:is|are|was|were|means?|stands? for|refers? to|denotes?)\b|also known as|\bcalled\b|short(?:ened)? (?:for|to)|:\s/i;

export function measure(indexed: Indexed, ground: Ground): Measured {
  const { question, weights, likeness } = ground;
  const { own, around, before, unit } = indexed;
  const exact = (term: string) => Number(own.has(term) || around.has(term));
  const soft = (term: string) => Math.max(exact(term), likeness.term(term, indexed));
  const relations = question.terms.filter((term) => !question.keys.has(term));
  const spans = spansOf(unit.text, question);
  const features: UnitFeatures = {
    own: coverage(question.terms, weights, (term) => Number(own.has(term))),
    around: coverage(question.terms, weights, exact),
    near: coverage(question.terms, weights, (term) => Math.max(exact(term), before.has(term) ? 0.5 : 0)),
    soft: coverage(question.terms, weights, soft),
    relation: coverage(relations, weights, (term) => likeness.term(term, indexed)),
    cosine: cosineOf(indexed, likeness, coverage(question.terms, weights, exact)),
    typed: Math.max(0, ...spans.map(({ quality }) => quality)),
    proximity: proximity(indexed, spans, question),
    keys: coverage(question.keys, weights, (term) => Math.max(exact(term), before.has(term) ? 0.5 : 0)),
    focus: Number(question.focus !== undefined && (own.has(question.focus) || around.has(question.focus))),
    defines: Number(
      question.defines && DEFINITION.test(unit.text) && startsWithOne(unit.text, question.terms),
    ),
    opens: Number(unit.start < 3),
    otherNumber: Number(hasOtherNumber(indexed, question)),
    length: Math.log(1 + indexed.tokens.length) / 5,
  };
  return { indexed, features, spans };
}

const startsWithOne = (text: string, terms: readonly string[]): boolean =>
  words(text)
    .slice(0, 4)
    .some((word) => terms.includes(stem(word)));

function proximity({ unit, own }: Indexed, spans: readonly Span[], question: Question): number {
  if (spans.length === 0) return 0;
  const covered = question.terms.filter((term) => own.has(term));
  const nearest = Math.min(...spans.map((span) => distance(unit.text, span, covered)));
  return 1 / (1 + nearest / 4);
}

/** Words between a span and the nearest of the terms; 40 where none stands there. */
export function distance(text: string, span: Span, terms: readonly string[]): number {
  const found = new Set(terms);
  const before = words(text.slice(0, span.start)).map(stem).reverse();
  const after = words(text.slice(span.start + span.text.length)).map(stem);
  const gaps = [before, after]
    .map((side) => side.findIndex((word) => found.has(word)))
    .filter((gap) => gap >= 0);
  return Math.min(40, ...gaps);
}

const YEAR = /\b(?:1[5-9]|20)\d{2}\b/g;

/** The question names a year; sentence and context have other years and not this one. */
function hasOtherNumber({ unit, own, around }: Indexed, question: Question): boolean {
  const asked = question.text.match(YEAR) ?? [];
  if (asked.length === 0) return false;
  const text = `${unit.context} ${unit.text}`;
  if (asked.some((year) => own.has(year) || around.has(year) || text.includes(year))) return false;
  return YEAR_ONCE.test(text);
}

const YEAR_ONCE = /\b(?:1[5-9]|20)\d{2}\b/;
