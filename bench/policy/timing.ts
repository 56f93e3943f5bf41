/** What the learned policy costs at the sizes that the product promises. */
import type { JudgedRun, QuestionFeatures } from '../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../src/core/memory/runRecord';
import { LearnedPolicy } from '../../src/core/memory/policy/learned';
import { SeededRandom } from '../../src/core/memory/policy/random';

const CASES = 10_000;
const JUDGED = 2_000;
const DIMENSIONS = 512;
const CANDIDATES = 40;

/** Milliseconds. */
export interface Timings {
  /** Everything learned anew, up to the first values. */
  readonly rebuild: number;
  /** A judgement that is new, changed or withdrawn, up to the next values: the slowest of them. */
  readonly update: number;
  /** The values of 40 candidates, and the same with intervals and facts. */
  readonly brief: number;
  readonly full: number;
}

export function timings(): Timings {
  const random = new SeededRandom(1);
  const runs = Array.from({ length: JUDGED }, (_, n) => someRun(random, n));
  const [question, candidates] = [someQuestion(random), slate(random, CANDIDATES)];
  const policy = new LearnedPolicy();
  const look = () => policy.values(question, candidates, 'brief');
  const rebuild = timed(() => {
    for (const run of runs) policy.learn(run);
    look();
  });
  const updates = runs.slice(-1_000).filter((_, n) => n % 100 === 0);
  const update = Math.max(
    ...updates.map((run, n) =>
      timed(() => {
        if (n % 3 === 0) policy.learn(someRun(random, JUDGED + n));
        else if (n % 3 === 1) policy.learn({ ...run, reward: run.reward === 1 ? 0 : 1 });
        else policy.withdraw(run.runId);
        look();
      }),
    ),
  );
  return { rebuild, update, brief: timed(look), full: timed(() => policy.values(question, candidates)) };
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function someQuestion(random: SeededRandom): QuestionFeatures {
  const values = Float32Array.from({ length: DIMENSIONS }, () => random.normal() / Math.sqrt(DIMENSIONS));
  return { text: 'a question', vector: { encoder: 'random', values } };
}

function slate(random: SeededRandom, count: number): CaseFeatures[] {
  return Array.from({ length: count }, () => {
    const similarity = random.next();
    const caseId = String(random.integer(CASES)).padStart(26, '0');
    return { caseId, cosine: similarity, lexical: 0, similarity, standing: similarity, label: 1 };
  });
}

function someRun(random: SeededRandom, n: number): JudgedRun {
  const reward = random.next() < 0.5 ? 1 : 0;
  const runId = String(n).padStart(26, '0');
  return { runId, question: someQuestion(random), shown: slate(random, 4), reward, weight: 1 };
}
