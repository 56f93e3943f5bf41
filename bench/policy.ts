/**
 * How well policies choose cases for simulated users: the expected success of 500 judged runs, mean of the seeds.
 *   npm run bench -- policy [--worlds FILE.mjs] [--seeds N] [--first SEED] [--only TEXT] [--all] [--json] [--quick]
 * FILE exports `world(kind, seed, options)` and `kinds` as bench/policy/worlds.ts does. --only: cells whose name has
 * the text. --all: every variant of every kind. --first: policies were tuned on seeds from 1000 on; those from 0 on are
 * reported. --json: one cell a line, then figures. --quick: 3 seeds, of the cells and the rows that goals are about. Exits
 * with 1 where a goal is not met. Takes about 40 min.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cellsOf, evaluate, mean, type Result, type Worlds } from './policy/cells';
import { gain, GOAL_ROWS, type GoalLine, goalLines, hasGoal, lead, nameOf } from './policy/goals';
import { ROWS } from './policy/rows';
import { type Timings, timings } from './policy/timing';
import * as ours from './policy/worlds';
import { closeWith, type Figure } from './table/figure';

/** With --quick; and with how many the end of an interval begins to say something. */
const SEEDS = { quick: 3, bound: 10 } as const;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      worlds: { type: 'string' },
      seeds: { type: 'string' },
      first: { type: 'string', default: '0' },
      only: { type: 'string', default: '' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const count = Number(values.seeds ?? (values.quick ? SEEDS.quick : 20));
  const worlds = values.worlds === undefined ? ours : await load(values.worlds);
  const seeds = Array.from({ length: count }, (_, i) => Number(values.first) + i);
  const cells = cellsOf(worlds, values.all)
    .filter((cell) => nameOf(cell).includes(values.only))
    .filter((cell) => !values.quick || hasGoal(cell));
  if (!values.json) printHead();
  const results: Result[] = [];
  for (const cell of cells) {
    const result = evaluate(worlds, cell, seeds, values.quick ? GOAL_ROWS : ROWS);
    results.push(result);
    if (values.json) console.log(JSON.stringify(summary(result)));
    else printRow(result);
  }
  const goals = goalLines(results);
  const worst = results.toSorted((a, b) => lead(a) - lead(b))[0];
  const times = timings();
  if (values.json) {
    const last = worst && { cell: nameOf(worst.cell), lead: lead(worst) };
    console.log(JSON.stringify({ timings: times, goals, worst: last }));
  } else {
    printTimings(times);
    printGoals(goals);
    if (worst) printWorst(worst);
  }
  closeWith(figuresOf(goals, worst, times, count), values.json);
}

function figuresOf(
  goals: readonly GoalLine[],
  worst: Result | undefined,
  times: Timings,
  seeds: number,
): Figure[] {
  const of = `${seeds} seeds`;
  return [
    ...goals.map(({ what, wanted, got, isBound }) => ({
      what: `${what}; ${of}`,
      value: got,
      unit: '',
      ...(isBound && seeds < SEEDS.bound ? {} : { atLeast: wanted }),
    })),
    ...(worst ? [{ what: `lead in the worst cell; ${of}`, value: 100 * lead(worst), unit: 'points' }] : []),
    {
      what: 'slowest update of `learned`, to learning all anew',
      value: times.update / times.rebuild,
      unit: '×',
    },
    { what: '`learned` anew, 10,000 cases, 2,000 judged', value: times.rebuild, unit: 'ms' },
    { what: 'values of 40 candidates', value: times.brief, unit: 'ms' },
  ];
}

function printWorst(worst: Result): void {
  const points = (100 * lead(worst)).toFixed(1);
  console.log(`\nWorst cell: ${nameOf(worst.cell)}, ${points} points from the better of similarity and none`);
}

function printTimings({ rebuild, update, brief, full }: Timings): void {
  console.log('\n`learned` at 10,000 cases and 2,000 judged runs, milliseconds');
  console.log(`  rebuild ${rebuild.toFixed(0)}, slowest update ${update.toFixed(0)}`);
  console.log(`  values of 40 candidates ${brief.toFixed(0)}, with intervals and facts ${full.toFixed(0)}`);
}

function printGoals(goals: readonly GoalLine[]): void {
  console.log('\nGoals of `learned`');
  for (const { what, wanted, got, met } of goals) {
    console.log(`  ${met ? 'met    ' : 'NOT MET'}  ${what}: ${got.toFixed(3)} (wanted ${wanted.toFixed(2)})`);
  }
}

async function load(file: string): Promise<Worlds> {
  const loaded: unknown = await import(pathToFileURL(path.resolve(file)).href);
  if (isWorlds(loaded)) return loaded;
  throw new TypeError(`${file} exports no world(kind, seed, options) and kinds.`);
}

const isWorlds = (module: unknown): module is Worlds =>
  typeof module === 'object' &&
  module !== null &&
  'world' in module &&
  typeof module.world === 'function' &&
  'kinds' in module &&
  typeof module.kinds === 'object';

const WIDTH = 22;

function printHead(): void {
  console.log(
    'Expected success; G: the share of what the oracle adds that `learned` adds, all runs / last 100\n',
  );
  console.log(['world'.padEnd(WIDTH), ...ROWS.map((row) => row.padStart(13)), '      G'].join(''));
}

function printRow(result: Result): void {
  const cells = ROWS.map((row) => {
    const scores = result.rows[row];
    return (scores ? mean(scores.all).toFixed(3).slice(1) : '–').padStart(13);
  });
  const gains = (['all', 'last'] as const).map((over) => gain(result, over)?.toFixed(2) ?? '–').join(' / ');
  console.log([nameOf(result.cell).padEnd(WIDTH), ...cells, `  ${gains}`].join(''));
}

function summary(result: Result) {
  const { cell, rows } = result;
  const of = (over: 'all' | 'last') =>
    Object.fromEntries(
      ROWS.map((row) => {
        const scores = rows[row];
        return [row, scores ? mean(scores[over]) : null];
      }),
    );
  const gains = { all: gain(result, 'all') ?? null, last: gain(result, 'last') ?? null };
  return { kind: cell.kind, variant: cell.variant, success: of('all'), last100: of('last'), gain: gains };
}

await main();
