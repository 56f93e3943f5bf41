/**
 * How fast the memory learns, by the product's own thread over its own files: from a judgement to the next decision that
 * knows it, a full recomputation, opening, and how long the host's thread was held up meanwhile.
 *   npm run bench -- learning [--cases N, default 10000] [--judged N, default 2000] [--json] [--quick]
 * --quick: 3,000 cases and 500 judged runs. Takes about 45 s.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { openCaseBank, type OpenCaseBank } from '../src/node/memory';
import { decide, fill, type Filled } from './learning/bank';
import { median, percentile, timed } from './learning/timing';
import { recomputation } from './learning/recomputation';
import { closeWith } from './table/figure';

const JUDGEMENTS = 40;
const dist = path.resolve(import.meta.dirname, '../dist');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cases: { type: 'string' },
      judged: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  if (!existsSync(path.join(dist, 'memory-worker.js'))) {
    console.error('Skipped: dist/ is not there. Run `npm run build` first.');
    return;
  }
  const cases = Number(values.cases ?? (values.quick ? 3_000 : 10_000));
  const judged = Number(values.judged ?? (values.quick ? 500 : 2_000));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-'));
  try {
    const filled = await fill(folder, cases, judged);
    const result = { ...(await measure(folder, filled)), recomputation: await recomputation(folder) };
    const lines = goals(result);
    if (values.json) console.log(JSON.stringify({ ...result, goals: lines }));
    else {
      console.log(`${cases} cases, ${judged} judged runs; milliseconds\n`);
      for (const { what, got, wanted, met } of lines) {
        console.log(`${met ? 'met    ' : 'NOT MET'}  ${what}: ${got.toFixed(1)} (at most ${wanted})`);
      }
      const slowest = [result.judgement, result.withdrawal].map((times) => percentile(times, 1).toFixed(0));
      console.log(`\nslowest judgement ${slowest[0]}, slowest withdrawal ${slowest[1]}`);
    }
    const sizes = `${cases.toLocaleString('en')} cases, ${judged.toLocaleString('en')} judged`;
    const figures = lines.map(({ what, got, wanted }) => ({
      what: `${what}; ${sizes}`,
      value: got,
      unit: 'ms',
      atMost: wanted,
    }));
    closeWith(figures, values.json);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Measured {
  readonly open: number;
  readonly firstDecision: number;
  readonly judgement: readonly number[];
  readonly withdrawal: readonly number[];
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
}

async function measure(folder: string, filled: Filled): Promise<Measured> {
  const bank = openCaseBank({
    folder,
    workerFile: path.join(dist, 'memory-worker.js'),
    dist,
  });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const open = await timed(async () => {
    await bank.counts();
    await bank.list({ offset: 0, limit: 200 });
  });
  const firstDecision = await timed(() => decide(bank, filled, 0));
  const judgement: number[] = [];
  const withdrawal: number[] = [];
  for (let n = 0; n < JUDGEMENTS; n++) {
    // New judgements come at the end of the log; withdrawn ones are taken out of its middle, which costs most.
    const fresh = filled.unjudged[n] ?? '';
    const old = filled.judged[Math.floor((n / JUDGEMENTS) * filled.judged.length)] ?? '';
    judgement.push(await learned(bank, filled, n, fresh, n % 2 === 0 ? 1 : 0));
    withdrawal.push(await learned(bank, filled, n, old, null));
  }
  delay.disable();
  await bank.dispose();
  const ms = (nanoseconds: number) => nanoseconds / 1e6;
  return {
    open,
    firstDecision,
    judgement,
    withdrawal,
    delay: { p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) },
  };
}

/** From the click to an answered question that knows of it. */
const learned = (bank: OpenCaseBank, filled: Filled, n: number, caseId: string, reward: 1 | 0 | null) =>
  timed(async () => {
    await bank.judge(caseId, { reward, reason: null, at: Date.now() });
    await decide(bank, filled, n);
  });

function goals({ open, judgement, withdrawal, delay, recomputation }: Measured & { recomputation: number }) {
  const line = (what: string, got: number, wanted: number) => ({ what, got, wanted, met: got <= wanted });
  return [
    line('opening, until cases are listed', open, 500),
    line('a judgement until a decision knows it, median', median(judgement), 100),
    line('the same, 95th percentile', percentile(judgement, 0.95), 100),
    line('a withdrawn judgement until a decision knows it, median', median(withdrawal), 100),
    line('the same, 95th percentile', percentile(withdrawal, 0.95), 100),
    line('full recomputation, in the background', recomputation, 2000),
    line("delay of the host's event loop, 99th percentile", delay.p99, 20),
  ];
}

await main();
