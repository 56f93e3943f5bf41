/**
 * A simulated year of use, through a real case bank: each question is decided by the product's policy and coins, its case
 * and its run are kept, and the simulated user judges it. Nothing but the user and the answers is made up.
 */
import type { CaseBank, Decision } from '../../src/core/memory/bank';
import type { StoredVector } from '../../src/core/memory/storedVector';
import type { Case } from '../../src/core/memory/case';
import { SeededRandom } from '../../src/core/memory/policy/random';
import { DEFAULT_K } from '../../src/core/memory/retrieved';
import { shownCases } from '../../src/core/memory/runRecord';
import { someCase } from '../../test/fakes/memoryBank';
import { KINDS, someQuestion } from './questions';
import { type Effect, SimulatedUser } from './user';

export interface Year {
  readonly seed: number;
  readonly runs: number;
  /** When the last run ended, milliseconds since the epoch. */
  readonly until: number;
  /** Vectors of the questions, in their order. */
  readonly encode: (questions: readonly string[]) => Promise<readonly StoredVector[]>;
}

/** Three runs in ten are shown no case, so that there is something to compare with. */
const RATES = { control: 0.3, drop: 0.1 };
const HOUR = 3_600_000;
const JUDGED_AFTER = HOUR / 6;

interface Asked {
  readonly kind: number;
  readonly question: string;
}

export async function liveYear(bank: CaseBank, { seed, runs, until, encode }: Year): Promise<void> {
  const random = new SeededRandom(seed);
  const user = new SimulatedUser(seed + 1);
  const asked = Array.from({ length: runs }, (): Asked => {
    const kind = random.integer(KINDS.length);
    return { kind, question: KINDS[kind] ? someQuestion(KINDS[kind], random) : '' };
  });
  const vectors = await encode(asked.map(({ question }) => question));
  const made = new Map<string, { readonly kind: number; readonly effect: Effect }>();
  const step = (365 * 24 * HOUR) / runs;
  for (const [n, { kind, question }] of asked.entries()) {
    const at = until - (runs - n) * step;
    const runId = `01J${String(seed).padStart(9, '0')}R${String(n).padStart(13, '0')}`;
    const vector = vectors[n];
    const decision = await bank.decide({
      runId,
      question,
      vector,
      policy: 'learned',
      k: DEFAULT_K,
      rates: RATES,
      now: at,
    });
    const shown = shownCases(decision.record).map(({ caseId }) => made.get(caseId));
    const { reward, effect } = user.answer(shown.map((past) => (past?.kind === kind ? past.effect : 0)));
    const kept = caseOf(runId, kind, question, at);
    made.set(kept.id, { kind, effect });
    await bank.add(kept, vector);
    await bank.record({ runId, at, question, vector, ...resultOf(decision) });
    if (reward !== null) await bank.judge(kept.id, { reward, reason: null, at: at + JUDGED_AFTER });
  }
}

function caseOf(runId: string, kind: number, question: string, at: number): Case {
  return someCase({
    id: runId.replace('R', 'C'),
    runId,
    question,
    plan: (KINDS[kind]?.plan ?? []).map((description, i) => ({
      id: i + 1,
      description,
      dependsOn: i === 0 ? [] : [i],
    })),
    createdAt: at,
  });
}

/** Cases make the prompt of a planner longer. */
const resultOf = ({ record }: Decision) => ({
  outcome: 'answered' as const,
  decision: record,
  reused: null,
  usedCases: [],
  cost: {
    inputTokens: 9_000 + 700 * shownCases(record).length,
    outputTokens: 900,
    modelCalls: 6,
    cost: null,
    duration: 40_000,
  },
});
