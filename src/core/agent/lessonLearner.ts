/**
 * Lessons of judged runs, in the background: a judgement never waits for the model. Lessons belong to a judgement: one
 * that says something else takes away those that the earlier one gave, except what a person edited, and a withdrawn
 * judgement leaves only these.
 */
import { deadline, orAbort } from '../common/abort';
import { failed, messageOf, ok, type Fault, type Result } from '../common/result';
import type { CaseBank } from '../memory/bank';
import type { Case, Lesson } from '../memory/case';
import { MOST_LESSONS } from '../memory/lesson';
import type { ChatModel, Ids, Logger, SteadyClock } from '../ports';
import { Budget } from './budget';
import type { EndedRunLog } from './endedRunLog';
import type { RunEvent, RunUsage } from './events';
import { DEFAULT_LIMITS, type Limits, type Prices } from './limits';
import type { LessonSource } from './llm/lessonPrompt';
import { distilLessons, LESSON_CALLS, newLessons } from './llm/lessons';
import { runState, sameJudgement } from './runState';

/** What lessons may cost. */
export interface LessonOptions {
  readonly limits?: Partial<Limits>;
  readonly prices?: Prices;
}

export interface LearnerParts {
  readonly bank: CaseBank;
  readonly log: EndedRunLog;
  readonly clock: SteadyClock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** The planner's model; undefined where the planner is extractive. */
  planner(signal: AbortSignal): Promise<Result<ChatModel | undefined>>;
}

export interface Judged {
  /** As it is judged now. */
  readonly record: Case;
  /** The run's log before this judgement. */
  readonly before: readonly RunEvent[];
  /** Undefined: the user has lessons off. */
  readonly options: LessonOptions | undefined;
}

/** Nobody waits for lessons, but a command does not end before they do. */
const LONGEST_MS = 120_000;
const NO_USAGE: RunUsage = { inputTokens: 0, outputTokens: 0, cost: 0, modelCalls: 0 };

export class LessonLearner {
  readonly #parts: LearnerParts;
  readonly #longestMs: number;
  /** By run. */
  readonly #underWay = new Map<string, { readonly abort: AbortController; readonly done: Promise<void> }>();

  /** @param longestMs how long the lessons of one judgement may take, milliseconds */
  constructor(parts: LearnerParts, longestMs = LONGEST_MS) {
    [this.#parts, this.#longestMs] = [parts, longestMs];
  }

  /** Starts to learn from a judgement and returns at once. */
  learn(judged: Judged): void {
    const { runId } = judged.record;
    const earlier = this.#underWay.get(runId);
    earlier?.abort.abort();
    const abort = new AbortController();
    const done = Promise.resolve(earlier?.done)
      .then(() => this.#learn(judged, abort.signal))
      .catch((error: unknown) => {
        if (!abort.signal.aborted) this.#parts.logger.error(`Lessons were not stored: ${messageOf(error)}`);
      })
      .finally(() => {
        if (this.#underWay.get(runId)?.abort === abort) this.#underWay.delete(runId);
      });
    this.#underWay.set(runId, { abort, done });
  }

  /** Settles when nothing is being learned any more. Never rejects. */
  async settled(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  /** Gives up what is under way. */
  dispose(): void {
    for (const { abort } of this.#underWay.values()) abort.abort();
  }

  async #learn({ record, before, options }: Judged, signal: AbortSignal): Promise<void> {
    const { runId, reward, reason } = record;
    const state = runState(before);
    const isSame = sameJudgement(state.feedback, reward === null ? null : { reward, reason });
    if (isSame && state.learned?.error === null) return;
    const kept = await this.#takeBack(record, learnedIn(before));
    if (reward === null || options === undefined || kept.length >= MOST_LESSONS) return;
    signal.throwIfAborted();

    const { lessons, usage, error } = await this.#distil(
      { ...sourceOf(record, before), reward },
      options,
      signal,
    );
    signal.throwIfAborted();
    const stored: Result<readonly string[]> = error
      ? { ok: false, fault: error }
      : await this.#store(record, lessons);
    await this.#parts.log.append(
      runId,
      stored.ok
        ? { type: 'lessons.learned', lessons: stored.value, usage }
        : { type: 'lessons.learned', lessons: [], usage, error: stored.fault },
    );
  }

  /** Takes from the case what earlier judgements gave it; what is left is a person's. */
  async #takeBack({ id, lessons }: Case, given: ReadonlySet<string>): Promise<readonly Lesson[]> {
    const kept = lessons.filter(({ text }) => !given.has(text));
    if (kept.length < lessons.length) await this.#parts.bank.edit(id, { lessons: kept });
    return kept;
  }

  async #distil(
    source: LessonSource,
    { limits, prices }: LessonOptions,
    cancelled: AbortSignal,
  ): Promise<{ lessons: readonly string[]; usage: RunUsage; error?: Fault }> {
    const limit = deadline(this.#longestMs, cancelled);
    const { signal } = limit;
    let usage = NO_USAGE;
    const allowed = { ...DEFAULT_LIMITS, ...limits, modelCalls: LESSON_CALLS };
    const budget = new Budget(allowed, prices ?? {}, this.#parts.clock, (event) => {
      if (event.type !== 'usage') return;
      const { type: _, ...totals } = event;
      usage = totals;
    });
    try {
      const planner = await orAbort(this.#parts.planner(signal), signal);
      if (!planner.ok) return { lessons: [], usage, error: planner.fault };
      if (!planner.value) return { lessons: [], usage, error: NO_MODEL };
      const lessons = await orAbort(distilLessons(budget.metered(planner.value), source, signal), signal);
      return lessons.ok ? { lessons: lessons.value, usage } : { lessons: [], usage, error: lessons.fault };
    } catch (error) {
      cancelled.throwIfAborted();
      if (limit.isPassed()) return { lessons: [], usage, error: TOO_SLOW };
      return { lessons: [], usage, error: { code: 'internal', message: messageOf(error) } };
    } finally {
      limit.release();
    }
  }

  /** Adds the lessons to the case as it is by now, and gives those that were added. */
  async #store(judged: Case, lessons: readonly string[]): Promise<Result<readonly string[]>> {
    const { bank, ids } = this.#parts;
    const record = await bank.get(judged.id);
    if (record?.judgedAt !== judged.judgedAt || record.forgottenAt !== null) return CHANGED;
    const known = record.lessons.map(({ text }) => text);
    const added = newLessons(lessons, { ...record, known }).slice(0, MOST_LESSONS - record.lessons.length);
    const all = [...record.lessons, ...added.map((text) => ({ id: ids.next(), text }))];
    if (added.length > 0) await bank.edit(record.id, { lessons: all });
    return ok(added);
  }
}

/** All that judgements of the run ever taught. A lesson of the case that is none of these is a person's. */
const learnedIn = (events: readonly RunEvent[]): ReadonlySet<string> =>
  new Set(events.flatMap((event) => (event.type === 'lessons.learned' ? event.lessons : [])));

/** What is known of the run: all of it from the case, where there is no log, but the calls. */
function sourceOf(record: Case, events: readonly RunEvent[]): Omit<LessonSource, 'reward'> {
  const { question, plan, answer, shortAnswer, reason, lessons } = record;
  const given = learnedIn(events);
  const current = lessons.map(({ text }) => text);
  const known = [...current.filter((text) => !given.has(text)), ...takenAway(events, current)];
  const calls = Object.values(runState(events).calls).map(({ tool, arguments: args, status, preview }) => ({
    tool,
    arguments: args,
    ok: status === 'ok',
    preview,
  }));
  return { question, plan, calls, answer, shortAnswer, reason, known };
}

/** Of the last lessons those that the case has no more: a person did not want them. */
function takenAway(events: readonly RunEvent[], current: readonly string[]): readonly string[] {
  const last = runState(events).learned?.lessons ?? [];
  return last.filter((text) => !current.includes(text));
}

const NO_MODEL: Fault = {
  code: 'no-model',
  message: 'Lessons take a model: the extractive planner writes none.',
};
const CHANGED = failed('cancelled', 'The case was judged again or forgotten meanwhile.');
const TOO_SLOW: Fault = { code: 'stalled', message: 'The model took too long.' };
