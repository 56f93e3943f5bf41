import type { CaseBank } from '../memory/bank';
import type { Case, SourceRecord } from '../memory/case';
import { storedVector } from '../memory/retrieval';
import type { Clock, Encoder, Ids } from '../ports';
import type { EvidenceLog } from './evidenceLog';
import type { Ending } from './loop';
import type { Recorder } from './recorder';
import type { RunState } from './runState';
import { runState } from './runState';

export interface CaseParts {
  readonly id: string;
  readonly recorder: Recorder;
  readonly bank: CaseBank;
  readonly encoder: Encoder;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly evidence: EvidenceLog;
}

/** Writes the run to memory as a case that nobody has judged yet; what it remembers is read off the run's events. */
export async function storeCase(
  parts: CaseParts,
  ending: Exclude<Ending, { outcome: 'failed' }>,
): Promise<Case> {
  const state = runState(parts.recorder.stream.values);
  const record: Case = {
    id: parts.ids.next(),
    runId: parts.id,
    question: state.question,
    plan: state.tasks.map(({ id, description, dependsOn }) => ({ id, description, dependsOn })),
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
    provenance: {
      models: state.models,
      tools: [...new Set(Object.values(state.calls).map((call) => call.tool))],
      retrievedCases: (state.cases ?? []).map((found) => found.caseId),
      usedCases: state.reuse?.taken ? [state.reuse.caseId] : state.usedCases,
      sources: await citedSources(state, parts.evidence),
    },
  };
  await parts.bank.add(record, await storedVector(parts.encoder, record.question));
  return record;
}

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
