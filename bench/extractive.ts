/**
 * How the extractive pair answers and abstains, end to end, with the real search and encoder.
 *   npm run bench -- extractive [--data FOLDER, default ../shared/data] [--json] [--quick] [--fit] [--show] [--sets NAMES]
 * --json: one row a line, then figures. --fit: refits the models of weights.ts on the tune halves and prints them. --show:
 * what became of each tune question. --sets: of sample,qed,hotpotqa,musique only these. --quick: sample, and a part of qed.
 * The data are not part of this project. Takes about 30 min.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Encoder } from '../src/core/ports';
import { createWorkerEncoder } from '../src/node/encoder';
import { fit } from './extractive/fit';
import { type Half, hopSets, qedQuestions, sampleSets } from './extractive/questions';
import { type Outcome, runFolder, runParagraphs } from './extractive/runs';
import { closeWith, type Figure } from './table/figure';

const project = path.resolve(import.meta.dirname, '..');
const dist = path.join(project, 'dist');

const ALL = 'sample,qed,hotpotqa,musique';
const QUICK = 'sample,qed';
/** With --quick. Each comes twice, over its own paragraph and over another one. */
const FEW_OF_QED = 80;

interface Options {
  readonly json: boolean;
  readonly fit: boolean;
  readonly show: boolean;
  readonly quick: boolean;
  readonly sets: string;
}

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: path.join(project, '../shared/data') },
      ...{ json: flag, quick: flag, fit: flag, show: flag },
      sets: { type: 'string' },
    },
  });
  const folder = path.resolve(positionals[0] ?? values.data);
  if (!existsSync(path.join(dist, 'encoder-worker.js'))) {
    console.error('Skipped: dist/ is not there. Run `npm run build` first.');
    return;
  }
  const encoder = createWorkerEncoder({
    assets: path.join(dist, 'encoder'),
    workerFile: path.join(dist, 'encoder-worker.js'),
    remembered: 60_000,
  });
  try {
    const sets = await runAll(folder, encoder, {
      ...values,
      sets: values.sets ?? (values.quick ? QUICK : ALL),
    });
    if (values.fit) console.log(`\n${await fit(sets, encoder)}`);
    closeWith([...sets].flatMap(figuresOf), values.json);
  } finally {
    await encoder.dispose();
  }
}

async function runAll(folder: string, encoder: Encoder, options: Options): Promise<Map<string, Outcome[]>> {
  const sets = new Map<string, Outcome[]>();
  const keep = (name: string, outcomes: Outcome[]) => {
    sets.set(name, outcomes);
    print(name, outcomes, options);
  };
  if (!options.json) console.log(HEAD);
  const wanted = new Set(options.sets.split(','));
  const samples = wanted.has('sample') ? sampleSets(project) : [];
  for (const set of samples) keep(set.name, await runFolder(set, encoder, dist));
  if (wanted.has('qed')) {
    const paragraphs = await qedQuestions(folder);
    if (paragraphs === undefined) console.error(`Skipped: there is no qed in ${folder}.`);
    else
      keep('QED', await runParagraphs(paragraphs.slice(0, options.quick ? FEW_OF_QED : Infinity), encoder));
  }
  if (!wanted.has('hotpotqa') && !wanted.has('musique')) return sets;
  const hops = await hopSets(folder);
  if (hops.length === 0) console.error(`Skipped: there is neither hotpotqa nor musique in ${folder}.`);
  for (const set of hops) {
    if (wanted.has(set.name.toLowerCase())) keep(set.name, await runFolder(set, encoder, dist));
  }
  return sets;
}

/** Of the half that nothing was fitted on. */
function figuresOf([name, outcomes]: readonly [string, readonly Outcome[]]): Figure[] {
  const half = outcomes.filter(({ asked }) => asked.half === 'check');
  const found = totals(half);
  const answerable = found.right + found.wrong + found.abstained;
  const others = found.rightlyAbstained + found.wronglyAnswered;
  const share = (what: string, some: number, of: number): Figure[] =>
    of === 0 ? [] : [{ what: `${name}: ${what}, of ${of}`, value: (100 * some) / of, unit: '%' }];
  return [
    ...share('answered rightly', found.right, answerable),
    ...share('answered wrongly', found.wrong, answerable),
    ...share('rightly abstained', found.rightlyAbstained, others),
  ];
}

const HEAD =
  'set             half     right  wrong  abstained | not answerable: abstained  answered | ms (median, worst)';

function print(name: string, outcomes: readonly Outcome[], { json, show }: Options): void {
  for (const half of ['tune', 'check'] as const) {
    const some = outcomes.filter(({ asked }) => asked.half === half);
    if (some.length === 0) continue;
    const row = { set: name, half, ...totals(some) };
    console.log(json ? JSON.stringify(row) : line(row));
    if (show && half === 'tune') some.forEach(showOne);
  }
}

function totals(outcomes: readonly Outcome[]) {
  const answerable = outcomes.filter(({ asked }) => asked.answers !== undefined);
  const others = outcomes.filter(({ asked }) => asked.answers === undefined);
  const count = (some: readonly Outcome[], is: (outcome: Outcome) => boolean) => some.filter(is).length;
  const times = outcomes.flatMap(({ answering }) => answering ?? []).sort((a, b) => a - b);
  return {
    right: count(answerable, ({ right }) => right),
    wrong: count(answerable, ({ right, abstained }) => !right && !abstained),
    abstained: count(answerable, ({ abstained }) => abstained),
    rightlyAbstained: count(others, ({ abstained }) => abstained),
    wronglyAnswered: count(others, ({ abstained }) => !abstained),
    median: Math.round(times[Math.floor(times.length / 2)] ?? 0),
    worst: Math.round(times.at(-1) ?? 0),
  };
}

function line(row: { readonly set: string; readonly half: Half } & ReturnType<typeof totals>): string {
  const cell = (value: number, width: number) => String(value).padStart(width);
  const first = `${row.set.padEnd(15)} ${row.half.padEnd(6)} ${cell(row.right, 7)}${cell(row.wrong, 7)}${cell(row.abstained, 11)}`;
  return `${first} | ${cell(row.rightlyAbstained, 25)}${cell(row.wronglyAnswered, 10)} | ${cell(row.median, 6)} ${cell(row.worst, 6)}`;
}

function showOne({ asked, abstained, right, answer }: Outcome): void {
  const expected = asked.answers === undefined ? abstained : right;
  console.log(`  ${expected ? 'ok ' : 'NOT'} ${asked.text}\n      ${answer.replace(/\n+/g, '\n      ')}`);
}

await main();
