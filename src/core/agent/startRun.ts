import { childController, deadline } from '../common/abort';
import type { Fault, Result } from '../common/result';
import { messageOf } from '../common/result';
import type { CaseBank } from '../memory/bank';
import type { Case } from '../memory/case';
import type { ChatModel, Clock, Encoder, Files, Ids, Logger } from '../ports';
import type { ToolRegistry } from '../tools/registry';
import { Budget } from './budget';
import { checkAnswer, type CheckedAnswer } from './checkAnswer';
import { EvidenceLog } from './evidenceLog';
import type { RunEventBody } from './events';
import { Inbox } from './inbox';
import type { Limits, Prices } from './limits';
import type { Ending } from './loop';
import { planAndExecute } from './loop';
import type { CoinRates } from '../memory/policy/coins';
import type { PolicyName } from '../memory/retrieved';
import { recall, type Recalled } from './recall';
import { Recorder } from './recorder';
import { reuseAnswer } from './reuse';
import type { Executor, Planner } from './roles';
import type { Run } from './run';
import type { RunStore } from './runStore';
import { recordRun, storeCase } from './storeCase';
import { Toolbox } from './toolbox';

/** Who asks for tools. */
export interface ToolCaller {
  readonly executor: Executor;
  /** What tools ask of models passes it. */
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** What a tool has to say to a person, one sentence. */
  readonly notify: (message: string) => void;
}

/** What a run can do, and what is missing, one sentence each. */
export interface ToolSet {
  readonly registry: ToolRegistry;
  readonly notices: readonly string[];
}

/** Who does the run. */
export interface Crew {
  readonly planner: Planner;
  readonly executor: Executor;
  /** Asked whether evidence supports a claim; absent where no model is configured. Its calls pass the budget. */
  readonly checker?: ChatModel | undefined;
}

export interface RunParts {
  readonly question: string;
  readonly parentRunId: string | null;
  readonly workspace: string | undefined;
  readonly files: Files | undefined;
  /** The tools of this run: asked once, for servers may come and go. */
  tools(caller: ToolCaller): Promise<ToolSet>;
  readonly bank: CaseBank;
  readonly runs: RunStore;
  readonly encoder: Encoder;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly policy: PolicyName;
  readonly k: number;
  readonly rates: CoinRates;
  readonly limits: Limits;
  readonly prices: Prices;
  /** Take an offered answer without asking. */
  readonly reuse: boolean;
  /** Planner and executor, or why there are none; their model calls pass `budget`. */
  crew(budget: Budget, signal: AbortSignal): Promise<Result<Crew>>;
}

/** How long after a cancel work may still wind down before the run ends without it, milliseconds. */
const WIND_DOWN = 700;
const NO_COINS: CoinRates = { control: 0, drop: 0 };
const LONGEST_TIMER = 2 ** 31 - 1;

interface Session extends RunParts {
  readonly id: string;
  readonly recorder: Recorder;
  readonly inbox: Inbox;
  readonly budget: Budget;
  readonly evidence: EvidenceLog;
  readonly cancelled: AbortSignal;
  readonly emit: (event: RunEventBody) => void;
  /** Who wrote the answer; undefined where an earlier one is reused. */
  writers: Crew | undefined;
  /** Set when the memory was asked. */
  recalled: Recalled | undefined;
}

/** Starts a run and returns at once; every fault ends as an event. */
export function startRun(parts: RunParts): Run {
  const id = parts.ids.next();
  const cancel = new AbortController();
  const recorder = new Recorder(id, parts);
  const { emit } = recorder;
  const inbox = new Inbox(parts.ids, emit);
  const budget = new Budget(parts.limits, parts.prices, parts.clock, emit);
  const evidence = new EvidenceLog(parts.files, parts.clock, emit);
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
  };
  return {
    id,
    events: recorder.stream,
    send: (input) => inbox.receive(input),
    cancel: () => cancel.abort(new DOMException('The run was cancelled.', 'AbortError')),
    finished: live(session),
  };
}

async function live(session: Session): Promise<void> {
  const { emit, question, parentRunId, workspace, recorder } = session;
  emit({ type: 'run.started', question, parentRunId, workspace: workspace ?? null });
  const ending = await endOf(session);
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

/** What a throw, which is a bug, looks like to the user; the log has the rest. */
function bug({ logger }: Session, error: unknown): Fault {
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { code: 'internal', message: `Something went wrong inside Memento: ${messageOf(error)}` };
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

type Failure = Extract<Ending, { outcome: 'failed' }>;
type CheckedEnding = (Exclude<Ending, { outcome: 'failed' }> & CheckedAnswer) | Failure;

async function researchAndCheck(session: Session): Promise<CheckedEnding> {
  const ending = await research(session);
  if (ending.outcome === 'failed') return ending;
  return { ...ending, ...(await checkedAnswer(session, ending)) };
}

/** A model is asked only about an answer that no limit forced; where the time runs out meanwhile, rules decide alone. */
async function checkedAnswer(session: Session, { outcome, answer }: Exclude<Ending, Failure>) {
  const { budget, cancelled, writers } = session;
  const mayAsk = outcome !== 'exhausted' && writers !== undefined;
  const time = Math.min(Math.max(0, budget.remainingMs()), LONGEST_TIMER);
  const byRule = {
    ...session,
    checker: undefined,
    repair: undefined,
    signal: cancelled,
    isSpent: () => true,
  };
  if (!mayAsk) return checkAnswer(answer, byRule);
  const { checker, planner } = writers;
  const repair = outcome === 'answered' ? planner.repair?.bind(planner) : undefined;
  const limit = deadline(time, cancelled);
  try {
    return await checkAnswer(answer, {
      ...session,
      checker,
      repair,
      signal: limit.signal,
      isSpent: () => budget.reached() !== undefined,
    });
  } catch (error) {
    if (!limit.isPassed()) throw error;
    return await checkAnswer(answer, byRule);
  } finally {
    limit.release();
  }
}

async function research(session: Session): Promise<Ending> {
  const { question, budget, emit, cancelled } = session;
  if (question.trim() === '') {
    return failure({ code: 'empty-question', message: 'The question is empty: type what you want to know.' });
  }
  const crew = await session.crew(budget, cancelled);
  if (!crew.ok) return failure(crew.fault);
  const { planner, executor } = crew.value;
  emit({ type: 'models.chosen', planner: planner.id, executor: executor.id });

  const recalled = await recall({
    ...session,
    // Who asks for the earlier answer whatever comes has left the experiment.
    rates: session.reuse ? NO_COINS : session.rates,
    signal: cancelled,
    now: session.clock.now(),
  });
  session.recalled = recalled;
  const { shown, reuse } = recalled;
  if (reuse && session.reuse) return reuseAnswer({ ...session, past: reuse });

  const working = childController(cancelled);
  const stopTimer = abortAtDeadline(working.controller, budget);
  let taken = false;
  if (reuse) {
    session.inbox.offerReuse(reuse.id, () => {
      taken = true;
      working.controller.abort(new DOMException('An earlier answer is reused.', 'AbortError'));
    });
  }
  const notify = (message: string) => emit({ type: 'notice', code: 'tools', message });
  const { registry, notices } = await session.tools({ executor, budget, signal: working.signal, notify });
  for (const message of notices) notify(message);
  const toolbox = new Toolbox({ ...session, registry, runId: session.id });
  const tasks = { question, executor, toolbox, signal: working.signal, emit };
  try {
    const ending = await planAndExecute({ ...session, cases: shown, planner, tasks });
    session.writers = crew.value;
    return ending;
  } catch (error) {
    if (taken && reuse && !cancelled.aborted) return await reuseAnswer({ ...session, past: reuse });
    throw error;
  } finally {
    session.inbox.withdrawReuse();
    stopTimer();
    working.release();
  }
}

/** Aborts with a TimeoutError when the run's working time is over; the time a person is waited for moves the end. */
function abortAtDeadline(controller: AbortController, budget: Budget): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const arm = () => {
    timer = setTimeout(check, Math.min(Math.max(budget.remainingMs(), 20), LONGEST_TIMER));
  };
  const check = () => {
    if (budget.remainingMs() > 0) arm();
    else controller.abort(new DOMException('The time is over.', 'TimeoutError'));
  };
  arm();
  const stop = () => clearTimeout(timer);
  // Work that never settles must not leave a timer that keeps a process alive.
  controller.signal.addEventListener('abort', stop, { once: true });
  return stop;
}

async function finish(session: Session, ending: CheckedEnding): Promise<void> {
  const { emit, budget } = session;
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

const failure = (error: Fault): Failure => ({ outcome: 'failed', error });
