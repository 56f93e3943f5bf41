/**
 * What each policy retrieves after a warm start from the cases and training rows released with the Memento paper: by the
 * product's own import into banks of their own (the memory's thread, the real encoder), for questions that are held out.
 *   npm run bench -- trained [--data FOLDER, default ../shared/data] [--json] [--quick] [--out FILE]
 * Five folds by query, near-duplicates kept out of each bank. --quick: two folds of a part of the files. --out: the page
 * as Markdown. --json: a table a line, the figures last. The data are not part of this project. Exits with 1 where a
 * limit is missed.
 */
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createWorkerEncoder } from '../src/node/encoder';
import { loadReleased, type Released } from './difficulty/data';
import { closeWith, isMet, lineOf } from './table/figure';
import { figuresOf } from './trained/figures';
import { askFold, type Fold, importWhole } from './trained/fold';
import { plansOf, readReleased, type ReleasedLines } from './trained/files';
import { clocked, type ClockedEncoder, encodedQuestions } from './trained/importing';
import { pageOf } from './trained/page';
import { type Results, resultsOf } from './trained/results';
import { closenessTo, foldOf, splitOf } from './trained/split';

const project = path.resolve(import.meta.dirname, '..');
const dist = path.join(project, 'dist');
const assets = path.join(dist, 'encoder');
const workerFile = path.join(dist, 'encoder-worker.js');

const FOLDS = 5;
const QUICK = { folds: 2, cases: 250, queries: 120 };
/** More than all questions of the files: none is encoded twice. */
const REMEMBERED = 10_000;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: path.join(project, '../shared/data') },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      out: { type: 'string' },
    },
  });
  const folder = path.resolve(values.data);
  const released = await loadReleased(folder);
  if (released === undefined) {
    skip(`there is no memento in ${folder}.`, values.json);
    return;
  }
  const built = [workerFile, assets, path.join(dist, 'memory-worker.js')];
  if (!built.every((file) => existsSync(file))) {
    skip('dist/ has no memory or no encoder. Run `npm run build` first.', values.json);
    return;
  }
  const limits = values.quick ? QUICK : {};
  const lines = await readReleased(folder, limits);
  const encoder = clocked(createWorkerEncoder({ assets, workerFile, remembered: REMEMBERED }));
  try {
    const results = await measure(released, lines, encoder, values.quick ? QUICK.folds : FOLDS);
    const figures = figuresOf(results);
    const page = pageOf(results, released.sources);
    if (values.out !== undefined) await writeFile(values.out, page);
    if (values.json) for (const table of tablesOf(results)) console.log(JSON.stringify(table));
    else console.log(page);
    for (const missed of figures.filter((each) => isMet(each) === false)) console.error(lineOf(missed));
    closeWith(figures, values.json);
  } finally {
    await encoder.dispose();
  }
}

function skip(why: string, json: boolean): void {
  console.error(`Skipped: ${why}`);
  if (json) console.log(JSON.stringify({ figures: [] }));
}

async function measure(
  released: Released,
  lines: ReleasedLines,
  encoder: ClockedEncoder,
  folds: number,
): Promise<Results> {
  // First, while the encoder has read nothing: as a user would do it.
  const imports = await importWhole(lines, encoder, dist);
  const encoded = await encodedQuestions(lines, encoder);
  const asked = new Set(lines.training.map(({ query }) => query));
  const queries = released.queries.filter(({ text }) => asked.has(text));
  const done: Fold[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const heldOut = queries.filter((query) => foldOf(query, FOLDS) === fold);
    const split = splitOf(lines, closenessTo(heldOut, encoded));
    done.push(await askFold(heldOut, split, { encoder, encoded, dist }));
  }
  const known = { sources: released.sources, plans: plansOf(lines) };
  return resultsOf(done, known, encoded, imports);
}

const tablesOf = ({
  choices,
  overlaps,
  changes,
  predicting,
  predictingShuffled,
}: Results): readonly object[] => [
  ...choices.map((row) => ({ table: 'choices', ...row })),
  ...overlaps.map((row) => ({ table: 'overlap of policies', ...row })),
  ...changes.map((row) => ({ table: 'cold and warm', ...row })),
  predicting,
  predictingShuffled,
];

await main();
