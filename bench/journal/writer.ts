/**
 * A process that writes to a bank until it is killed, and prints a line for everything that was acknowledged:
 *   writer FOLDER            `add ID`, `judge ID REWARD`
 */
import { writeSync } from 'node:fs';
import { argv } from 'node:process';
import { adding, judging } from '../../src/core/memory/journal/changes';
import { openBank, someCase, someVector } from './bank';

/** Small, so that images are made all the time. */
const bank = openBank(argv[2] ?? '', { bounds: { bytes: 40_000, segments: 6 } });
// Synchronously: a line that was handed over outlives the process.
const print = (line: string) => writeSync(1, `${line}\n`);

for (let n = 0; ; n++) {
  const records = Array.from({ length: 1 + Math.floor(Math.random() * 3) }, () => someCase(n));
  await Promise.all(
    records.map(async (record) => {
      await bank.write(adding(record, someVector()));
      print(`add ${record.id}`);
    }),
  );
  const [first] = records;
  const reward = n % 2 === 0 ? 1 : 0;
  if (first && (await bank.write(judging(first.id, { reward, reason: 'bench', at: n + 1 })))) {
    print(`judge ${first.id} ${reward}`);
  }
  const warning = await bank.warning();
  if (warning !== undefined) process.stderr.write(`${warning}\n`);
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 4));
}
