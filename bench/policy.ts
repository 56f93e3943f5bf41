/**
 * How well policies choose cases for simulated users: the expected success of 500 judged runs, mean of the seeds.
 *   npm run bench -- policy [--worlds FILE.mjs] [--seeds N] [--first SEED] [--only TEXT] [--all] [--json]
 * FILE exports `world(kind, seed, options)` and `kinds` as bench/policy/worlds.ts does. --only: cells whose name has
 * the text. --all: every variant of every kind. --first: policies were tuned on seeds from 1000 on; those from 0 on are reported. --json: one cell a line.
 */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { cellsOf, evaluate, mean, type Result, type Worlds } from './policy/cells';
import { gain, type GoalLine, goalLines, lead, nameOf } from './policy/goals';
import { ROWS } from './policy/rows';
import { timings } from './policy/timing';
import * as ours from './policy/worlds';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      worlds: { type: 'string' },
      seeds: { type: 'string', default: '20' },
      first: { type: 'string', default: '0' },
      only: { type: 'string', default: '' },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const worlds = values.worlds === undefined ? ours : await load(values.worlds);
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => Number(values.first) + i);
  const cells = cellsOf(worlds, values.all).filter((cell) => nameOf(cell).includes(values.only));
  if (!values.json) printHead();
  const results: Result[] = [];
  for (const cell of cells) {
    const result = evaluate(worlds, cell, seeds);
    results.push(result);
    if (values.json) console.log(JSON.stringify(summary(result)));
    else printRow(result);
  }
  const goals = goalLines(results);
  const worst = results.toSorted((a, b) => lead(a) - lead(b))[0];
  if (values.json) {
    const last = worst && { cell: nameOf(worst.cell), lead: lead(worst) };
    console.log(JSON.stringify({ timings: timings(), goals, worst: last }));
    return;
  }
  printTimings();
  printGoals(goals);
  if (worst) {
    const points = (100 * lead(worst)).toFixed(1);
    console.log(
      `\nWorst cell: ${nameOf(worst.cell)}, ${points} points from the better of similarity and none`,
    );
  }
}

function printTimings(): void {
  const { rebuild, update, brief, full } = timings();
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
