/** Which questions are held out, and which lines of the files may then be imported. */
import { normalise } from '../../src/core/common/text';
import { hash32 } from '../../src/core/memory/policy/random';
import { cosine } from '../../src/core/tools/search/vectors';
import type { LabelledQuestion } from '../difficulty/data';
import { shuffled } from '../difficulty/predict';
import type { Encoded } from '../difficulty/vectors';
import type { CaseLine, ReleasedLines, TrainingLine } from './files';

/** Above this cosine two questions are near-duplicates. */
export const NEAR = 0.95;

export interface Split extends ReleasedLines {
  readonly dropped: Dropped;
}

/** Lines that are left out. */
export interface Dropped {
  /** Lines of the bank on a query of the training rows, held out or not: all are negative, whatever became of it. */
  readonly queriesInBank: number;
  /** The other lines with a question that is held out. */
  readonly heldOut: number;
  /** The other lines with a near-duplicate of one. */
  readonly near: number;
}

/** The fold of a question follows from its normal form, so that all rows of a query are in one. */
export const foldOf = ({ id }: Pick<LabelledQuestion, 'id'>, folds: number): number => hash32(id) % folds;

/** What a text is to held-out questions; undefined where it is neither. */
export type Closeness = (text: string) => 'held out' | 'near' | undefined;

/** By normal form, and by the cosine of the questions' vectors as they are. */
export function closenessTo(heldOut: readonly LabelledQuestion[], encoded: Encoded): Closeness {
  const ids = new Set(heldOut.map(({ id }) => id));
  const vectors = heldOut.flatMap(({ text }) => encoded(text).vector?.values ?? []);
  const known = new Map<string, ReturnType<Closeness>>();
  const look = (text: string) => {
    if (ids.has(normalise(text))) return 'held out';
    const own = encoded(text).vector?.values;
    return own !== undefined && vectors.some((other) => cosine(own, other) > NEAR) ? 'near' : undefined;
  };
  return (text) => {
    if (!known.has(text)) known.set(text, look(text));
    return known.get(text);
  };
}

/** What may be imported, of which nothing is held out or close to it. */
export function splitOf({ cases, training }: ReleasedLines, closeness: Closeness): Split {
  const dropped = { queriesInBank: 0, heldOut: 0, near: 0 };
  const queries = new Set(training.map(({ query }) => normalise(query)));
  const isKept = (...questions: readonly string[]): boolean => {
    const found = questions.map(closeness);
    if (found.includes('held out')) dropped.heldOut++;
    else if (found.includes('near')) dropped.near++;
    else return true;
    return false;
  };
  const isQuery = ({ question }: CaseLine) => queries.has(normalise(question));
  dropped.queriesInBank = cases.filter(isQuery).length;
  return {
    cases: cases.filter((each) => !isQuery(each) && isKept(each.question)),
    training: training.filter(({ query, shown }) => isKept(query, shown.case)),
    dropped,
  };
}

/** The rows with the cases of each query given to another one: what they say of cases is then wrong. */
export function withRowsShuffled(training: readonly TrainingLine[], seed: number): readonly TrainingLine[] {
  const byQuery = new Map<string, TrainingLine[]>();
  for (const row of training) byQuery.set(row.query, [...(byQuery.get(row.query) ?? []), row]);
  const slates = shuffled([...byQuery.values()], seed);
  return [...byQuery.values()].flatMap(([first], i) =>
    first === undefined ? [] : (slates[i] ?? []).map(({ shown }) => ({ ...first, shown })),
  );
}
