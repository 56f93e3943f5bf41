import type { Case } from '../memory/case';
import { messageOf } from '../common/result';
import { Budget } from './budget';
import { EvidenceLog } from './evidenceLog';
import { Inbox } from './inbox';
import { Recorder } from './recorder';
import { researchAndCheck, type CheckedEnding } from './research';
import type { Run } from './run';
import { bug, type RunParts, type Session } from './session';
import { recordRun, storeCase } from './storeCase';
import { failure } from './ending';

/** How long after a cancel work may still wind down before the run ends without it, milliseconds. */
const WIND_DOWN = 700;

/** Starts a run and returns at once; every fault ends as an event. */
export function startRun(parts: RunParts): Run {
  const past = parts.past?.state;
  const id = past?.runId ?? parts.ids.next();
  const cancel = new AbortController();
  const recorder = new Recorder(id, parts, parts.past?.events);
  const { emit } = recorder;
  const inbox = new Inbox(parts.ids, emit, past?.steering);
  const budget = new Budget(parts.limits, parts.prices, parts.clock, emit, past?.usage);
  const evidence = new EvidenceLog(parts.files, parts.clock, emit, Object.values(past?.evidence ?? {}));
  const session: Session = {
    ...parts,
    id,
    recorder,
    inbox,
    budget,
    evidence,
    cancelled: cancel.signal,
    emit,
    recalled: undefined,
    writers: undefined,
    isInterrupted: false,
  };
  const stop = (why: string) => cancel.abort(new DOMException(why, 'AbortError'));
  return {
    id,
    events: recorder.stream,
    get soFar() {
      return recorder.stream.values;
    },
    send: (input) => inbox.receive(input),
    record: (event) => {
      if (!recorder.isClosed) emit(event);
      return !recorder.isClosed;
    },
    cancel: () => stop('The run was cancelled.'),
    interrupt: () => {
      if (recorder.isClosed) return;
      session.isInterrupted = true;
      emit({ type: 'run.interrupted' });
      // Closed first: how the work winds down is no part of the run.
      void recorder.close();
      stop('The run was interrupted.');
    },
    finished: live(session),
  };
}

async function live(session: Session): Promise<void> {
  const { emit, question, parentRunId, workspace, recorder, past } = session;
  if (past) {
    if (past.events.at(-1)?.type !== 'run.interrupted') emit({ type: 'run.interrupted' });
    emit({ type: 'run.resumed' });
  } else {
    emit({ type: 'run.started', question, parentRunId, workspace: workspace ?? null });
  }
  const ending = await endOf(session);
  if (session.isInterrupted) return;
  if (ending === 'cancelled') {
    session.budget.report();
    emit({ type: 'run.finished', outcome: 'cancelled' });
    await keep(session, () => recordRun(session, 'cancelled'));
  } else {
    await finish(session, ending).catch((error: unknown) => {
      emit({ type: 'run.finished', outcome: 'failed', error: bug(session, error) });
    });
  }
  await recorder.close();
}

/** The run's ending, whatever happens: a cancel does not wait for work that does not stop, a bug is a failed run. */
async function endOf(session: Session): Promise<CheckedEnding | 'cancelled'> {
  const { cancelled } = session;
  const work = researchAndCheck(session).catch((error: unknown): CheckedEnding | 'cancelled' => {
    if (cancelled.aborted) return 'cancelled';
    return failure(bug(session, error));
  });
  const gaveUp = new Promise<'cancelled'>((resolve) => {
    cancelled.addEventListener('abort', () => setTimeout(() => resolve('cancelled'), WIND_DOWN), {
      once: true,
    });
  });
  return Promise.race([work, gaveUp]);
}

async function finish(session: Session, ending: CheckedEnding): Promise<void> {
  const { emit, budget } = session;
  for (const message of session.leftRunning(session.id))
    emit({ type: 'notice', code: 'background', message });
  if (ending.outcome === 'failed') {
    budget.report();
    emit({ type: 'run.finished', outcome: 'failed', error: ending.error });
    await keep(session, () => recordRun(session, 'failed'));
    return;
  }
  const { answer, shortAnswer } = ending.answer;
  emit({ type: 'answer.ready', answer, shortAnswer, citations: ending.citations });
  budget.report();
  const { outcome, error } = ending;
  emit({ type: 'run.finished', outcome, ...(error ? { error } : {}) });
  await keep(session, async () => {
    const stored: Case = await storeCase(session, ending);
    emit({ type: 'case.stored', caseId: stored.id });
  });
}

/** A memory that cannot be written costs what would be remembered, not the answer. */
async function keep({ emit }: Session, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (error) {
    const message = `The run was not stored in the memory: ${messageOf(error)}`;
    emit({ type: 'notice', code: 'case-not-stored', message });
  }
}
