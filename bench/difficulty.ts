/**
 * What past questions say about a new one, on the data released with the Memento paper: whether its run succeeds, and
 * which cases are found for it.
 *   npm run bench -- difficulty [--data FOLDER, default ../shared/data] [--json] [--quick]
 * --json: one table a line, then figures. --quick: the cases alone, not the queries. The data are not part of this project.
 * Vectors are kept in .cache/bench. Takes about 2 min.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createWorkerEncoder } from '../src/node/encoder';
import { encoderMeans } from '../src/node/encoderMeans';
import { loadReleased, type Released } from './difficulty/data';
import { HEAD, LIMITS, predictionPage, retrievalPage, SOURCES } from './difficulty/page';
import { BASELINE, LEARNED, onCases, onQueries, type PredictionTable } from './difficulty/predictions';
import { type RetrievalTable, retrieved } from './difficulty/retrieved';
import { encodeAll, type Encoded } from './difficulty/vectors';
import { closeWith, type Figure } from './table/figure';

const project = path.resolve(import.meta.dirname, '..');
const assets = path.join(project, 'dist/encoder');
const workerFile = path.join(project, 'dist/encoder-worker.js');

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: path.join(project, '../shared/data') },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const folder = path.resolve(values.data);
  const released = await loadReleased(folder);
  if (released === undefined) {
    console.error(`Skipped: there is no memento in ${folder}.`);
    return;
  }
  if (!existsSync(workerFile) || !existsSync(assets)) {
    console.error('Skipped: dist/ has no encoder. Run `npm run build` first.');
    return;
  }
  const encoded = await encode(released);
  const means = encoderMeans(assets);
  const print = (table: object, page: string) => console.log(values.json ? JSON.stringify(table) : page);
  const tables: PredictionTable[] = [];
  const predictions = (table: PredictionTable) => {
    tables.push(table);
    print(table, `${predictionPage(table)}\n`);
  };
  const say = (text: string) => values.json || console.log(`${text}\n`);

  say(HEAD);
  predictions(onCases(released, encoded, means));
  if (!values.quick) {
    const { queries } = released;
    predictions(onQueries('training_data.jsonl, 10 folds by query', queries, encoded, means));
    const others = queries.filter(({ inMemory }) => !inMemory);
    predictions(onQueries('the same without queries of memory.jsonl', others, encoded, means));
    say(LIMITS);
  }
  const table = retrieved(released.cases, encoded, means);
  print(table, `${retrievalPage(table)}\n`);
  say(SOURCES);
  closeWith([...tables.flatMap(predicted), ...found(table)], values.json);
}

/** What the product's model knows of a question's success, and how far it is ahead of neighbours by words. */
const predicted = ({ name, questions, rows, differences }: PredictionTable): Figure[] => {
  const of = `${name}, ${questions} questions`;
  const learned = rows.filter((row) => row.name === LEARNED);
  return [
    ...learned.map(({ auc }) => ({ what: `AUC of ${LEARNED}; ${of}`, value: auc.value, unit: '' })),
    ...differences
      .filter((each) => each.name.startsWith(LEARNED))
      .map(({ auc }) => ({ what: `ahead of ${BASELINE}; ${of}`, value: auc.value, unit: '' })),
  ];
};

const found = ({ rows, cases }: RetrievalTable): Figure[] =>
  rows.map(({ name, sameSource }) => ({
    what: `same source@4 by ${name}; ${cases} cases`,
    value: 100 * sameSource.value,
    unit: '%',
  }));

async function encode({ cases, queries }: Released): Promise<Encoded> {
  const encoder = createWorkerEncoder({ assets, workerFile });
  const texts = new Set(
    [...cases, ...queries, ...queries.flatMap((query) => query.cases)].map(({ text }) => text),
  );
  try {
    return await encodeAll([...texts], encoder, path.join(project, '.cache/bench/difficulty.vectors'));
  } finally {
    await encoder.dispose();
  }
}

await main();
