/** Writes a memory as the text of a file, page by page. */
import { pace } from '../../common/pace';
import type { CaseBank } from '../bank';
import type { Case, Reward } from '../case';
import { shownCases } from '../runRecord';
import type { ExportFormat } from './formats';
import { losslessHeader, losslessLine } from './lossless';
import { planText } from './planText';
import { type MemoryRecord, placeOf } from './record';

export interface ExportCounts {
  /** Lines of the file that are a case. */
  readonly cases: number;
  /** Lines of the file that are a run. */
  readonly runs: number;
  /** Training rows. */
  readonly rows: number;
  /** What the format cannot say: cases and runs that nobody judged; for training also rows of forgotten cases. */
  readonly leftOut: number;
}

export interface ExportOptions {
  readonly signal?: AbortSignal;
  /** The text of the file, piece by piece; awaited. */
  readonly write: (text: string) => Promise<void>;
}

const PAGE = 200;

/** Forgotten cases and their runs are in no export. Rejects with the signal's reason, and as bank and `write` do. */
export async function exportCases(
  bank: CaseBank,
  format: ExportFormat,
  { signal, write }: ExportOptions,
): Promise<ExportCounts> {
  const lines = WRITERS[format]();
  const rest = pace();
  const counts = { cases: 0, runs: 0, rows: 0, leftOut: 0 };
  if (format === 'lossless') await write(`${losslessHeader()}\n`);
  for (let place = ''; ;) {
    signal?.throwIfAborted();
    const page = await bank.recordsAfter(place, PAGE);
    const last = page.at(-1);
    if (last === undefined) return counts;
    place = placeOf(last);
    let text = '';
    for (const record of page) {
      for (const line of lines(record, counts)) text += `${line}\n`;
      await rest();
    }
    if (text !== '') await write(text);
  }
}

type Counts = { -readonly [Key in keyof ExportCounts]: number };
/** The lines of one record; records come in the order of `recordsAfter`. */
type LineWriter = (record: MemoryRecord, counts: Counts) => readonly string[];

const WRITERS: Readonly<Record<ExportFormat, () => LineWriter>> = {
  lossless: () => (record, counts) => {
    counts[record.type === 'case' ? 'cases' : 'runs']++;
    return [losslessLine(record)];
  },
  memento: () =>
    judgedCases(({ question, plan }, reward) => ({
      case: question,
      plan: planText(plan),
      case_label: LABELS[reward],
    })),
  reward: () => judgedCases(({ question, plan }, reward) => ({ question, plan: planText(plan), reward })),
  training: trainingRows,
};

const LABELS = { 1: 'positive', 0: 'negative' } as const;

const judgedCases =
  (fieldsOf: (record: Case, reward: 1 | 0) => object): LineWriter =>
  (record, counts) => {
    if (record.type === 'run') return [];
    const { reward } = record.case;
    if (reward === null) {
      counts.leftOut++;
      return [];
    }
    counts.cases++;
    return [JSON.stringify(fieldsOf(record.case, reward))];
  };

/** A row for each case that the planner of a judged run was shown. */
function trainingRows(): LineWriter {
  const cases = new Map<string, Pick<Case, 'question' | 'plan'>>();
  const rewards = new Map<string, Reward>();
  return (record, counts) => {
    if (record.type === 'case') {
      const { id, runId, question, plan, reward } = record.case;
      cases.set(id, { question, plan });
      rewards.set(runId, reward);
      return [];
    }
    const { runId, question: query, decision } = record.run;
    const reward = rewards.get(runId) ?? null;
    const shown = shownCases(decision);
    if (reward === null) {
      counts.leftOut += shown.length;
      return [];
    }
    const rows = shown.flatMap(({ caseId, label }) => {
      const of = cases.get(caseId);
      if (of === undefined || label === null) return [];
      const { question, plan } = of;
      return {
        query,
        case: question,
        case_label: LABELS[label],
        plan: planText(plan),
        truth_label: reward === 1,
      };
    });
    counts.rows += rows.length;
    counts.leftOut += shown.length - rows.length;
    return rows.map((row) => JSON.stringify(row));
  };
}
