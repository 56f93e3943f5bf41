import type { Case } from '../memory/case';
import type { Files } from '../ports';
import type { Evidence } from '../tools/evidence';
import type { EvidenceLog } from './evidenceLog';
import type { RunEventBody } from './events';
import type { Ending } from './ending';
import type { RunStore } from './runStore';

export interface Reuse {
  readonly past: Case;
  readonly runs: RunStore;
  readonly files: Files | undefined;
  readonly evidence: EvidenceLog;
  readonly emit: (event: RunEventBody) => void;
}

/**
 * The answer of an accepted case, with its evidence taken over from its run and checked again: what no longer stands
 * in its file is not taken over, so the citation check marks it.
 */
export async function reuseAnswer({ past, runs, files, evidence, emit }: Reuse): Promise<Ending> {
  emit({ type: 'reuse.taken', caseId: past.id });
  for (const event of (await runs.read(past.runId)) ?? []) {
    if (event.type !== 'evidence.added' || !past.answer.includes(event.id)) continue;
    const { id, callId, source, title, locator, text, hash, readAt = event.at } = event;
    const found: Evidence = { id, callId, source, title, locator, text, hash, readAt };
    if (await stillStands(found, files)) evidence.adopt(found);
  }
  const { answer, shortAnswer, outcome } = past;
  return { outcome, answer: { answer, shortAnswer } };
}

/** True where the file still says so. The output of a command cannot be looked up again; lines of a file can. */
export async function stillStands(found: Evidence, files: Files | undefined): Promise<boolean> {
  if (found.locator.kind !== 'lines') return true;
  const text = await files?.read(found.source);
  return (
    text?.ok === true && text.value.replaceAll('\r\n', '\n').includes(found.text.replaceAll('\r\n', '\n'))
  );
}
