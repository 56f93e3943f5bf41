/** A bank in which users asked about some topics, and judged. */
import type { StoredVector } from '../../src/core/memory/storedVector';
import { adding, judging, recording } from '../../src/core/memory/journal/changes';
import type { ChosenCase, RunRecord } from '../../src/core/memory/runRecord';
import type { OpenCaseBank } from '../../src/node/memory';
import { openBank, someCase, someVector } from '../journal/bank';

const TOPICS = 60;

export interface Filled {
  /** Ids of cases. */
  readonly judged: readonly string[];
  readonly unjudged: readonly string[];
  readonly questions: readonly { readonly question: string; readonly vector: StoredVector }[];
}

/** Writes the cases, each with the record of its run, and judges the first ones. */
export async function fill(folder: string, cases: number, judgements: number): Promise<Filled> {
  const journal = openBank(folder);
  const topics = Array.from({ length: TOPICS }, someVector);
  const made: { id: string; vector: StoredVector; question: string }[] = [];
  const newest = new Map<number, readonly string[]>();
  for (let n = 0; n < cases; n += 100) {
    const batch = Array.from({ length: Math.min(100, cases - n) }, (_, i) => {
      const topic = (n + i) % TOPICS;
      const vector = near(topics[topic] ?? someVector());
      return { record: someCase(n + i), topic, vector };
    });
    await Promise.all(
      batch.flatMap(({ record, vector, topic }) => {
        const alike = newest.get(topic) ?? [];
        newest.set(topic, [...alike, record.id].slice(-4));
        made.push({ id: record.id, vector, question: record.question });
        return [
          journal.write(adding(record, vector)),
          journal.write(recording(runOf(record.runId, record.question, vector, alike))),
        ];
      }),
    );
  }
  const judged = made.slice(0, judgements).map(({ id }) => id);
  await Promise.all(
    judged.map((id, n) => journal.write(judging(id, { reward: n % 3 === 0 ? 0 : 1, reason: null, at: n }))),
  );
  await journal.dispose();
  const rest = made.slice(judgements);
  return { judged, unjudged: rest.map(({ id }) => id), questions: rest.slice(-100) };
}

function near({ encoder, values }: StoredVector): StoredVector {
  const noise = someVector().values;
  const mixed = values.map((value, i) => 0.8 * value + 0.6 * (noise[i] ?? 0));
  const length = Math.hypot(...mixed);
  return { encoder, values: mixed.map((value) => value / length) };
}

function runOf(runId: string, question: string, vector: StoredVector, shown: readonly string[]): RunRecord {
  const chosen = shown.map((caseId, rank): ChosenCase => ({
    caseId,
    cosine: 0.64,
    lexical: 0.3,
    similarity: 0.64 - rank / 50,
    standing: 0.64 - rank / 50,
    label: rank % 2 === 0 ? 1 : null,
    value: 0.1,
    advantage: { mean: 0.1, low: -0.1, high: 0.3 },
    pinned: false,
  }));
  const seed = { policyVersion: 'learned/1', seed: 1 };
  return {
    runId,
    at: Date.now(),
    question,
    vector,
    outcome: 'answered',
    decision: {
      policy: 'learned',
      design: { control: false, controlRate: 0, dropped: null, dropRate: 0, ...seed },
      eligible: true,
      chosen,
      avoided: null,
      lessons: [],
      expected: 0.6,
    },
    reused: null,
    usedCases: [],
    cost: { inputTokens: 9000, outputTokens: 900, modelCalls: 6, cost: 0.03, duration: 40_000 },
  };
}

/** Asks the bank for the cases of its n-th question. */
export const decide = (bank: OpenCaseBank, { questions }: Filled, n: number) =>
  bank.decide({
    runId: `01J${`${n}`.padStart(23, '0')}`,
    ...(questions[n % questions.length] ?? { question: '', vector: undefined }),
    policy: 'learned',
    k: 4,
    rates: { control: 0, drop: 0 },
    now: Date.now(),
  });
