/**
 * Fills one bank, or measures one: `bankChild.ts fill|measure FOLDER CASES`, each in a process of its own, as what the
 * filling leaves behind would hide what the memory takes. Prints one line of JSON.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { openCaseBank } from '../../src/node/memory';
import { someCase } from '../journal/bank';
import { decide, fill, type Filled } from '../learning/bank';
import { median, timed } from '../learning/timing';
import type { BankCost, Filling } from './banks';

/** Of the cases, a tenth is judged: what is learned of grows with the bank. */
const JUDGED = 0.1;
const TIMES = 15;
const DIST = path.resolve(import.meta.dirname, '../../dist');

/** Beside the bank's folder, for the process that measures. A structured clone keeps vectors what they are. */
const writeFilled = (folder: string, filled: Filled) => writeFileSync(`${folder}.filled`, serialize(filled));
const readFilled = (folder: string) => deserialize(readFileSync(`${folder}.filled`)) as Filled;

async function filling(folder: string, cases: number): Promise<Filling> {
  const begun = performance.now();
  const filled = await fill(folder, cases, Math.ceil(cases * JUDGED));
  const milliseconds = performance.now() - begun;
  writeFilled(folder, filled);
  return { fill: milliseconds, diskBytes: sizeOf(folder) };
}

async function measured(folder: string, cases: number): Promise<Omit<BankCost, keyof Filling>> {
  const filled = readFilled(folder);
  globalThis.gc?.();
  const before = process.memoryUsage().rss;
  const bank = openCaseBank({ folder, workerFile: path.join(DIST, 'memory-worker.js'), dist: DIST });
  const open = await timed(async () => {
    await bank.counts();
    await bank.list({ offset: 0, limit: 200 });
  });
  const firstDecision = await timed(() => decide(bank, filled, 0));
  const shown: number[] = [];
  const nextDecision = await repeated(async (n) => {
    const { listed } = await decide(bank, filled, n + 1);
    shown.push(listed.filter((each) => each.shown).length);
  });
  const adding = await repeated(async (n) => {
    const record = someCase(cases + n);
    await bank.add(record, filled.questions[n]?.vector);
  });
  const judging = await repeated(async (n) => {
    const id = filled.unjudged[n] ?? '';
    await bank.judge(id, { reward: n % 2 === 0 ? 1 : 0, reason: null, at: Date.now() });
    await decide(bank, filled, n);
  });
  const memory = process.memoryUsage().rss - before;
  await bank.dispose();
  return {
    ...{ cases, judged: filled.judged.length, open, firstDecision, nextDecision, adding, judging, memory },
    shown: Math.max(...shown),
  };
}

const repeated = async (work: (n: number) => Promise<unknown>): Promise<number> => {
  const times: number[] = [];
  for (let n = 0; n < TIMES; n++) times.push(await timed(() => work(n)));
  return median(times);
};

const sizeOf = (folder: string): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(path.join(folder, name)).size, 0);

const [step, folder = '', cases = '0'] = process.argv.slice(2);
console.log(JSON.stringify(await (step === 'fill' ? filling : measured)(folder, Number(cases))));
