/**
 * What a start costs, measured in a real VS Code: bytes of our JavaScript loaded in the extension host until the Cases
 * view shows its first page, the time of activate(), and the size of the package.
 *   npm run bench -- startup [--runs N, default 5] [--json] [--quick]
 * --quick: 2 starts. Limits are those of budgets.json, but for the milliseconds, which no continuous integration is held to.
 * Exits with 1 where one is missed. Takes about 60 s.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../test/editor/chromium.mjs';
import { judge, type Measurement, readBudgets } from './budgets/budgets';
import { META } from './budgets/bundles';
import { makePackage, packageSize } from './budgets/files';
import { measureStart, type Start, startFigures } from './budgets/startup';
import { type Figure, median, tellFigures } from './table/figure';

const root = path.resolve(import.meta.dirname, '..');

/** Milliseconds. */
const MOST_ACTIVATION = 50;

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { runs: { type: 'string' }, json: flag, quick: flag } });
  const missing = missingBrowser();
  if (missing !== undefined) {
    console.error(`Skipped: ${missing}`);
    return;
  }
  const starts: Start[] = [];
  const count = Number(values.runs ?? (values.quick ? 2 : 5));
  while (starts.length < count) starts.push(await measureStart());
  const { outputs } = META.parse(JSON.parse(readFileSync(path.join(root, 'dist/meta.json'), 'utf8')))[0];
  const figures = [
    ...held([...startFigures(starts, outputs), packageSize(makePackage(root))]),
    ...activation(starts),
  ];
  if (values.json) console.log(JSON.stringify(starts));
  tellFigures(figures, values.json);
}

/** Why no editor can be shown here. */
function missingBrowser(): string | undefined {
  try {
    findChromium();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

const held = (measured: readonly Measurement[]): Figure[] =>
  judge(readBudgets(path.join(root, 'budgets.json')), measured).map(
    ({ kind, name, value, unit, limit = 0 }) => ({
      what: WORDS[kind]?.(name) ?? name,
      value,
      unit: unit === 'times' ? '×' : unit,
      atMost: limit,
    }),
  );

/** By the kind of the budget. */
const WORDS: Readonly<Record<string, (name: string) => string>> = {
  window: (name) => `our JavaScript in ${name} until the Cases view shows`,
  windowModules: () => 'our modules in it',
  windowPackages: (name) => `package ${name} in it`,
  activation: (name) => `${name}, of the processor, to that of an extension with as many registrations`,
};

function activation(starts: readonly Start[]): Figure[] {
  const times = starts.map(({ activateMs }) => activateMs);
  return [
    {
      what: `activate(), median of ${times.length}`,
      value: median(times),
      unit: 'ms',
      atMost: MOST_ACTIVATION,
    },
    { what: 'activate(), the quickest', value: Math.min(...times), unit: 'ms' },
    {
      what: 'our JavaScript in the memory worker, a thread of its own',
      value: (starts[0]?.memoryWorkerBytes ?? NaN) / 1024,
      unit: 'KB',
    },
  ];
}

await main();
