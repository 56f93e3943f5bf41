/**
 * How much of what a question needs the workspace search finds.
 *   npx tsx bench/search.ts [data folder, default ../shared/data] [--json] [--words]
 * --json: one row a line. --words: without the encoder, which takes minutes. The data are not part of this project.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Encoder } from '../src/core/ports';
import { createWorkerEncoder } from '../src/node/encoder';
import { evaluate, type Recall, type Row, SYSTEMS } from './search/evaluate';
import type { Layout } from './search/layouts';
import { loadSets } from './search/sets';

const LAYOUTS: readonly Layout[] = ['titles', 'headings', 'opaque'];
const project = path.resolve(import.meta.dirname, '..');

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, words: { type: 'boolean', default: false } },
  });
  const folder = path.resolve(positionals[0] ?? path.join(project, '../shared/data'));
  const sets = await loadSets(folder);
  if (sets.length === 0) {
    console.error(`Skipped: there is neither hotpotqa nor musique in ${folder}.`);
    return;
  }
  const encoder = values.words ? undefined : startEncoder();
  const print = values.json ? (row: Row) => console.log(JSON.stringify(row)) : printRow;
  if (!values.json) printHead();
  try {
    for (const set of sets) {
      for (const layout of LAYOUTS) {
        for (const system of SYSTEMS) print(await evaluate(set, layout, system, encoder));
      }
    }
  } finally {
    await encoder?.dispose();
  }
}

function startEncoder(): Encoder | undefined {
  const assets = path.join(project, 'dist/encoder');
  const workerFile = path.join(project, 'dist/encoder-worker.js');
  if (existsSync(assets) && existsSync(workerFile)) {
    return createWorkerEncoder({ assets, workerFile, remembered: 20_000 });
  }
  console.error('Without the encoder, as dist/ has none: run `npm run build` first.');
  return undefined;
}

function printHead(): void {
  console.log('Recall in percent: all questions (tuning half / checking half); times in milliseconds\n');
  console.log('set       files     system    recall@5            recall@10           a file  a question');
}

function printRow({ set, layout, system, recallAt5, recallAt10, indexing, answering }: Row): void {
  const cells = [set.padEnd(9), layout.padEnd(9), system.padEnd(9), halves(recallAt5), halves(recallAt10)];
  console.log([...cells, indexing.toFixed(2).padStart(6), answering.toFixed(0).padStart(10)].join(' '));
}

const halves = ({ all, tune, check }: Recall): string =>
  `${all.toFixed(1)} (${tune.toFixed(1)} / ${check.toFixed(1)})`.padEnd(19);

await main();
