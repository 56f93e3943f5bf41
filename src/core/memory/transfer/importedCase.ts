import type { Case, Imported, Provenance } from '../case';
import { importedId } from './importedId';
import type { PastCase } from './parseLine';
import type { CaseRecord } from './record';

/**
 * The id of a case of the paper's formats, whichever of them has it: what is learned of the cases of training rows is then
 * known of the cases of its bank, which are the same ones.
 */
export const pastCaseId = ({ question, plan, reward }: PastCase): Promise<string> =>
  importedId('memento', question, plan, reward);

/** A case that no run of Memento made: it stands for a run of its own, of which nothing more is known. */
export function importedCase(
  id: string,
  { question, plan, reward }: PastCase,
  imported: Imported,
): CaseRecord {
  const { at } = imported;
  const record: Case = {
    id,
    runId: id,
    question,
    plan,
    answer: '',
    shortAnswer: '',
    outcome: 'answered',
    reward,
    reason: null,
    createdAt: at,
    judgedAt: reward === null ? null : at,
    forgottenAt: null,
    pinned: false,
    tags: [],
    lessons: [],
    provenance: { ...UNKNOWN_ORIGIN, imported },
  };
  return { type: 'case', case: record, vectors: [] };
}

const UNKNOWN_ORIGIN: Provenance = {
  models: { planner: '', executor: '' },
  tools: [],
  retrievedCases: [],
  usedCases: [],
  sources: [],
};
