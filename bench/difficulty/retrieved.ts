/** Which past cases the rankings find, each case of the released bank asking the others. */
import { lexicalSimilarity } from '../../src/core/memory/search/lexicalSimilarity';
import type { EncoderMeans } from '../../src/core/memory/policy/questionKernel';
import type { ReleasedCase } from './data';
import { bootstrap, type Estimate } from './metrics';
import { type Ranking, RANKINGS, Questions } from './rankings';
import type { Encoded } from './vectors';

/** Of the 4 cases found; one that is missing, as no more share a word, counts as 0. In [0, 1]. */
export interface RetrievalRow {
  readonly name: string;
  /** The share that is from the question's own set, among the cases with a known set. */
  readonly sameSource: Estimate;
  /** The mean lexical similarity of the plans' task descriptions. */
  readonly planSimilarity: Estimate;
}

export interface RetrievalTable {
  readonly name: string;
  readonly cases: number;
  /** Those whose set is known. */
  readonly sourced: number;
  readonly rows: readonly RetrievalRow[];
  /** Against the embedding, paired by question. */
  readonly differences: readonly RetrievalRow[];
}

const SHOWN = 4;

/** Of each question, in order. */
interface Scores {
  readonly sameSource: readonly number[];
  readonly planSimilarity: readonly number[];
}

export function retrieved(
  cases: readonly ReleasedCase[],
  encoded: Encoded,
  means: EncoderMeans,
): RetrievalTable {
  const sourced = cases.filter(({ source }) => source !== undefined);
  const [everything, known] = [new Questions(cases, encoded, means), new Questions(sourced, encoded, means)];
  const byId = new Map(cases.map((each) => [each.id, each]));
  const found = (pool: Questions, by: Ranking, question: ReleasedCase) =>
    pool.nearest(by, question, SHOWN).flatMap((id) => byId.get(id) ?? []);
  const scores = new Map(
    RANKINGS.map((by): [Ranking, Scores] => [
      by,
      {
        sameSource: sourced.map((question) =>
          ofFour(found(known, by, question).map(({ source }) => (source === question.source ? 1 : 0))),
        ),
        planSimilarity: cases.map((question) =>
          ofFour(found(everything, by, question).map(({ plan }) => lexicalSimilarity(question.plan, plan))),
        ),
      },
    ]),
  );
  const rows = [...scores].map(([name, each]) => row(name, each));
  const embedding = scores.get('embedding');
  const differences = [...scores].flatMap(([name, each]) =>
    embedding === undefined || each === embedding
      ? []
      : row(`${name} − embedding`, {
          sameSource: minus(each.sameSource, embedding.sameSource),
          planSimilarity: minus(each.planSimilarity, embedding.planSimilarity),
        }),
  );
  const name = 'cases retrieved in memory.jsonl, leave one out';
  return { name, cases: cases.length, sourced: sourced.length, rows, differences };
}

const row = (name: string, { sameSource, planSimilarity }: Scores): RetrievalRow => ({
  name,
  sameSource: bootstrap(sameSource, mean),
  planSimilarity: bootstrap(planSimilarity, mean),
});

const ofFour = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / SHOWN;
const minus = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value - (b[i] ?? 0));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
