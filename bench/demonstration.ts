/**
 * Whether the memory report finds what a simulated user's memory does: years of judged runs through the real case bank,
 * the real encoder and the default policy. The picture of the report in README.md is the year with seed 1.
 *   npm run bench -- demonstration [--runs N, default 1500] [--seeds N, default 3]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openCaseBank } from '../src/node/memory';
import { encode } from './demonstration/encode';
import { liveYear } from './demonstration/year';

const dist = path.resolve(import.meta.dirname, '../dist');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '1500' }, seeds: { type: 'string', default: '3' } },
  });
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-demonstration-'));
    const bank = openCaseBank({ folder, workerFile: path.join(dist, 'memory-worker.js'), dist });
    await liveYear(bank, { seed, runs: Number(values.runs), until: Date.now(), encode });
    const { experiment } = await bank.report();
    console.log(`seed ${seed}: ${experiment.words}`);
    await bank.dispose();
    await rm(folder, { recursive: true });
  }
}

await main();
