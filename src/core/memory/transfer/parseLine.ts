/** What one line of a file says. Never throws, whatever the line is. */
import type { PlanTask, Reward } from '../case';
import { LOSSLESS, type LosslessRecord, losslessRecord } from './lossless';
import { labelOf, planOf } from './planText';

/** A case as the paper's formats have it. */
export interface PastCase {
  readonly question: string;
  readonly plan: readonly PlanTask[];
  readonly reward: Reward;
}

/** The run on `query` was shown `shown`, whose label was known then; `truth` is what came of the run. */
export interface TrainingRow {
  readonly query: string;
  readonly shown: PastCase;
  readonly truth: Reward;
}

export type ParsedLine =
  | { readonly type: 'case'; readonly format: 'memento' | 'reward'; readonly case: PastCase }
  | { readonly type: 'row'; readonly row: TrainingRow }
  | { readonly type: 'header'; readonly version: number }
  | ({ readonly type: 'record' } & LosslessRecord)
  /** `reason` ends the sentence “line 7: …”. */
  | { readonly type: 'bad'; readonly reason: string };

export const bad = (reason: string): ParsedLine => ({ type: 'bad', reason });

export function parseLine(text: string): ParsedLine {
  const value = jsonOf(text) ?? jsonOf(text.replace(/,$/, ''));
  if (value === undefined) return bad('is not JSON');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return bad('is no JSON object');
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(value));
  if (fields.get('format') === LOSSLESS) return headerOf(fields.get('version'));
  const type = fields.get('type');
  if ((type === 'case' || type === 'run') && typeof fields.get(type) === 'object') {
    const read = losslessRecord(value);
    return typeof read === 'string' ? bad(read) : { type: 'record', ...read };
  }
  if (fields.has('query')) return rowOf(fields);
  if (fields.has('case')) return caseOf('memento', fields, 'case', 'case_label');
  if (fields.has('question') && (fields.has('plan') || fields.has('reward')))
    return caseOf('reward', fields, 'question', 'reward');
  return bad('is in none of the formats that can be imported');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const headerOf = (version: unknown): ParsedLine =>
  typeof version === 'number' && Number.isInteger(version) && version > 0
    ? { type: 'header', version }
    : bad('names no version of the format');

type Fields = ReadonlyMap<string, unknown>;

function pastCase(fields: Fields, question: string, label: string): PastCase | string {
  const asked = fields.get(question);
  if (typeof asked !== 'string' || asked.trim() === '') return 'has no question';
  const plan = planOf(fields.get('plan'));
  if (plan === undefined) return 'has a plan that is no list of tasks';
  return { question: asked, plan, reward: labelOf(fields.get(label)) };
}

function caseOf(format: 'memento' | 'reward', fields: Fields, question: string, label: string): ParsedLine {
  const found = pastCase(fields, question, label);
  return typeof found === 'string' ? bad(found) : { type: 'case', format, case: found };
}

function rowOf(fields: Fields): ParsedLine {
  const query = fields.get('query');
  if (typeof query !== 'string' || query.trim() === '') return bad('has no query');
  const shown = pastCase(fields, 'case', 'case_label');
  if (typeof shown === 'string') return bad(shown);
  return { type: 'row', row: { query, shown, truth: labelOf(fields.get('truth_label')) } };
}
