/** What an import would do, before anything is written: what is new, what is here already, and what is linked. */
import { pace } from '../../common/pace';
import type { CaseBank } from '../bank';
import { sayTheSame } from './lossless';
import type { ImportFile } from './readImport';
import { type CaseRecord, linkedTo, type MemoryRecord, placeOf } from './record';

export interface ImportPreview extends Pick<
  ImportFile,
  'badLines' | 'unknownFields' | 'badVectors' | 'repeated' | 'selfCases' | 'disputed'
> {
  /** That will be added. */
  readonly accepted: number;
  readonly rejected: number;
  readonly unjudged: number;
  /** Of those: linked to a case with the same question and plan. */
  readonly linked: number;
  /** Of those: questions without a vector of this memory's encoder. */
  readonly toEmbed: number;
  /** Runs that will be added. */
  readonly runs: number;
  /** Cases that are here already, and stay as they are. */
  readonly here: number;
  readonly runsHere: number;
  /** Of the cases and runs that are here: those of which the file says something else. */
  readonly different: number;
  /** Of the cases that are here: forgotten ones, which stay forgotten. */
  readonly forgotten: number;
}

export interface ImportPlan {
  readonly preview: ImportPreview;
  /** To be written. */
  readonly records: readonly MemoryRecord[];
}

export interface PlanOptions {
  /** The encoder of this memory. */
  readonly encoderId: string;
  readonly signal?: AbortSignal;
}

/** Records that go to the bank with one call. */
export const BATCH = 200;

/** Rejects with the signal's reason, and as the bank does. */
export async function planImport(
  file: ImportFile,
  bank: CaseBank,
  { encoderId, signal }: PlanOptions,
): Promise<ImportPlan> {
  const rest = pace();
  const inFile = new Set(file.cases.map(({ case: { id } }) => id));
  const cases: CaseRecord[] = [];
  const runs: MemoryRecord[] = [];
  const count = { here: 0, runsHere: 0, different: 0, forgotten: 0 };
  for (const batch of inBatches([...file.cases, ...file.runs])) {
    signal?.throwIfAborted();
    const asked = batch.flatMap((record) => (record.type === 'case' ? [keyOf(record)] : []));
    const runIds = batch.flatMap((record) => (record.type === 'run' ? [record.run.runId] : []));
    const known = await bank.known({ cases: asked, runs: runIds });
    const here = new Map(known.records.map((record) => [placeOf(record), record]));
    const firsts = new Map(asked.map(({ id }, i) => [id, known.firsts[i]]));
    for (const record of batch) {
      await rest();
      const other = here.get(placeOf(record));
      if (other === undefined) {
        if (record.type === 'run') runs.push(record);
        else cases.push(linked(record, firsts.get(record.case.id), inFile));
        continue;
      }
      if (other.type === 'run') count.runsHere++;
      else count.here++;
      if (other.type === 'case' && other.case.forgottenAt !== null) count.forgotten++;
      // A case of the paper's formats was judged or edited since, perhaps; the file says what it said then.
      else if (file.isLossless && !sayTheSame(record, other)) count.different++;
    }
  }
  return {
    preview: { ...count, ...countsOf(cases, encoderId), runs: runs.length, ...faultsOf(file) },
    records: [...cases, ...runs],
  };
}

export function* inBatches<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < all.length; from += BATCH) yield all.slice(from, from + BATCH);
}

const keyOf = ({ case: { id, question, plan } }: CaseRecord) => ({ id, question, plan });

/**
 * Duplicates are linked to the first of them, never merged: what looks the same may mean different things.
 *
 * @param first here, with the same content; where the file has that case too, the file's own links hold
 */
function linked(record: CaseRecord, first: string | undefined, inFile: ReadonlySet<string>): CaseRecord {
  return first === undefined || inFile.has(first) ? record : linkedTo(record, first);
}

function countsOf(cases: readonly CaseRecord[], encoderId: string) {
  const count = (is: (record: CaseRecord) => boolean) => cases.filter(is).length;
  return {
    accepted: count((each) => each.case.reward === 1),
    rejected: count((each) => each.case.reward === 0),
    unjudged: count((each) => each.case.reward === null),
    linked: count((each) => each.case.provenance.duplicateOf !== undefined),
    toEmbed: count(({ vectors }) => !vectors.some(({ encoder }) => encoder === encoderId)),
  };
}

const faultsOf = ({
  badLines,
  unknownFields,
  badVectors,
  repeated,
  selfCases,
  disputed,
}: ImportFile): Omit<ImportFile, 'cases' | 'runs' | 'isLossless'> => ({
  badLines,
  unknownFields,
  badVectors,
  repeated,
  selfCases,
  disputed,
});
