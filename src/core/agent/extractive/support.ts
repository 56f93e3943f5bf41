/** Whether what was found supports an answer: a logistic model over the best support, alone or linked. */
import { addsSomething, namesIn, type Span } from './spans';
import { stem, words } from '../../common/text';
import type { AnswerType } from './questionType';
import { coverage, type Indexed } from './lexicon';
import { type Ranked, type Ranking, rankScore } from './sentenceScore';
import { SUPPORT_WEIGHTS } from './weights';

/** One unit, or the unit that answers and the one that links it to the question. */
export interface Support {
  /** Answers the question. */
  readonly answer: Ranked;
  /** Connects the question's names with it; undefined where the answer stands alone. */
  readonly link: Ranked | undefined;
  readonly score: number;
}

export const SUPPORT_FEATURES = [
  'constant',
  /** Weight of the question's terms that stand in the support or around it, others counting by their nearest word. */
  'soft',
  /** As `soft`, of the terms that are not names or numbers. */
  'relation',
  /** How far that is below 0.4: hardly anything of the relation is there. */
  'unrelated',
  'cosine',
  /** It has something of the kind that is asked for. */
  'typed',
  /** A date, number or code is asked for and the support has none. */
  'untyped',
  /** A year or code of the question is nowhere in the support, its context or passage. */
  'missingNumber',
  /** A name of the question is in nothing that was found. */
  'unknownName',
  /** The support names something that shares a word with a name of the question and is another: North Buoy, South Buoy. */
  'otherName',
  /** How near the support comes to the term of the relation that it has least of. */
  'weakest',
  /** The support is a linked pair. */
  'linked',
  'otherNumber',
  /** Score before the next best unit. */
  'lead',
] as const;
export type SupportFeature = (typeof SUPPORT_FEATURES)[number];
export type SupportFeatures = Readonly<Record<SupportFeature, number>>;

const SHAPED: ReadonlySet<AnswerType> = new Set<AnswerType>(['date', 'number', 'code']);
/** Units looked at as the link, and as what answers after it. */
const LINKS = 8;
const ANSWERS = 40;
/** What a linked pair must score above the best unit alone. */
const LINK_COST = 0.35;
/** Of the weight of the question's terms. */
const ENOUGH = 0.95;

/** The best support; undefined where nothing was found. */
export function bestSupport(ranking: Ranking): Support | undefined {
  const [best] = ranking.ranked;
  if (best === undefined) return undefined;
  const alone: Support = { answer: best, link: undefined, score: best.score };
  // What has every term itself needs no link, which would only bring in something else.
  if (best.features.around > ENOUGH) return alone;
  const pairs = ranking.ranked.slice(0, LINKS).flatMap((link) => linked(link, ranking));
  const pair = pairs.reduce<Support>((a, b) => (b.score > a.score ? b : a), { ...alone, score: -Infinity });
  return pair.score > alone.score + LINK_COST ? pair : alone;
}

/** Pairs of the link with each unit that it leads to by a name. */
function linked(link: Ranked, ranking: Ranking): Support[] {
  const { question } = ranking.ground;
  const bridges = namesIn(link.indexed.unit.text).filter(({ text }) => addsSomething(text, question));
  const titleTerms = subject(link.indexed);
  return ranking.ranked.slice(0, ANSWERS).flatMap((answer) => {
    if (answer === link || answer.indexed.unit.evidence.source === link.indexed.unit.evidence.source)
      return [];
    const reached =
      bridges.some((name) => mentions(answer.indexed, name)) || isAbout(answer.indexed, titleTerms);
    if (!reached) return [];
    return [{ answer, link, score: pairScore(link, answer, ranking) }];
  });
}

function mentions(indexed: Indexed, name: Span): boolean {
  const terms = words(name.text).map(stem);
  return terms.length > 0 && terms.every((term) => indexed.own.has(term) || indexed.around.has(term));
}

/** Terms of the document's title: what its sentences are about. */
const subject = ({ unit }: Indexed): readonly string[] =>
  words(unit.evidence.title.split(' › ')[0] ?? '').map(stem);

const isAbout = (indexed: Indexed, terms: readonly string[]): boolean =>
  terms.length > 0 && terms.some((term) => term.length > 3) && terms.every((term) => indexed.own.has(term));

/** The rank score of both as if they were one sentence whose kind of answer is that of the second. */
function pairScore(link: Ranked, answer: Ranked, ranking: Ranking): number {
  const { question, weights, likeness } = ranking.ground;
  const [a, b] = [link.indexed, answer.indexed];
  const has = (sets: readonly ReadonlySet<string>[]) => (term: string) =>
    Number(sets.some((set) => set.has(term)));
  const exact = has([a.own, a.around, b.own, b.around]);
  const soft = (term: string) => Math.max(exact(term), likeness.term(term, a), likeness.term(term, b));
  const relations = question.terms.filter((term) => !question.keys.has(term));
  return rankScore({
    ...answer.features,
    own: coverage(question.terms, weights, has([a.own, b.own])),
    around: coverage(question.terms, weights, exact),
    near: Math.max(coverage(question.terms, weights, exact), answer.features.near, link.features.near),
    soft: coverage(question.terms, weights, soft),
    relation: coverage(relations, weights, (term) =>
      Math.max(likeness.term(term, a), likeness.term(term, b)),
    ),
    cosine: (Math.max(link.features.cosine, answer.features.cosine) + answer.features.cosine) / 2,
    keys: Math.max(coverage(question.keys, weights, exact), answer.features.keys),
    otherNumber: Math.min(link.features.otherNumber, answer.features.otherNumber),
    opens: 0,
  });
}

export function supportFeatures(support: Support, ranking: Ranking): SupportFeatures {
  const { question, weights, likeness } = ranking.ground;
  const units = support.link === undefined ? [support.answer] : [support.answer, support.link];
  const max = (value: (unit: Ranked) => number) => Math.max(...units.map(value));
  const exact = (term: string) =>
    max(({ indexed }) => Number(indexed.own.has(term) || indexed.around.has(term)));
  const soft = (term: string) =>
    Math.max(
      exact(term),
      max(({ indexed }) => likeness.term(term, indexed)),
    );
  const near = (term: string) =>
    Math.max(
      exact(term),
      max(({ indexed }) => (indexed.before.has(term) ? 0.6 : 0)),
    );
  const relations = question.terms.filter((term) => !question.keys.has(term));
  const relation = coverage(relations, weights, (term) => max(({ indexed }) => likeness.term(term, indexed)));
  const anywhere = (term: string) =>
    Number(ranking.units.some(({ own, around }) => own.has(term) || around.has(term)));
  const next = ranking.ranked.find((other) => !units.includes(other));
  return {
    constant: 1,
    soft: coverage(question.terms, weights, soft),
    relation,
    unrelated: Math.max(0, 0.4 - relation) / 0.4,
    cosine: max(({ features }) => features.cosine),
    typed: support.answer.features.typed,
    untyped: Number(SHAPED.has(question.type) && support.answer.features.typed === 0),
    missingNumber: Number([...question.numbers].some((term) => near(term) === 0)),
    unknownName: Number([...question.keys].some((term) => anywhere(term) === 0)),
    otherName: Number(question.names.some((name) => isReplaced(name, units))),
    weakest: Math.min(1, ...relations.map((term) => Math.max(soft(term), near(term)))),
    linked: Number(support.link !== undefined),
    otherNumber: Math.min(...units.map(({ features }) => features.otherNumber)),
    lead: next === undefined ? 1 : Math.min(2, Math.max(-1, support.answer.score - next.score)),
  };
}

/** Some word of the name is nowhere in the support, where names stand that have only its other words. */
function isReplaced(name: string, units: readonly Ranked[]): boolean {
  const terms = words(name).map(stem);
  const has = (term: string) =>
    units.some(
      ({ indexed: { own, around, before } }) => own.has(term) || around.has(term) || before.has(term),
    );
  if (terms.length < 2 || terms.every(has)) return false;
  return units.some(({ indexed: { unit } }) =>
    namesIn(`${unit.text} · ${unit.context}`).some((other) => {
      const found = words(other.text).map(stem);
      return found.some((term) => terms.includes(term)) && found.some((term) => !terms.includes(term));
    }),
  );
}

/** Probability, 0 to 1, that the support answers the question. */
export function supportProbability(features: SupportFeatures): number {
  const logit = SUPPORT_FEATURES.reduce((sum, name) => sum + SUPPORT_WEIGHTS[name] * features[name], 0);
  return 1 / (1 + Math.exp(-logit));
}

/** At and above this probability there is an answer. */
export const SUPPORTED = 0.5;
