/**
 * What becomes of a memory after many runs: simulated users drive the real bank and policies through 100,000 of them.
 *   npm run bench -- scale [--runs N, default 100000] [--cases N, default 100000] [--most N, default 2 % of the runs]
 *     [--worlds N, default 120] [--seed N, default 1] [--parts learned,similarity,crowded,alarms] [--out DIR] [--quick] [--json]
 * learned, similarity: a bank's life under each policy, with regret, sizes, times and forgetting. --most: cases that a
 * bank may have before people tidy up. crowded: --cases in one bank that nobody tidies up. alarms: false alarms of the
 * memory report. --out keeps what each part came to, and a life that is interrupted: the same call goes on with it. The
 * whole takes hours; parts can be made at once. --quick: 1,500 runs. Exits with 1 where a limit is missed.
 */
import { parseArgs } from 'node:util';
import { figuresOf } from './scale/figures';
import { PARTS, resultsOf, type Sizes } from './scale/parts';
import { headOf, printResults } from './scale/print';
import { closeWith, isMet, lineOf } from './table/figure';

const FULL = { runs: 100_000, cases: 100_000, worlds: 120 };
const QUICK = { runs: 1_500, cases: 2_000, worlds: 12 };
/** Of the runs: so many cases may stay. */
const MOST = 0.02;
const FEWEST = 300;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      cases: { type: 'string' },
      most: { type: 'string' },
      worlds: { type: 'string' },
      seed: { type: 'string', default: '1' },
      parts: { type: 'string', default: PARTS.join(',') },
      out: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const usual = values.quick ? QUICK : FULL;
  const runs = Number(values.runs ?? usual.runs);
  const sizes: Sizes = {
    seed: Number(values.seed),
    runs,
    mostCases: Number(values.most ?? Math.max(FEWEST, Math.round(MOST * runs))),
    cases: Number(values.cases ?? usual.cases),
    worlds: Number(values.worlds ?? usual.worlds),
  };
  const wanted = values.parts.split(',');
  const parts = PARTS.filter((part) => wanted.includes(part));
  const progress = (text: string) => process.stderr.write(`${text}\n`);
  const results = await resultsOf({ sizes, kept: values.out, progress }, parts);
  const figures = figuresOf(results);
  if (values.json) {
    for (const part of parts) console.log(JSON.stringify({ part, result: results[part] }));
  } else {
    console.log(headOf(sizes));
    printResults(results);
    for (const missed of figures.filter((each) => isMet(each) === false)) console.log(lineOf(missed));
  }
  closeWith(figures, values.json);
}

await main();
