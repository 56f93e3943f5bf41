/**
 * The thread of a long run: tries one subject at a time. It may hang at any input; which one that was, its parent sees
 * in the shared numbers, and has made again from the seed in another thread.
 */
import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { allSubjects } from './allSubjects';
import type { Subject } from './fuzz';
import { keepFound } from './found';

export type Order =
  | { readonly type: 'list' }
  | { readonly type: 'try'; readonly name: string; readonly seed: number; readonly ms: number }
  /** Keep the input of a run, which hung. */
  | {
      readonly type: 'keep';
      readonly name: string;
      readonly seed: number;
      readonly run: number;
      readonly error: string;
    };

export type Report =
  | { readonly type: 'ready' }
  | { readonly type: 'names'; readonly names: readonly { readonly file: string; readonly name: string }[] }
  | { readonly type: 'tried'; readonly runs: number; readonly error?: string; readonly file?: string }
  | { readonly type: 'kept'; readonly file: string };

/** [runs begun, the run that failed first (its input is being made smaller), 0 with none] */
const progress = new Int32Array(workerData as SharedArrayBuffer);
const subjects = await allSubjects();

async function obey(order: Order): Promise<Report> {
  if (order.type === 'list') {
    const names = [...subjects].flatMap(([file, all]) => all.map(({ name }) => ({ file, name })));
    return { type: 'names', names };
  }
  const subject = [...subjects.values()].flat().find(({ name }) => name === order.name);
  if (!subject) throw new Error(`There is no subject “${order.name}”.`);
  return order.type === 'try' ? attempt(subject, order) : keepRun(subject, order);
}

async function attempt(
  subject: Subject,
  { name, seed, ms }: Extract<Order, { type: 'try' }>,
): Promise<Report> {
  progress.fill(0);
  const { property } = subject;
  const run = property.run.bind(property);
  property.run = async (values) => {
    Atomics.add(progress, 0, 1);
    const failure = await run(values);
    if (failure !== null && progress[1] === 0) Atomics.store(progress, 1, progress[0] ?? 0);
    return failure;
  };
  const found = await fc.check(property, {
    seed,
    numRuns: Number.MAX_SAFE_INTEGER,
    interruptAfterTimeLimit: ms,
  });
  property.run = run;
  const [runs = 0] = progress;
  const [values] = found.counterexample ?? [];
  if (!found.failed || values === undefined) return { type: 'tried', runs };
  const error = firstLine(found.errorInstance);
  return { type: 'tried', runs, error, file: keepFound({ subject: name, error, values }) };
}

/** Values come from the seed alone. */
function keepRun(
  { property }: Subject,
  { name, seed, run, error }: Extract<Order, { type: 'keep' }>,
): Report {
  const values = fc.sample(property, { seed, numRuns: run }).at(-1)?.[0];
  return { type: 'kept', file: keepFound({ subject: name, error, values: values ?? [] }) };
}

const firstLine = (error: unknown): string =>
  String(error instanceof Error ? error.message : error)
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 2)
    .join(' ')
    .slice(0, 300);

parentPort?.on('message', (order: Order) => {
  void obey(order).then((report) => parentPort?.postMessage(report));
});
parentPort?.postMessage({ type: 'ready' } satisfies Report);
