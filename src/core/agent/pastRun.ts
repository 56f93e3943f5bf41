/** A run that was interrupted, as far as it had come: what is needed to go on with it. */
import { canonicalJson } from '../common/canonicalJson';
import type { CaseBank } from '../memory/bank';
import type { Case, PlanTask } from '../memory/case';
import type { ShownCase } from '../memory/retrieved';
import type { Evidence } from '../tools/evidence';
import type { RunEvent } from './events';
import type { Recalled } from './recall';
import type { TaskRecord } from './roles';
import { runState, type RunState, type TaskState } from './runState';

export interface PastRun {
  readonly events: readonly RunEvent[];
  /** As it was when it ended: nothing in it is under way. */
  readonly state: RunState;
}

/** Where the loop goes on. */
export interface Resumption {
  /** In order of the plan. */
  readonly done: readonly TaskRecord[];
  /** The highest number that a task has had. */
  readonly lastTask: number;
  /** The cycle to go on with. */
  readonly cycle: number;
  /** What is left of its plan; undefined where the planner is to be asked. */
  readonly plan: { readonly tasks: readonly PlanTask[]; readonly toReview: boolean } | undefined;
  /** Plans that a person had dropped. */
  readonly dropped: number;
}

export function pastRun(events: readonly RunEvent[]): PastRun {
  const last = events.at(-1);
  const interrupted: readonly RunEvent[] =
    last && last.type !== 'run.interrupted'
      ? [{ v: 1, seq: last.seq + 1, at: last.at, runId: last.runId, type: 'run.interrupted' }]
      : [];
  return { events, state: runState([...events, ...interrupted]) };
}

/** Undefined where nothing had been planned. */
export function resumptionOf({ state, events }: PastRun): Resumption | undefined {
  if (state.cycle === 0) return undefined;
  const open = state.tasks.filter(
    ({ cycle, status }) => cycle === state.cycle && (status === 'pending' || status === 'interrupted'),
  );
  const isOpen = open.length > 0;
  return {
    done: state.tasks.flatMap((task) => recordOf(task, state) ?? []),
    lastTask: state.tasks.reduce((last, { id }) => Math.max(last, id), 0),
    cycle: isOpen ? state.cycle : state.cycle + 1,
    plan: isOpen ? { tasks: open.map(planTask), toReview: state.review !== null } : undefined,
    dropped: events.filter(({ type }) => type === 'case.excluded').length,
  };
}

const planTask = ({ id, description, dependsOn }: PlanTask): PlanTask => ({ id, description, dependsOn });

/** What came of a task that has ended; its evidence is what its calls found, and what its result cites. */
function recordOf(task: TaskState, { calls, evidence }: RunState): TaskRecord | undefined {
  const { status, result } = task;
  if (status !== 'done' && status !== 'failed') return undefined;
  const found = task.calls.flatMap((id) => calls[id]?.evidence ?? []);
  const cited = result.match(/\be\d+\b/g) ?? [];
  const ids = [...new Set([...found, ...cited])];
  return { task: planTask(task), status, result, evidence: ids.flatMap((id) => evidence[id] ?? []) };
}

/** What was known before the run's first task: what a follow-up can cite. */
export const knownBefore = ({ state }: PastRun): readonly Evidence[] =>
  Object.values(state.evidence).filter(({ callId }) => callId === '');

/** Calls of which nobody knows whether they were done, by name and arguments. */
export const unsettledCalls = ({ state }: PastRun): ReadonlySet<string> =>
  new Set(
    Object.values(state.calls)
      .filter(({ status }) => status === 'interrupted')
      .map((call) => callKey(call.tool, call.arguments)),
  );

export const callKey = (tool: string, args: unknown): string => `${tool} ${canonicalJson(args)}`;

/**
 * The cases as they were chosen: the memory may have learned since, and the coins are not tossed twice. Undefined where
 * the memory had not been asked. A log of before decisions were kept leaves nothing for the policies to learn from.
 */
export async function recalledBefore(
  { state, events }: PastRun,
  bank: CaseBank,
): Promise<(Pick<Recalled, 'shown' | 'reuse'> & { readonly recalled: Recalled | undefined }) | undefined> {
  const event = events.find(({ type }) => type === 'cases.retrieved');
  if (event?.type !== 'cases.retrieved') return undefined;
  const shown: ShownCase[] = [];
  for (const { caseId, use, similarity, lessons } of state.cases ?? []) {
    if (use === 'withheld' || state.excluded.includes(caseId)) continue;
    const past = await bank.get(caseId);
    if (!past || past.forgottenAt !== null) continue;
    shown.push({
      case: past,
      similarity,
      use,
      lessons: past.lessons.filter(({ text }) => lessons.includes(text)),
    });
  }
  const reuse = await offered(state, bank);
  const { decision, design, cases, candidates, whyNone } = event;
  const recalled = decision && {
    cases,
    shown,
    candidates,
    whyNone,
    reuse,
    notices: [],
    decision: { ...decision, design },
    vector: undefined,
    at: event.at,
  };
  return { shown, reuse, recalled };
}

async function offered({ reuse }: RunState, bank: CaseBank): Promise<Case | undefined> {
  if (!reuse || reuse.taken) return undefined;
  const past = await bank.get(reuse.caseId);
  return past?.forgottenAt === null ? past : undefined;
}
