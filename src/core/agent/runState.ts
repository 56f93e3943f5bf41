/** What a run looks like: a pure fold over its events. No clock, no ids, no I/O: the same events, the same state. */
import type { RunEvent } from './events';
import {
  dropPending,
  interrupt,
  loseCommands,
  newCall,
  newTask,
  settleWaiting,
  sumOf,
  withCall,
  withTask,
  type Draft,
} from './runStateChanges';
import type { RunState } from './runStateShape';

export type * from './runStateShape';

export const initialRunState: RunState = {
  runId: '',
  question: '',
  restated: null,
  parentRunId: null,
  workspace: null,
  models: { planner: '', executor: '' },
  status: 'starting',
  outcome: null,
  error: null,
  startedAt: 0,
  finishedAt: null,
  policy: '',
  cases: null,
  whyNone: '',
  excluded: [],
  design: null,
  usedCases: [],
  reuse: null,
  cycle: 0,
  tasks: [],
  review: null,
  calls: {},
  approvals: [],
  evidence: {},
  steering: [],
  exposedTo: null,
  notices: [],
  waiting: null,
  answer: '',
  shortAnswer: '',
  citations: null,
  usage: { inputTokens: 0, outputTokens: 0, cost: 0, modelCalls: 0 },
  toolCalls: 0,
  caseId: null,
  feedback: null,
  suggestions: [],
  learned: null,
};

/** How much live output of a call the state keeps: what is shown; all of it is on disk. */
const OUTPUT_TAIL = 4_000;

export const runState = (events: Iterable<RunEvent>): RunState => foldRuns(initialRunState, events);

export const foldRun = (state: RunState, event: RunEvent): RunState => foldRuns(state, [event]);

/**
 * Folds many events at once. Calls and evidence grow with the run: they are copied once a batch, not once an event,
 * and `step` writes to these copies.
 */
export function foldRuns(state: RunState, events: Iterable<RunEvent>): RunState {
  let draft: Draft = { ...state, calls: { ...state.calls }, evidence: { ...state.evidence } };
  for (const event of events) draft = step(draft, event);
  return draft;
}

/**
 * The same for who has no more use for `state`: it is taken over, and its calls and evidence are written to. So an event
 * costs as much in a long run as in a short one.
 */
export function foldOn(state: RunState, events: Iterable<RunEvent>): RunState {
  if (state.calls === initialRunState.calls) return foldRuns(state, events);
  let draft: Draft = state;
  for (const event of events) draft = step(draft, event);
  return draft;
}

function step(state: Draft, event: RunEvent): Draft {
  switch (event.type) {
    case 'run.started':
      return {
        ...state,
        runId: event.runId,
        question: event.question,
        parentRunId: event.parentRunId,
        workspace: event.workspace,
        status: 'running',
        startedAt: event.at,
      };
    case 'question.restated':
      return { ...state, restated: event.question };
    case 'models.chosen':
      return { ...state, models: { planner: event.planner, executor: event.executor } };
    case 'cases.retrieved':
      return {
        ...state,
        policy: event.policy,
        cases: event.cases,
        whyNone: event.whyNone,
        design: event.design,
      };
    case 'reuse.offered':
      return {
        ...state,
        reuse: { caseId: event.caseId, answer: event.answer, sources: event.sources, taken: false },
      };
    case 'reuse.taken':
      return state.reuse ? { ...state, reuse: { ...state.reuse, taken: true } } : state;
    case 'plan.proposed':
      return {
        ...state,
        cycle: event.cycle,
        usedCases: [...new Set([...state.usedCases, ...event.usedCases])],
        tasks: [...dropPending(state.tasks), ...event.tasks.map((task) => newTask(task, event.cycle))],
        review: event.review ? { cycle: event.cycle, tasks: event.tasks } : null,
        status: event.review ? 'waiting' : state.status,
      };
    case 'plan.edited':
      return {
        ...state,
        tasks: [
          ...state.tasks.filter((task) => task.cycle !== event.cycle),
          ...event.tasks.map((task) => newTask(task, event.cycle)),
        ],
      };
    case 'plan.approved':
      return settleWaiting({ ...state, review: null });
    case 'case.excluded':
      return settleWaiting({
        ...state,
        excluded: [...state.excluded, event.caseId],
        usedCases: state.usedCases.filter((id) => id !== event.caseId),
        tasks: dropPending(state.tasks),
        review: null,
        reuse: state.reuse?.caseId === event.caseId && !state.reuse.taken ? null : state.reuse,
      });
    case 'user.steered':
      return { ...state, steering: [...state.steering, event.text] };
    case 'task.started':
      return withTask({ ...state, waiting: null }, event.taskId, (task) => ({ ...task, status: 'running' }));
    case 'task.finished':
      return withTask(state, event.taskId, (task) => ({
        ...task,
        status: event.status,
        result: event.result,
      }));
    case 'tool.called':
      state.calls[event.callId] = newCall(event);
      return withTask({ ...state, waiting: null, toolCalls: state.toolCalls + 1 }, event.taskId, (task) => ({
        ...task,
        calls: [...task.calls, event.callId],
      }));
    case 'tool.output':
      return withCall(state, event.callId, (call) => ({
        ...call,
        output: (call.output + event.chunk).slice(-OUTPUT_TAIL),
      }));
    case 'approval.requested':
      return settleWaiting({
        ...withCall(state, event.callId, (call) => ({ ...call, status: 'waiting' })),
        approvals: [
          ...state.approvals,
          {
            approvalId: event.approvalId,
            callId: event.callId,
            what: event.what,
            command: event.command,
            code: event.code,
            reasons: event.reasons,
            mayHoldFor: event.mayHoldFor ?? null,
            decision: 'pending',
            edited: null,
            holdsFor: null,
          },
        ],
      });
    case 'approval.resolved':
      return settleWaiting({
        ...withCall(state, event.callId, (call) => ({ ...call, status: 'running' })),
        approvals: state.approvals.map((approval) =>
          approval.approvalId === event.approvalId
            ? {
                ...approval,
                decision: event.decision,
                edited: event.edited ?? null,
                holdsFor: event.holdsFor ?? null,
              }
            : approval,
        ),
      });
    case 'run.exposed':
      return { ...state, exposedTo: event.source };
    case 'approval.waived':
      return withCall(state, event.callId, (call) => ({ ...call, waived: event.reasons }));
    case 'tool.returned':
      return withCall(state, event.callId, (call) => ({
        ...call,
        status: event.ok ? 'ok' : 'failed',
        preview: event.preview,
        artifact: event.artifact,
        files: event.files ?? [],
        repeated: event.repeated ?? false,
        exitCode: event.exitCode,
        background: event.background ? 'running' : null,
        durationMs: event.durationMs,
      }));
    case 'command.ended':
      return withCall(state, event.callId, (call) => ({
        ...call,
        background: event.endedBy,
        exitCode: event.exitCode,
      }));
    case 'evidence.added': {
      const { id, callId, source, title, locator, text, hash, readAt = event.at } = event;
      state.evidence[id] = { id, callId, source, title, locator, text, hash, readAt };
      return withCall(state, callId, (call) => ({ ...call, evidence: [...call.evidence, id] }));
    }
    case 'model.waiting':
      return { ...state, waiting: { until: event.until, reason: event.reason } };
    case 'notice':
      return { ...state, notices: [...state.notices, { code: event.code, message: event.message }] };
    case 'answer.delta':
      return { ...state, waiting: null, answer: state.answer + event.text };
    case 'answer.ready':
      return { ...state, answer: event.answer, shortAnswer: event.shortAnswer, citations: event.citations };
    case 'usage': {
      const { inputTokens, outputTokens, cost, knownCost, modelCalls } = event;
      const usage = { inputTokens, outputTokens, cost, modelCalls };
      return { ...state, waiting: null, usage: knownCost === undefined ? usage : { ...usage, knownCost } };
    }
    case 'run.interrupted':
      return loseCommands(interrupt(state));
    case 'run.resumed':
      return settleWaiting({
        ...state,
        status: 'running',
        // What was in the middle begins again.
        tasks: state.tasks.map((task) =>
          task.status === 'interrupted' ? { ...task, status: 'pending' } : task,
        ),
      });
    case 'run.finished':
      return {
        ...interrupt(state),
        status: 'finished',
        review: null,
        outcome: event.outcome,
        error: event.error ?? null,
        finishedAt: event.at,
      };
    case 'case.stored':
      return { ...state, caseId: event.caseId };
    case 'feedback.suggested': {
      const { reward, reason, by } = event;
      return { ...state, suggestions: [...state.suggestions, { reward, reason, by }] };
    }
    case 'feedback.given':
      return judged(state, event);
    case 'lessons.learned':
      return {
        ...state,
        learned: { lessons: event.lessons, error: event.error ?? null },
        usage: sumOf(state.usage, event.usage),
      };
    default:
      return unknownEvent(state, event);
  }
}

/** Lessons are those of one judgement: another one starts without. */
function judged(state: Draft, { reward, reason }: Extract<RunEvent, { type: 'feedback.given' }>): Draft {
  const feedback = reward === null ? null : { reward, reason };
  return {
    ...state,
    feedback,
    suggestions: [],
    learned: sameJudgement(state.feedback, feedback) ? state.learned : null,
  };
}

type Feedback = RunState['feedback'];

export const sameJudgement = (a: Feedback, b: Feedback): boolean =>
  a?.reward === b?.reward && a?.reason === b?.reason;

/** A log of a later version may hold events that this one does not know: they change nothing that is shown. */
function unknownEvent(state: Draft, _event: never): Draft {
  return state;
}
