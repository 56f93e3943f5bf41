/**
 * Whether the memory report finds what a simulated user's memory does: years of judged runs through the real case bank,
 * the real encoder and the default policy. The picture of the report in README.md is the year with seed 1.
 *   npm run bench -- demonstration [--runs N, default 1500] [--seeds N, default 3] [--json] [--quick]
 * --quick: one seed and 300 runs. --json: one seed a line, then figures. Takes about 3 min.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Experiment } from '../src/core/memory/report/experiment';
import { openCaseBank } from '../src/node/memory';
import { encode } from './demonstration/encode';
import { liveYear } from './demonstration/year';
import { closeWith, type Figure, median } from './table/figure';

const dist = path.resolve(import.meta.dirname, '../dist');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seeds: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  if (!existsSync(path.join(dist, 'memory-worker.js'))) {
    console.error('Skipped: dist/ is not there. Run `npm run build` first.');
    return;
  }
  const runs = Number(values.runs ?? (values.quick ? 300 : 1500));
  const seeds = Number(values.seeds ?? (values.quick ? 1 : 3));
  const found: Experiment[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const experiment = await simulate(seed, runs);
    found.push(experiment);
    const { status, anytime, words } = experiment;
    console.log(values.json ? JSON.stringify({ seed, status, anytime, words }) : `seed ${seed}: ${words}`);
  }
  closeWith(figuresOf(found, runs), values.json);
}

async function simulate(seed: number, runs: number): Promise<Experiment> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-demonstration-'));
  const bank = openCaseBank({ folder, workerFile: path.join(dist, 'memory-worker.js'), dist });
  try {
    await liveYear(bank, { seed, runs, until: Date.now(), encode });
    return (await bank.report()).experiment;
  } finally {
    await bank.dispose();
    await rm(folder, { recursive: true });
  }
}

/** Memory helps this user by construction: a report that says it harms is wrong. That it says nothing yet is not. */
function figuresOf(found: readonly Experiment[], runs: number): Figure[] {
  const share = (status: Experiment['status']) =>
    (100 * found.filter((each) => each.status === status).length) / found.length;
  const effects = found.flatMap(({ difference }) => (difference ? [100 * difference.value] : []));
  const of = `of ${found.length} years of ${runs} runs`;
  return [
    { what: `says that memory harms, ${of}`, value: share('harms'), unit: '%', atMost: 0 },
    { what: `says that memory helps, ${of}`, value: share('helps'), unit: '%' },
    ...(effects.length > 0 ? [{ what: `effect, median ${of}`, value: median(effects), unit: 'points' }] : []),
  ];
}

await main();
