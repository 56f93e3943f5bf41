/**
 * How much of what a question needs the workspace search finds, and how fast.
 *   npm run bench -- search [--data FOLDER, default ../shared/data] [--json] [--quick] [--words] [--headings]
 * --json: one row a line, then the goals. --words: without the encoder. --headings: files with numbers for names and
 * titles as headings too. --quick: 60 questions over 1,000 files of each set, without the pair and Orama. The
 * data are not part of this project. Exits with 1 where a goal is not met. Takes about 15 min.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Encoder } from '../src/core/ports';
import { createWorkerEncoder } from '../src/node/encoder';
import { writeFolder } from './search/folder';
import type { Layout } from './search/layouts';
import { type Difference, difference, type Recall, recallIn } from './search/recall';
import { loadSets, type QuestionSet, smaller } from './search/sets';
import { type Speed, speeds, type TextFile } from './search/speed';
import { answersOf, type System } from './search/systems';
import { type FirstSearch, firstSearch } from './search/worker';
import { closeWith, type Figure } from './table/figure';

interface Row {
  readonly set: string;
  readonly layout: Layout;
  readonly system: System;
  readonly recallAt5: Recall;
  /** To BM25 over the same files; null for BM25. */
  readonly toBm25: Difference | null;
  /** Percent; and how many documents were given on average. */
  readonly ofAll: { readonly recall: number; readonly documents: number };
  readonly ms: number;
}

interface Goal {
  readonly what: string;
  readonly wanted: number;
  readonly got: number;
  readonly unit: '%' | 'points';
}

/** Of each set, with --quick. */
const FEW = { questions: 60, documents: 1_000 } as const;

const project = path.resolve(import.meta.dirname, '..');
const dist = path.join(project, 'dist');
const workerFile = path.join(dist, 'workspace-worker.js');

async function main(): Promise<void> {
  const flag = { type: 'boolean', default: false } as const;
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: path.join(project, '../shared/data') },
      ...{ json: flag, quick: flag, words: flag, headings: flag },
    },
  });
  const folder = path.resolve(positionals[0] ?? values.data);
  const sets = (await loadSets(folder)).map((set) => (values.quick ? smaller(set, FEW) : set));
  const missing =
    sets.length === 0
      ? `there is neither hotpotqa nor musique in ${folder}.`
      : existsSync(workerFile)
        ? undefined
        : 'dist/ is not there. Run `npm run build` first.';
  if (missing !== undefined) {
    skip(missing);
    return;
  }
  const encoder = values.words ? undefined : startEncoder();
  const layouts = layoutsFor(values);
  const print = (row: object, text: () => string) => console.log(values.json ? JSON.stringify(row) : text());
  if (!values.json) console.log(HEAD);
  const rows: Row[] = [];
  try {
    for (const set of sets) {
      for (const layout of layouts) {
        for (const row of await rowsOf(set, layout, encoder, !values.quick)) {
          rows.push(row);
          print(row, () => rowText(row));
        }
      }
    }
  } finally {
    await encoder?.dispose();
  }
  const files = sets.flatMap(({ documents }) =>
    documents.map(({ title, text }) => ({ path: `${title}.md`, text })),
  );
  const questions = sets.flatMap((set) => set.questions.map(({ text }) => text));
  const contenders = await speed(files, questions, !values.quick, print);
  const first = await firstSearchIn(sets, questions);
  print(first, () => firstText(first));
  const goals = goalsOf(rows);
  for (const goal of goals) print(goal, () => goalText(goal));
  const asked = `${questions.length.toLocaleString('en')} questions, ${files.length.toLocaleString('en')} files`;
  closeWith(
    [...goals.map((goal) => figureOf(goal, asked)), ...speedFigures(contenders), ...firstFigures(first)],
    values.json,
  );
}

const layoutsFor = (wanted: { readonly quick: boolean; readonly headings: boolean }): readonly Layout[] => [
  'titles',
  ...(wanted.quick ? [] : ['opaque' as const]),
  ...(wanted.headings ? ['headings' as const] : []),
];

const figureOf = ({ what, wanted, got, unit }: Goal, asked: string): Figure => ({
  what: `${what}; ${asked}`,
  value: got,
  unit,
  atLeast: wanted,
});

/** Ours first. */
function speedFigures([ours, ...others]: readonly Speed[]): Figure[] {
  if (!ours) return [];
  return others.flatMap(({ name, indexing, asking }) => [
    { what: `indexes as fast as ${name}`, value: ours.indexing / indexing, unit: '×' },
    { what: `answers as fast as ${name}`, value: asking / ours.asking, unit: '×' },
  ]);
}

const firstFigures = ({ files, cold, warm, later }: FirstSearch): Figure[] => [
  {
    what: `first search with the last index, to one with none; ${files} files`,
    value: warm / cold,
    unit: '×',
  },
  { what: `first search with no index; ${files} files`, value: cold, unit: 'ms' },
  { what: `a later search; ${files} files`, value: later, unit: 'ms' },
];

function skip(because: string): void {
  console.error(`Skipped: ${because}`);
}

function startEncoder(): Encoder | undefined {
  const assets = path.join(dist, 'encoder');
  if (existsSync(assets)) {
    const options = { assets, workerFile: path.join(dist, 'encoder-worker.js'), remembered: 20_000 };
    return createWorkerEncoder(options);
  }
  console.error('Without the encoder, as dist/ has none: run `npm run build` first.');
  return undefined;
}

async function rowsOf(
  set: QuestionSet,
  layout: Layout,
  encoder: Encoder | undefined,
  withPair: boolean,
): Promise<Row[]> {
  const folder = await writeFolder(set, layout);
  try {
    const answers = await answersOf({ set, folder, encoder, workerFile, withPair });
    const plain = answers.find(({ system }) => system === 'BM25')?.recalls ?? [];
    return answers.map(({ system, recalls, ofAll, ms }) => ({
      set: set.name,
      layout,
      system,
      recallAt5: recallIn(recalls),
      toBm25: system === 'BM25' ? null : difference(recalls, plain),
      ofAll: { recall: 100 * ofAll.recall, documents: ofAll.documents },
      ms,
    }));
  } finally {
    await folder.remove();
  }
}

async function speed(
  files: readonly TextFile[],
  questions: readonly string[],
  withOrama: boolean,
  print: (row: object, text: () => string) => void,
): Promise<readonly Speed[]> {
  const { rows, missing } = await speeds(files, questions, withOrama);
  const [ours] = rows;
  for (const row of rows) print(row, () => speedText(row, ours));
  if (missing !== undefined) skip(`Orama did not install: ${missing}`);
  return rows;
}

/** All documents of all sets in one folder. */
async function firstSearchIn(
  sets: readonly QuestionSet[],
  questions: readonly string[],
): Promise<FirstSearch> {
  const documents = sets.flatMap((set) => set.documents);
  const folder = await writeFolder({ name: 'all', documents, questions: [] }, 'titles');
  try {
    return await firstSearch(folder, questions, workerFile);
  } finally {
    await folder.remove();
  }
}

function goalsOf(rows: readonly Row[]): Goal[] {
  return rows
    .filter(({ system }) => system === 'search_workspace')
    .flatMap(({ set, layout, recallAt5, toBm25 }): Goal[] => {
      if (set === 'HotpotQA' && layout === 'titles') {
        return [
          { what: 'HotpotQA with titles, recall@5 in one step', wanted: 92, got: recallAt5.all, unit: '%' },
        ];
      }
      if (set !== 'MuSiQue') return [];
      const got = toBm25?.points ?? NaN;
      return [{ what: `MuSiQue (${layout}), points over BM25`, wanted: 5, got, unit: 'points' }];
    });
}

const HEAD =
  'Recall@5 in percent: all questions (tuning half / checking half); points over BM25 of the same files with 95 %\n' +
  'intervals of a paired bootstrap; recall among all documents given, and their number; median ms a question\n\n' +
  'set       files     system            recall@5             to BM25                 of all given          ms';

function rowText({ set, layout, system, recallAt5, toBm25, ofAll, ms }: Row): string {
  const { all, tune, check } = recallAt5;
  const cells = [
    set.padEnd(9),
    layout.padEnd(9),
    system.padEnd(17),
    `${all.toFixed(1)} (${tune.toFixed(1)} / ${check.toFixed(1)})`.padEnd(20),
    (toBm25 ? `${signed(toBm25.points)} (${signed(toBm25.low)} to ${signed(toBm25.high)})` : '').padEnd(24),
    `${ofAll.recall.toFixed(1)} of ${ofAll.documents.toFixed(1)}`.padEnd(14),
    ms.toFixed(0).padStart(9),
  ];
  return cells.join(' ');
}

const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(1)}`;

function speedText({ name, indexing, asking }: Speed, ours: Speed | undefined): string {
  const figures = `indexes ${indexing.toFixed(2)} MB/s, answers in ${asking.toFixed(2)} ms`;
  if (ours === undefined || ours.name === name) return `\n${name.padEnd(18)} ${figures}`;
  const times = (ratio: number) => `${ratio.toFixed(1)} ×`;
  return `${name.padEnd(18)} ${figures}; Memento indexes ${times(ours.indexing / indexing)} and answers ${times(asking / ours.asking)} as fast`;
}

const firstText = ({ files, megabytes, cold, warm, later }: FirstSearch): string =>
  `\n${files} files on disk (${megabytes.toFixed(1)} MB): first search ${cold.toFixed(0)} ms with no index ` +
  `(${((1000 * megabytes) / cold).toFixed(2)} MB/s), ${warm.toFixed(0)} ms with the index of the last session; ` +
  `a later one ${later.toFixed(1)} ms\n`;

const goalText = ({ what, wanted, got }: Goal): string =>
  `  ${got >= wanted ? 'met    ' : 'NOT MET'}  ${what}: ${got.toFixed(1)} (wanted ${wanted})`;

await main();
