/** What a bank costs by its number of cases: each size in processes of its own, so that its memory can be told. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

export interface Filling {
  /** To write all cases, each with the record of its run, a hundred at a time, images included; milliseconds. */
  readonly fill: number;
  readonly diskBytes: number;
}

/** Milliseconds, except where it says otherwise; medians where something is done more than once. */
export interface BankCost extends Filling {
  readonly cases: number;
  readonly judged: number;
  /** Until the cases are counted and the first page of them is listed. */
  readonly open: number;
  /** Indexes are built, and what was judged is learned. */
  readonly firstDecision: number;
  readonly nextDecision: number;
  /** A case with the record of its run. */
  readonly adding: number;
  /** From a judgement to a decision that knows it. */
  readonly judging: number;
  /** What the memory's thread adds to the process, bytes. */
  readonly memory: number;
  /** Cases that a planner is shown for a question, at the most. */
  readonly shown: number;
}

/** Fills and measures a bank in `folder`; the processes are given as much heap as it takes. */
export function bankCost(folder: string, cases: number): BankCost {
  const cost: unknown = { ...step('fill', folder, cases), ...step('measure', folder, cases) };
  if (!isBankCost(cost)) throw new Error(`The bank of ${cases} cases was measured otherwise.`);
  return cost;
}

function step(name: 'fill' | 'measure', folder: string, cases: number): object {
  const child = path.join(import.meta.dirname, 'bankChild.ts');
  const run = spawnSync(
    process.execPath,
    ['--max-old-space-size=6144', '--expose-gc', '--import', 'tsx', child, name, folder, String(cases)],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'], maxBuffer: 2 ** 24 },
  );
  if (run.status !== 0) throw new Error(`${name}, bank of ${cases} cases: exit ${run.status ?? run.signal}.`);
  const said: unknown = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '');
  return typeof said === 'object' && said !== null ? said : {};
}

const NAMES = [
  ...['cases', 'judged', 'fill', 'diskBytes', 'open', 'firstDecision', 'nextDecision'],
  ...['adding', 'judging', 'memory', 'shown'],
];

const isBankCost = (value: unknown): value is BankCost =>
  typeof value === 'object' &&
  value !== null &&
  NAMES.every((name) => typeof Reflect.get(value, name) === 'number');
