import type { CaseBank } from '../memory/bank';
import type { StoredVector } from '../memory/storedVector';
import type { Case, PlanTask, SourceRecord } from '../memory/case';
import { storedVector } from '../memory/retrieval';
import type { DecisionRecord, RunRecord } from '../memory/runRecord';
import type { Secrets } from '../common/secrets';
import type { Clock, Encoder, Ids } from '../ports';
import type { EvidenceLog } from './evidenceLog';
import type { Outcome } from './events';
import type { Ending } from './ending';
import type { Recalled } from './recall';
import type { Recorder } from './recorder';
import type { RunState } from './runState';
import { runState } from './runState';

export interface CaseParts {
  readonly id: string;
  readonly recorder: Recorder;
  readonly bank: CaseBank;
  readonly encoder: Encoder;
  readonly secrets: Secrets;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly evidence: EvidenceLog;
  /** Undefined for a run that ended before the memory was asked. */
  readonly recalled: Recalled | undefined;
}

/** Writes the run to memory as a case that nobody has judged yet; what it remembers is read off the run's events. */
export async function storeCase(
  parts: CaseParts,
  ending: Exclude<Ending, { outcome: 'failed' }>,
): Promise<Case> {
  const state = runState(parts.recorder.stream.values);
  const record: Case = parts.secrets.hideIn({
    id: parts.ids.next(),
    runId: parts.id,
    question: questionOf(state),
    plan: planOf(state),
    answer: ending.answer.answer,
    shortAnswer: ending.answer.shortAnswer,
    outcome: ending.outcome,
    reward: null,
    reason: null,
    createdAt: parts.clock.now(),
    judgedAt: null,
    forgottenAt: null,
    pinned: false,
    tags: [],
    lessons: [],
    provenance: {
      models: state.models,
      tools: [...new Set(Object.values(state.calls).map((call) => call.tool))],
      retrievedCases: (state.cases ?? []).map((found) => found.caseId),
      usedCases: state.reuse?.taken ? [state.reuse.caseId] : state.usedCases,
      sources: await citedSources(state, parts.evidence),
    },
  });
  const vector = parts.recalled?.vector ?? (await storedVector(parts.encoder, record.question));
  // Together: what was decided and what came of it are of no use without each other.
  await Promise.all([parts.bank.add(record, vector), recordRun(parts, ending.outcome, vector)]);
  return record;
}

/**
 * Keeps what a run did, whatever came of it: policies learn from it once its case is judged, and the report counts it.
 * A run that failed or was cancelled leaves no case, so its question is not kept either.
 */
export async function recordRun(
  { bank, recorder, recalled, id, clock }: Pick<CaseParts, 'bank' | 'recorder' | 'recalled' | 'id' | 'clock'>,
  outcome: Outcome,
  vector?: StoredVector,
): Promise<void> {
  if (recalled === undefined) return;
  const state = runState(recorder.stream.values);
  const hasCase = outcome !== 'failed' && outcome !== 'cancelled';
  const { inputTokens, outputTokens, modelCalls, cost } = state.usage;
  const record: RunRecord = {
    runId: id,
    at: recalled.at,
    question: hasCase ? questionOf(state) : '',
    vector: hasCase ? vector : undefined,
    outcome,
    decision: decisionOf(recalled, state),
    reused: state.reuse?.taken ? state.reuse.caseId : null,
    usedCases: state.usedCases,
    // A run that was gone on with has lived in several processes: there is only the clock that is set.
    cost: {
      ...{ inputTokens, outputTokens, modelCalls, cost },
      duration: Math.max(0, clock.now() - state.startedAt),
    },
  };
  await bank.record(record);
}

/** A case stands alone, as whoever looks it up does not know what came before it. */
const questionOf = ({ question, restated }: RunState): string => restated ?? question;

/** Without what was planned and then dropped for another plan. */
const planOf = ({ tasks, cycle }: RunState): readonly PlanTask[] =>
  tasks
    .filter(({ status, cycle: own }) => status !== 'dropped' && (status !== 'cancelled' || own === cycle))
    .map(({ id, description, dependsOn }) => ({ id, description, dependsOn }));

const decisionOf = ({ decision }: Recalled, { excluded }: RunState): DecisionRecord =>
  excluded.length === 0 ? decision : { ...decision, excluded };

async function citedSources(state: RunState, evidence: EvidenceLog): Promise<readonly SourceRecord[]> {
  const bySource = new Map((state.citations ?? []).map(({ source, title }) => [source, title]));
  bySource.delete('');
  return Promise.all(
    [...bySource].map(async ([source, title]) => ({
      source,
      title,
      hash: await evidence.sourceHash(source),
    })),
  );
}
