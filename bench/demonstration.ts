/**
 * Whether the memory report finds what a simulated user's memory does: years of judged runs through the real case bank,
 * the real encoder and the default policy. The picture of the report in README.md is the year with seed 1.
 *   npm run bench -- demonstration [--runs N, default 1500] [--seeds N, default 5]
 */
import { parseArgs } from 'node:util';
import { memoryBank } from '../test/fakes/memoryBank';
import { encode } from './demonstration/encode';
import { liveYear } from './demonstration/year';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '1500' }, seeds: { type: 'string', default: '5' } },
  });
  for (let seed = 1; seed <= Number(values.seeds); seed++) {
    const bank = await memoryBank();
    await liveYear(bank, { seed, runs: Number(values.runs), until: Date.UTC(2026, 0, 1), encode });
    const { experiment } = await bank.report();
    console.log(`seed ${seed}: ${experiment.words}`);
  }
}

await main();
