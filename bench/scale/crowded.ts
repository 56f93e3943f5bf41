/** A bank that nobody tidies up: as many live cases as runs, ten times what the product is made for. */
import path from 'node:path';
import type { MemoryRecord } from '../../src/core/memory/transfer/record';
import { openCaseBank } from '../../src/node/memory';
import { median } from '../learning/timing';
import { ScaleBank } from './bank';
import { caseIdOf, caseOf, recordOf, runIdOf } from './cases';
import { type Checkpoint, checkpoint, referenceWork } from './checkpoint';
import { People } from './people';
import { decisionOf } from './pastDecision';
import { RUN_MS } from './simulation';
import { Stopwatch } from './stopwatch';
import { MOST_SHOWN, World } from './world';

const SIZES = [1_000, 10_000, 50_000, 100_000];
/** Written together, as an import does it. */
const BATCH = 250;
/** Runs that are timed at each size. */
const TIMED = 60;
const RATES = { control: 0, drop: 0 };

export interface Crowded {
  readonly seed: number;
  readonly cases: number;
  readonly checkpoints: readonly Checkpoint[];
  readonly thread: Thread;
}

/** The product's own thread over the same files, milliseconds. */
export interface Thread {
  /** Until the first cases are listed. */
  readonly open: number;
  readonly firstDecision: number;
  readonly decision: number;
}

interface Place {
  readonly bank: ScaleBank;
  readonly world: World;
  readonly people: People;
  /** Runs of each kind so far, the last ones last. */
  readonly byKind: Map<number, number[]>;
}

export async function crowd(
  folder: string,
  seed: number,
  cases: number,
  progress: (text: string) => void,
): Promise<Crowded> {
  const sizes = [...new Set([...SIZES.filter((size) => size < cases), cases])];
  const start = Date.now() - (cases + TIMED * sizes.length) * RUN_MS;
  const bank = new ScaleBank(folder, start);
  const watch = new Stopwatch(bank.written);
  const world = new World(seed, cases);
  const place: Place = { bank, world, people: new People(seed), byKind: new Map() };
  const checkpoints: Checkpoint[] = [];
  for (let t = 0; t < cases;) {
    const size = sizes.find((each) => each > t) ?? cases;
    const next = Math.min(t + BATCH, size - TIMED);
    await watch.time('import', () => importRuns(place, t, next));
    t = next;
    if (t < size - TIMED) continue;
    await bank.learn();
    for (; t < size; t++) await timedRun(place, watch, t);
    checkpoints.push(await checkpoint(bank, watch, t));
    progress(`one bank: ${t} cases`);
  }
  await bank.close();
  return { seed, cases, checkpoints, thread: await throughThread(folder, world) };
}

async function importRuns(place: Place, from: number, to: number): Promise<void> {
  const records: MemoryRecord[] = [];
  for (let t = from; t < to; t++) records.push(...pastRun(place, t));
  await place.bank.importAll(records);
}

/** A run that was shown the newest cases of its kind, and its case. */
function pastRun({ bank, world, people, byKind }: Place, t: number): readonly MemoryRecord[] {
  const { kind, text, values } = world.question(t);
  const ofKind = byKind.get(kind) ?? [];
  byKind.set(kind, [...ofKind.slice(-MOST_SHOWN), t]);
  const at = bank.now + t;
  const vector = { encoder: 'simulated', values };
  const right = world.succeeds(t, world.plain(t));
  const reward = people.judges(t, right)?.reward ?? null;
  const judged = { reward, judgedAt: reward === null ? null : at };
  const run = recordOf(t, at, text, vector, decisionOf(ofKind.slice(-MOST_SHOWN).map(caseIdOf)));
  return [
    { type: 'case', case: { ...caseOf(t, text, at), ...judged }, vectors: [vector] },
    { type: 'run', run },
  ];
}

async function timedRun({ bank, world }: Place, watch: Stopwatch, t: number): Promise<void> {
  const { text, values } = world.question(t);
  const vector = { encoder: 'simulated', values };
  const asked = { runId: runIdOf(t), question: text, vector, policy: 'learned', k: MOST_SHOWN } as const;
  const { record } = await watch.time('decision', () =>
    bank.decide({ ...asked, rates: RATES, now: bank.now }),
  );
  const run = recordOf(t, bank.now, text, vector, record);
  await watch.time('keeping', () => bank.keep(run, caseOf(t, text, bank.now), vector));
  const reward = t % 2 === 0 ? 1 : 0;
  await watch.time('judgement', () => bank.judge(caseIdOf(t), { reward, reason: null, at: bank.now }));
  await watch.time('reference', referenceWork);
}

async function throughThread(folder: string, world: World): Promise<Thread> {
  const dist = path.resolve(import.meta.dirname, '../../dist');
  const bank = openCaseBank({ folder, workerFile: path.join(dist, 'memory-worker.js'), dist });
  const timed = async (work: () => Promise<unknown>) => {
    const begun = performance.now();
    await work();
    return performance.now() - begun;
  };
  const decide = (t: number) => {
    const { text, values } = world.question(t);
    const vector = { encoder: 'simulated', values };
    const asked = { runId: runIdOf(t), question: text, vector, policy: 'learned', k: MOST_SHOWN } as const;
    return timed(() => bank.decide({ ...asked, rates: RATES, now: Date.now() }));
  };
  const open = await timed(() => bank.list({ offset: 0, limit: 50 }));
  const firstDecision = await decide(0);
  const decisions: number[] = [];
  for (let n = 1; n <= 20; n++) decisions.push(await decide(n));
  await bank.dispose();
  return { open, firstDecision, decision: median(decisions) };
}
