/**
 * What the check of citations finds and refuses, on sentences that people chose as support (QED).
 *   npm run bench -- citations [--data FOLDER, default ../shared/data] [--json] [--quick] [--rows WORDS] [--show]
 * --json: one row a line, then figures. --quick: fewer records. --rows: only those whose name has these words. --show: the
 * answers of the first half that went wrong. The data are not part of this project. Takes about 2 min.
 * Rules were written with the first half in view (records with even numbers, from 0); the second half checks them.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { wilson } from '../src/core/memory/report/intervals';
import { createWorkerEncoder } from '../src/node/encoder';
import { qedQuestions } from './extractive/questions';
import { runParagraphs } from './extractive/runs';
import { type Case, casesOf, type Judged, judgeCase } from './citations/cases';
import { qedRecords } from './citations/records';
import { closeWith, type Figure } from './table/figure';

const project = path.resolve(import.meta.dirname, '..');
const dist = path.join(project, 'dist');

/** What of the product's promise a row is held to. */
const GOAL = { found: 0.9, refused: 0.98 } as const;

const ABSTENTION = 'extractive abstention';

/** With --quick: records whose citations are corrupted, and questions over a wrong paragraph. */
const FEW = { records: 150, questions: 40 } as const;

/** In a row of fewer, a single one that goes wrong would be more than the goal allows. */
const MANY = 50;

interface Row {
  readonly row: string;
  readonly half: 'tune' | 'check';
  readonly wanted: 'found' | 'refused';
  readonly right: number;
  readonly of: number;
  readonly low: number;
  readonly high: number;
  /** Undefined where nothing was promised. */
  readonly reached?: boolean;
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: 'string', default: path.join(project, '../shared/data') },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      rows: { type: 'string', default: '' },
      show: { type: 'boolean', default: false },
    },
  });
  const folder = path.resolve(positionals[0] ?? values.data);
  const all = await qedRecords(folder);
  if (!all) {
    console.error(`Skipped: there is no qed in ${folder}.`);
    return;
  }
  const records = values.quick ? all.slice(0, FEW.records) : all;
  const rows: Row[] = [];
  const print = (row: Row) => {
    rows.push(row);
    console.log(values.json ? JSON.stringify(row) : line(row));
  };
  if (!values.json) console.log(HEAD);
  for (const [name, cases] of casesOf(records)) {
    if (!name.includes(values.rows)) continue;
    for (const half of ['tune', 'check'] as const) {
      const judged = cases.filter((each) => each.half === half).map(judgeCase);
      const row = rowOf(
        name,
        half,
        cases[0]?.wanted ?? 'found',
        judged.filter(({ right }) => right).length,
        judged.length,
      );
      if (row) print(row);
      if (half === 'tune' && values.show) judged.filter(({ right }) => !right).forEach(showOne);
    }
  }
  if (ABSTENTION.includes(values.rows)) {
    const most = values.quick ? FEW.questions : Infinity;
    for (const row of await abstention(folder, most)) print(row);
  }
  closeWith(figuresOf(rows, records.length), values.json);
}

/** Of the half that no rule was written with. */
function figuresOf(rows: readonly Row[], records: number): Figure[] {
  const half = rows.filter((row) => row.half === 'check');
  const percent = ({ right, of }: Pick<Row, 'right' | 'of'>) => (100 * right) / of;
  const held = (['found', 'refused'] as const).flatMap((wanted): Figure[] => {
    const some = half.filter((row) => row.wanted === wanted && row.row !== ABSTENTION);
    if (some.length === 0) return [];
    const sum = (of: (row: Row) => number) => some.reduce((total, row) => total + of(row), 0);
    const together = percent({ right: sum(({ right }) => right), of: sum(({ of }) => of) });
    const limit = { unit: '%', atLeast: 100 * GOAL[wanted] };
    const large = some.filter(({ of }) => of >= MANY);
    const lowest = `${wanted}, lowest of ${large.length} rows of ${MANY} or more`;
    return [
      { what: `${wanted}, of ${records} records`, value: together, ...limit },
      ...(large.length > 0 ? [{ what: lowest, value: Math.min(...large.map(percent)), ...limit }] : []),
    ];
  });
  const abstained = half.find(({ row }) => row === ABSTENTION);
  if (!abstained) return held;
  return [...held, { what: `${ABSTENTION}, of ${abstained.of}`, value: percent(abstained), unit: '%' }];
}

/** The extractive pair over the paragraph of another article: no sentence of it supports an answer. */
async function abstention(folder: string, most: number): Promise<readonly Row[]> {
  if (!existsSync(path.join(dist, 'encoder-worker.js'))) {
    console.error('Skipped: abstention, as dist/ is not there. Run `npm run build` first.');
    return [];
  }
  const encoder = createWorkerEncoder({
    assets: path.join(dist, 'encoder'),
    workerFile: path.join(dist, 'encoder-worker.js'),
    remembered: 60_000,
  });
  try {
    const questions = (await qedQuestions(folder)) ?? [];
    const outcomes = await runParagraphs(
      questions.filter(({ answers }) => answers === undefined).slice(0, most),
      encoder,
    );
    return (['tune', 'check'] as const).flatMap((half) => {
      const some = outcomes.filter(({ asked }) => asked.half === half);
      const abstained = some.filter((outcome) => outcome.abstained).length;
      return rowOf(ABSTENTION, half, 'refused', abstained, some.length) ?? [];
    });
  } finally {
    await encoder.dispose();
  }
}

function rowOf(
  row: string,
  half: Row['half'],
  wanted: Row['wanted'],
  right: number,
  of: number,
): Row | undefined {
  const share = wilson({ judged: of, accepted: right });
  if (!share) return undefined;
  const round = (value: number) => Math.round(value * 1000) / 1000;
  return {
    row,
    half,
    wanted,
    right,
    of,
    low: round(share.low),
    high: round(share.high),
    ...(row === ABSTENTION ? {} : { reached: share.value >= GOAL[wanted] }),
  };
}

const HEAD = `found: of true sentences (goal ${GOAL.found}); refused: of false ones (goal ${GOAL.refused}); 95 % intervals by Wilson\n`;

function line({ row, half, wanted, right, of, low, high, reached }: Row): string {
  const share = (right / of).toFixed(3);
  return `${row.padEnd(44)} ${half.padEnd(6)} ${wanted.padEnd(8)} ${share}  (${low.toFixed(3)}–${high.toFixed(3)})  ${right}/${of}${reached === false ? '  below the goal' : ''}`;
}

function showOne({ answer, evidence, citations }: Judged & Case): void {
  const found = citations.map(({ verdict, claim, quote }) => `${verdict}, ${claim ?? ''}: ${quote}`);
  console.log(
    `    ${answer}\n      ${evidence.title}: ${evidence.text.slice(0, 2000)}\n      ${found.join('\n      ')}`,
  );
}

await main();
