/**
 * How long the exact search for the 4 nearest of random unit vectors with 512 dimensions takes.
 *   npm run bench -- retrieval [--sizes 1000,10000,100000] [--own] [--json] [--quick]
 * Other packages are installed at the first run, into .cache/bench-retrieval; --own: without them. --quick: without them and
 * without 100,000 vectors. --json: one row a line, then the goals. Exits with 1 where a goal is not met. Takes about 5 min.
 */
import { parseArgs } from 'node:util';
import { measure, type Row, type Timing } from './retrieval/measure';
import { OTHERS } from './retrieval/others.mjs';
import { FALLBACK, PLAIN, PRODUCT, READ } from './retrieval/own';
import { closeWith, type Figure } from './table/figure';

interface Goal {
  readonly what: string;
  readonly wanted: number;
  readonly got: number;
  /** `wanted` is the most, not the least. */
  readonly isMost: boolean;
  readonly met: boolean;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      sizes: { type: 'string' },
      own: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const sizes = (values.sizes ?? (values.quick ? '1000,10000' : '1000,10000,100000')).split(',').map(Number);
  const own = [PRODUCT, FALLBACK, PLAIN, READ];
  const others = values.own || values.quick ? [] : OTHERS;
  const rows = await measure({ own, others, plain: PLAIN, read: READ }, sizes);
  const product = rows.find(({ name }) => name === PRODUCT.name);
  const goals = goalsOf(product, sizes);
  if (values.json) printJson(rows, goals);
  else printTable(rows, sizes, goals);
  closeWith(figuresOf(goals, product, sizes), values.json);
}

function figuresOf(goals: readonly Goal[], product: Row | undefined, sizes: readonly number[]): Figure[] {
  return [
    ...goals.map(({ what, wanted, got, isMost }) => ({
      what,
      value: got,
      unit: what.startsWith('recall') ? '' : '×',
      ...(isMost ? { atMost: wanted } : { atLeast: wanted }),
    })),
    ...sizes.map((size) => ({
      what: `a search, ${size.toLocaleString('en')}`,
      value: product?.timings.get(size)?.ms ?? NaN,
      unit: 'ms',
    })),
  ];
}

function goalsOf(product: Row | undefined, sizes: readonly number[]): readonly Goal[] {
  const goals: Goal[] = [];
  for (const size of sizes) {
    const { ofPlain = NaN, ofRead = NaN, recall = NaN } = product?.timings.get(size) ?? {};
    const faster = 1 / ofPlain;
    const n = size.toLocaleString('en');
    if (size === 10_000) {
      goals.push(goal(`times as fast as plain JavaScript, ${n}`, faster, 5));
    }
    if (size >= 10_000) {
      const met = ofRead <= 2.5;
      goals.push({ what: `times as long as reading, ${n}`, wanted: 2.5, got: ofRead, isMost: true, met });
    }
    goals.push(goal(`recall, ${n}`, recall, 1));
  }
  return goals;
}

const goal = (what: string, got: number, wanted: number): Goal => ({
  what,
  wanted,
  got,
  isMost: false,
  met: got >= wanted,
});

function printJson(rows: readonly Row[], goals: readonly Goal[]): void {
  for (const { name, timings, failure = null } of rows) {
    const sizes = Object.fromEntries(
      [...timings].map(([size, { recall = null, ...timing }]) => [size, { ...timing, recall }]),
    );
    console.log(JSON.stringify({ name, sizes, failure }));
  }
  console.log(JSON.stringify({ goals, met: goals.every(({ met }) => met) }));
}

const NAME_WIDTH = 24;

function printTable(rows: readonly Row[], sizes: readonly number[], goals: readonly Goal[]): void {
  console.log('Milliseconds a query, × plain JavaScript, × reading the memory, recall@4\n');
  const heads = sizes.map((size) => `${size.toLocaleString('en')} vectors`.padStart(30));
  console.log(['search'.padEnd(NAME_WIDTH), ...heads].join(''));
  for (const { name, timings, failure } of rows) {
    const cells = sizes.map((size) => cell(timings.get(size)).padStart(30));
    const text = failure === undefined ? cells.join('') : `${cells.join('')}  did not run: ${failure}`;
    console.log(name.padEnd(NAME_WIDTH) + text);
  }
  console.log('\nGoals of Memento');
  for (const { what, wanted, got, met } of goals) {
    console.log(`  ${met ? 'met    ' : 'NOT MET'}  ${what}: ${got.toFixed(2)} (wanted ${wanted})`);
  }
}

function cell(timing: Timing | undefined): string {
  if (!timing) return '–';
  const { ms, ofPlain, ofRead, recall } = timing;
  const times = [ofPlain, ofRead].map((ratio) => ratio.toFixed(2).padStart(6));
  return [ms.toFixed(2), ...times, (recall?.toFixed(2) ?? '–').padStart(6)].join(' ');
}

await main();
