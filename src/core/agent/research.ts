import { childController, deadline } from '../common/abort';
import { messageOf } from '../common/result';
import type { CoinRates } from '../memory/policy/coins';
import { isForeignName } from '../tools/foreignNames';
import type { ToolRegistry } from '../tools/registry';
import { checkAnswer, type CheckedAnswer } from './checkAnswer';
import { adoptCited, conversationBefore, type ConversationTurn } from './conversation';
import { abortAtDeadline, LONGEST_TIMER } from './workingTime';
import { planAndExecute } from './loop';
import { failure, type Answered, type Ending, type Failure } from './ending';
import { Exposure, GIVEN } from './exposure';
import { knownBefore, recalledBefore, resumptionOf } from './pastRun';
import { recall, type Recalled } from './recall';
import { reuseAnswer } from './reuse';
import type { Planner } from './roles';
import type { Session } from './session';
import { ShownCases } from './shownCases';
import { Toolbox } from './toolbox';

const NO_COINS: CoinRates = { control: 0, drop: 0 };

export type CheckedEnding = (Answered & CheckedAnswer) | Failure;

/** The work of a run, from its question to an answer whose citations are checked. Rejects where the run is cancelled. */
export async function researchAndCheck(session: Session): Promise<CheckedEnding> {
  const ending = await research(session);
  if (ending.outcome === 'failed') return ending;
  return { ...ending, ...(await checkedAnswer(session, ending)) };
}

/** A model is asked only about an answer that no limit forced; where the time runs out meanwhile, rules decide alone. */
async function checkedAnswer(session: Session, { outcome, answer }: Answered) {
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
  const { budget, emit, cancelled, past } = session;
  // It was interrupted between its answer and its end.
  if (past?.state.citations) return { outcome: 'answered', answer: past.state };
  if (session.question.trim() === '') {
    return failure({ code: 'empty-question', message: 'The question is empty: type what you want to know.' });
  }
  const crew = await session.crew(budget, cancelled);
  if (!crew.ok) return failure(crew.fault);
  const { planner, executor } = crew.value;
  emit({ type: 'models.chosen', planner: planner.id, executor: executor.id });
  const conversation = await conversationOf(session);
  const question = await standalone(session, planner, conversation);
  const { shown, reuse } = await remembered(session, question);
  if (reuse && session.reuse) return reuseAnswer({ ...session, past: reuse });

  const working = childController(cancelled);
  const stopTimer = abortAtDeadline(working.controller, budget);
  let taken = false;
  const withdraw = reuse
    ? session.inbox.offerReuse(reuse.id, () => {
        taken = true;
        working.controller.abort(new DOMException('An earlier answer is reused.', 'AbortError'));
      })
    : undefined;
  const cases = new ShownCases(shown);
  const known = past ? knownBefore(past) : await adoptCited(conversation, session);
  const endExclusion = session.inbox.allowExclusion((caseId) => cases.exclude(caseId));
  const notify = (message: string) => emit({ type: 'notice', code: 'tools', message });
  const { registry, notices } = await session.tools({
    executor,
    budget,
    signal: working.signal,
    cancelled,
    notify,
  });
  for (const message of notices) notify(message);
  const exposure = exposureOf(session, shown, conversation, registry);
  const toolbox = new Toolbox({ ...session, registry, exposure, runId: session.id });
  const tasks = { question, executor, toolbox, signal: working.signal, emit };
  try {
    const ending = await planAndExecute(
      { ...session, question, conversation, known, cases, planner, tasks },
      past && resumptionOf(past),
    );
    session.writers = crew.value;
    return ending;
  } catch (error) {
    if (taken && reuse && !cancelled.aborted) return await reuseAnswer({ ...session, past: reuse });
    throw error;
  } finally {
    withdraw?.();
    endExclusion();
    stopTimer();
    working.release();
  }
}

/**
 * What a person's question names is known. Past cases, and answers before, are words of others; where they name addresses,
 * a model may have made those of what it had read.
 */
function exposureOf(
  { emit, question, past, askedByAgent }: Session,
  shown: Recalled['shown'],
  conversation: readonly ConversationTurn[],
  registry: ToolRegistry,
): Exposure {
  const before = past?.state.exposedTo ?? undefined;
  const exposure = new Exposure((source) => emit({ type: 'run.exposed', source }), before);
  // An older log does not say whether the run had read something: a call that came back is taken for it.
  const call = Object.values(past?.state.calls ?? {}).find(({ status }) => status !== 'interrupted');
  if (call && before === undefined) exposure.add(call.tool);
  const isAgents = askedByAgent || exposure.source === GIVEN.agent;
  if (isAgents) exposure.add(GIVEN.agent);
  else exposure.learn(question);
  const known = [...Object.values(past?.state.evidence ?? {}), ...conversation.flatMap(({ cited }) => cited)];
  for (const evidence of known) exposure.learnFrom(evidence);
  if (conversation.length > 0) exposure.add(GIVEN.conversation);
  if (shown.length > 0) exposure.add(GIVEN.cases);
  if (registry.definitions.some(({ name }) => isForeignName(name))) exposure.offer(GIVEN.descriptions);
  return exposure;
}

/** What the memory gives; of a run that is gone on with, what it gave. */
async function remembered(session: Session, question: string): Promise<Pick<Recalled, 'shown' | 'reuse'>> {
  const before = session.past && (await recalledBefore(session.past, session.bank));
  if (before) {
    session.recalled = before.recalled;
    return before;
  }
  session.recalled = await recall({
    ...session,
    question,
    // Who asks for the earlier answer whatever comes has left the experiment.
    rates: session.reuse ? NO_COINS : session.rates,
    signal: session.cancelled,
    now: session.clock.now(),
  });
  return session.recalled;
}

/** A conversation that cannot be read costs the run its context, not its answer. */
async function conversationOf({
  parentRunId,
  runs,
  emit,
  logger,
}: Session): Promise<readonly ConversationTurn[]> {
  if (parentRunId === null) return [];
  const turns = await conversationBefore(parentRunId, runs).catch((error: unknown) => {
    logger.error(`The conversation cannot be read: ${messageOf(error)}`);
    return [];
  });
  if (turns.length === 0) {
    const message = 'What this question follows is gone, so it is answered on its own.';
    emit({ type: 'notice', code: 'conversation-gone', message });
  }
  return turns;
}

/** The question as the memory and the tasks are asked it. Where the planner cannot restate it, as it was asked. */
async function standalone(
  { question, emit, cancelled, past }: Session,
  planner: Planner,
  conversation: readonly ConversationTurn[],
): Promise<string> {
  if (past?.state.restated) return past.state.restated;
  if (conversation.length === 0 || past?.state.cases) return question;
  const restated = await planner.restate({ question, conversation, signal: cancelled });
  if (!restated.ok || restated.value === question) return question;
  emit({ type: 'question.restated', question: restated.value });
  return restated.value;
}
