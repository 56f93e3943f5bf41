/**
 * `memento eval` as people run it, end to end: HotpotQA with the extractive pair, and made-up questions with a scripted model
 * on loopback for which memory helps; each whole, and killed in the middle and gone on with, which must say the same.
 *   npm run bench -- eval [--data FOLDER, default ../shared/data] [--limit N, default 30] [--iterations N, default 3] [--json] [--quick]
 * Takes about 7 min. --quick: 8 questions, 2 iterations. The data are not part of this project. Exits with 1 where a limit
 * is missed.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Evaluated, evaluateTwice } from './eval/evaluated';
import { startLedgers } from './eval/ledgers';
import { closeWith, type Figure } from './table/figure';

const project = path.resolve(import.meta.dirname, '..');
const cli = path.join(project, 'dist/cli.js');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: path.join(project, '../shared/data') },
      limit: { type: 'string' },
      iterations: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const limit = values.limit ?? (values.quick ? '8' : '30');
  const iterations = values.iterations ?? (values.quick ? '2' : '3');
  if (!existsSync(cli)) {
    console.error('Skipped: dist/ is not there. Run `npm run build` first.');
    return;
  }
  const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-eval-'));
  const ledgers = await startLedgers(folder);
  try {
    const figures: Figure[] = [];
    const add = (name: string, evaluated: Evaluated) => {
      const same = evaluated.isSame ? 'says the same' : 'says something ELSE';
      if (!values.json)
        console.log(`${name}\n\n${evaluated.said}\nKilled in the middle and gone on with, it ${same}.\n`);
      figures.push(...figuresOf(name, evaluated));
    };
    const hotpot = path.join(path.resolve(values.data), 'hotpotqa');
    if (existsSync(hotpot)) {
      const words = [hotpot, '--limit', limit, '--iterations', iterations];
      add(`HotpotQA, ${limit} questions`, await evaluateTwice(cli, words, path.join(folder, 'hotpotqa'), {}));
    } else console.error(`Skipped: there is no hotpotqa in ${values.data}.`);
    const words = [ledgers.file, '--reward', 'cover', '--iterations', iterations];
    add('scripted model', await evaluateTwice(cli, words, path.join(folder, 'scripted'), ledgers.env));
    closeWith(figures, values.json);
  } finally {
    await ledgers.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function figuresOf(name: string, { without, withMemory, isSame }: Evaluated): Figure[] {
  const share = (what: string, value: number): Figure => ({
    what: `${name}: ${what}`,
    value: 100 * value,
    unit: '%',
  });
  return [
    share('right, held out, without memory', without.right),
    share('right, held out, with memory', withMemory.right),
    share('F1, held out, with memory', withMemory.f1),
    ...(withMemory.found === undefined ? [] : [share('supporting facts found', withMemory.found)]),
    { what: `${name}: killed and gone on with, says the same`, value: isSame ? 1 : 0, unit: '', atLeast: 1 },
  ];
}

await main();
