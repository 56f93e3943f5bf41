/**
 * All benchmarks, one table, and a line for each in bench/results, where earlier measurements are.
 *   npm run bench [-- --only A,B] [--quick | --full] [--data FOLDER] [--json] [--no-record]
 *   npm run bench -- --list
 * As it is, those that take over a minute are quick: about 20 minutes in all. --json: a line each instead of the table.
 * --no-record: nothing is written to bench/results. Exits with 1 where a limit was missed, or a benchmark failed.
 */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { argumentsFor, type Benchmark, benchmarksIn, type Mode } from './benchmarks';
import { earlier, type Entry, historyOf, keep } from './history';
import { circumstances } from './machine';
import { outcomeOf, run } from './outcome';
import { faultsIn, type Measured, tableOf } from './table';

const root = path.resolve(import.meta.dirname, '../..');
const results = path.join(root, 'bench/results');

/** Minutes that a benchmark may take. */
const MOST: Readonly<Record<Mode, number>> = { quick: 10, usual: 20, full: 180 };

interface Settings {
  readonly mode: Mode;
  readonly data: string | undefined;
  readonly record: boolean;
  readonly where: ReturnType<typeof circumstances>;
}

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      list: flag,
      only: { type: 'string' },
      quick: flag,
      full: flag,
      data: { type: 'string' },
      json: flag,
      record: { type: 'boolean', default: true },
    },
  });
  const benchmarks = chosen(benchmarksIn(path.join(root, 'bench')), values.only?.split(','));
  if (values.list) {
    for (const { name, summary } of benchmarks) console.log(`${name.padEnd(14)} ${summary}`);
    return;
  }
  const settings: Settings = {
    mode: values.full ? 'full' : values.quick ? 'quick' : 'usual',
    data: values.data === undefined ? undefined : path.resolve(values.data),
    record: values.record,
    where: circumstances(root, 'bench/results'),
  };
  const all: Measured[] = [];
  for (const benchmark of benchmarks) {
    const measured = await measure(benchmark, settings);
    all.push(measured);
    if (values.json) console.log(JSON.stringify(measured));
  }
  if (!values.json) console.log(`\n${tableOf(all)}\n\n${verdict(all)}`);
  process.exitCode = faultsIn(all) > 0 ? 1 : 0;
}

function chosen(all: readonly Benchmark[], only: readonly string[] | undefined): readonly Benchmark[] {
  const unknown = only?.find((name) => !all.some((each) => each.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no benchmark ${unknown}: ${all.map(({ name }) => name).join(', ')}.`);
  }
  return only === undefined ? all : all.filter(({ name }) => only.includes(name));
}

async function measure(benchmark: Benchmark, { mode, data, record, where }: Settings): Promise<Measured> {
  const options = argumentsFor(benchmark, mode);
  const place = data !== undefined && benchmark.options.has('--data') ? ['--data', data] : [];
  process.stderr.write(`${[benchmark.name, ...options].join(' ')} … `);
  const begun = new Date();
  const load = Math.round((os.loadavg()[0] ?? 0) * 10) / 10;
  const outcome = outcomeOf(await run(benchmark, [...options, ...place], MOST[mode]));
  const seconds = Math.round((Date.now() - begun.getTime()) / 1000);
  process.stderr.write(`${seconds} s\n`);
  const entry: Entry = {
    date: begun.toISOString(),
    ...where,
    benchmark: benchmark.name,
    arguments: [...options],
    seconds,
    load,
    figures: [...outcome.figures],
  };
  const history = historyOf(results, benchmark.name);
  if (record && outcome.figures.length > 0) keep(results, entry);
  return {
    benchmark: benchmark.name,
    isBusy: load > where.cpus,
    ...outcome,
    earlier: outcome.figures.map((figure) => earlier(history, entry, figure)),
  };
}

function verdict(all: readonly Measured[]): string {
  const faults = faultsIn(all);
  const skipped = all.filter((each) => each.skipped.length > 0).length;
  const rest = skipped === 0 ? '' : ` ${skipped} did not run here, or not whole.`;
  const busy = all.filter(({ isBusy }) => isBusy).length;
  const noise =
    busy === 0 ? '' : ` The machine was busy before ${busy} of them: their milliseconds are too many.`;
  return `${all.length} benchmarks; ${faults === 0 ? 'no limit was missed' : `${faults} limits missed or failures`}.${rest}${noise}`;
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 2;
});
