/** The composition root of the core: ports in, an assistant out. Hosts: src/extension.ts and src/cli.ts. */
import type { Budget } from './agent/budget';
import { EndedRunLog } from './agent/endedRunLog';
import type { RunEvent } from './agent/events';
import { createExtractiveExecutor } from './agent/extractive/executor';
import { sampleQuestion } from './agent/extractive/sampleQuestion';
import { createExtractivePlanner } from './agent/extractive/planner';
import type { Limits, Prices } from './agent/limits';
import { DEFAULT_LIMITS } from './agent/limits';
import { LessonLearner, type LessonOptions } from './agent/lessonLearner';
import { createLlmExecutor } from './agent/llm/executor';
import { createLlmPlanner } from './agent/llm/planner';
import type { CoinRates } from './memory/policy/coins';
import { DEFAULT_K, DEFAULT_POLICY, type PolicyName } from './memory/retrieved';
import { pastRun, type PastRun } from './agent/pastRun';
import type { Run } from './agent/run';
import type { Suggestion } from './agent/runState';
import { suggest } from './agent/suggestion';
import type { Crew } from './agent/session';
import { startRun } from './agent/startRun';
import type { Result } from './common/result';
import { failed, messageOf, ok } from './common/result';
import type { Secrets } from './common/secrets';
import type { Case, CaseEdit, Judgement, Reward } from './memory/case';
import { editCase } from './memory/curation/editCase';
import type { ChatModel } from './ports';

import type { ModelPair, Ports } from './assistantPorts';
import type { ToolResult } from './tools/tool';
import type { EndedCommand } from './tools/backgroundCommands';
import { leftRunning } from './tools/commandWords';
import type { StartedCommand } from './tools/startedCommand';
import { guardedModels } from './guardedModels';
import { callTool, type CallHost } from './toolCall';
import { ToolSets } from './toolSets';

export type { PolicyName } from './memory/retrieved';

export type { ModelPair, Ports } from './assistantPorts';

export interface ResearchOptions {
  readonly policy?: PolicyName;
  /** How many cases may be shown; a ceiling. */
  readonly k?: number;
  /** Of the memory experiment: both 0 unless the user wants to know what memory brings. */
  readonly rates?: CoinRates;
  readonly limits?: Partial<Limits>;
  readonly prices?: Prices;
  readonly parentRunId?: string;
  /** Another program asks, not a person: no rule of the user's is meant for what it may have been told. */
  readonly askedByAgent?: boolean;
  /** Have a person look at each plan before it is done (input `plan`). */
  readonly reviewPlans?: boolean;
  /** This run's models, in place of those of the ports. */
  readonly models?: (signal: AbortSignal) => Promise<Result<ModelPair>>;
  /** Take the answer of an accepted case of the same question, if there is one, without asking. */
  readonly reuse?: boolean;
}

/** What it reads of the memory was decided when the run began. */
export type ResumeOptions = Pick<ResearchOptions, 'limits' | 'prices' | 'reviewPlans'>;

export interface JudgeOptions {
  /** Have the planner's model write lessons of the run, which costs a call of it; absent: none are written. */
  readonly lessons?: LessonOptions;
}

export interface Assistant {
  /** Starts a run. Every fault, an empty question included, ends as a run that says so. */
  research(question: string, options?: ResearchOptions): Run;
  /** Goes on with a run that was interrupted, from the last task that it finished; a fault where that cannot be. */
  resume(runId: string, options?: ResumeOptions): Promise<Result<Run>>;
  /** A run under way in this process. */
  running(runId: string): Run | undefined;
  /** A command that goes on in the background, undefined where it does not, or not in this process. */
  command(runId: string, callId: string): Pick<StartedCommand, 'stop' | 'show'> | undefined;
  /** Rewards (1, 0) or withdraws (null) the run's case. Only ever called for a person's own click or command. */
  judge(runId: string, reward: Reward, reason: string | null, options?: JudgeOptions): Promise<Result<Case>>;
  /** Keeps what another program thinks of an ended run's answer, for a person to see. Of no weight. */
  suggest(runId: string, suggestion: Suggestion): Promise<Result<undefined>>;
  /** Changes a case for a person; a fault for one that is not there or forgotten. */
  edit(caseId: string, changes: CaseEdit): Promise<Result<Case>>;
  /** Fires with each event that was added to the log of a run after its end: a judgement, what it taught. */
  readonly onDidAppend: (listener: (event: RunEvent) => void) => { dispose(): void };
  /** Settles when no lesson is being written any more. Never rejects. */
  lessonsWritten(): Promise<void>;
  /** Gives up the lessons that are being written; runs go on. */
  dispose(): void;
  /** A question to begin with, made of what is in the folder; undefined where nothing there is readable. */
  sampleQuestion(signal: AbortSignal): Promise<string | undefined>;
  /** Runs one tool alone; `approve` is asked where the tool would ask in a run. */
  callTool(name: string, args: unknown, host: CallHost): Promise<Result<ToolResult>>;
}

export function createAssistant(given: Ports): Assistant {
  const ports: Ports = { ...given, models: guarded((signal) => given.models(signal), given.secrets) };
  const tools = new ToolSets(ports);
  const running = new Map<string, Run>();
  const log = new EndedRunLog(ports);
  const learner = new LessonLearner({ ...ports, log, planner: (signal) => plannerModel(ports, signal) });
  const start = (question: string, options: ResearchOptions, past?: PastRun): Run => {
    const run = startRun({
      ...ports,
      question,
      tools: (caller) => tools.ofRun(caller),
      parentRunId: options.parentRunId ?? null,
      askedByAgent: options.askedByAgent ?? false,
      policy: options.policy ?? DEFAULT_POLICY,
      k: options.k ?? DEFAULT_K,
      rates: options.rates ?? { control: 0, drop: 0 },
      limits: { ...DEFAULT_LIMITS, ...options.limits },
      prices: options.prices ?? {},
      reviewPlans: options.reviewPlans ?? false,
      reuse: options.reuse ?? false,
      leftRunning: (runId) => leftRunning(tools.background.running(runId), ports.commands),
      past,
      crew: (budget, signal) =>
        chooseCrew(
          options.models ? { ...ports, models: guarded(options.models, ports.secrets) } : ports,
          budget,
          signal,
        ),
    });
    running.set(run.id, run);
    void run.finished.then(() => {
      running.delete(run.id);
      tools.background.release(run.id);
    });
    return run;
  };
  tools.background.onDidEnd((ended) => {
    recordEnd(ended, running.get(ended.runId), log).catch((error: unknown) => {
      ports.logger.error(`The end of a command was not written down: ${messageOf(error)}`);
    });
  });
  return {
    research: (question, options = {}) => start(question, options),
    async resume(runId, options = {}) {
      const events = running.has(runId) ? undefined : await ports.runs.read(runId);
      const past = events && pastRun(events);
      if (!past || past.state.runId === '') {
        return failed('not-found', 'There is no such run, or it is under way.');
      }
      const { status, question, parentRunId } = past.state;
      if (await ports.runs.isUnderWay(runId)) {
        return failed('not-found', 'That run is under way in another window.');
      }
      if (status === 'finished')
        return failed('not-found', 'That run has ended: research its question again.');
      return ok(start(question, { ...options, ...(parentRunId === null ? {} : { parentRunId }) }, past));
    },
    running: (runId) => running.get(runId),
    command: (runId, callId) => {
      const command = tools.background.get(runId, callId);
      return command?.end ? undefined : command;
    },
    judge: (runId, reward, reason, options = {}) =>
      judge({ ...ports, log, learner }, runId, { reward, reason, at: ports.clock.now() }, options),
    suggest: (runId, suggestion) => suggest(log, runId, suggestion),
    edit: (caseId, changes) => editCase(ports, caseId, changes),
    onDidAppend: log.onDidAppend,
    lessonsWritten: () => learner.settled(),
    dispose: () => learner.dispose(),
    sampleQuestion: async (signal) =>
      ports.files && ports.documents
        ? sampleQuestion({ files: ports.files, documents: ports.documents }, signal)
        : undefined,
    callTool: (name, args, host) => callTool(ports, tools, name, args, host),
  };
}

/** No model is told a secret, and none repeats one. */
const guarded =
  (models: Ports['models'], secrets: Secrets): Ports['models'] =>
  async (signal) => {
    const found = await models(signal);
    return found.ok ? ok(guardedModels(found.value, secrets)) : found;
  };

/** What a command came to that its run left running is told in the run's log, whether or not the run has ended. */
async function recordEnd(
  { runId, callId, endedBy, exitCode }: EndedCommand,
  run: Run | undefined,
  log: EndedRunLog,
): Promise<void> {
  const event = { type: 'command.ended', callId, endedBy, exitCode: exitCode ?? null } as const;
  if (run?.record(event)) return;
  await run?.finished;
  // A call that was made alone has no log.
  const last = (await log.read(runId)).at(-1);
  if (last && last.type !== 'run.interrupted') await log.append(runId, event);
}

async function chooseCrew(ports: Ports, budget: Budget, signal: AbortSignal): Promise<Result<Crew>> {
  // A person may have to be asked.
  const models = await budget.offTheClock(() => ports.models(signal));
  if (!models.ok) return models;
  const { planner, executor } = models.value;
  if (planner && executor) {
    return ok({
      planner: createLlmPlanner(budget.metered(planner)),
      executor: createLlmExecutor(budget.metered(executor)),
      checker: budget.metered(planner),
    });
  }
  const { encoder, search, logger } = ports;
  if (!search) {
    return failed(
      'no-folder',
      'No folder on disk is open, so there are no files to search: open one first, or set up a model.',
    );
  }
  return ok({
    planner: planner
      ? createLlmPlanner(budget.metered(planner))
      : createExtractivePlanner({ encoder, logger }),
    executor: executor ? createLlmExecutor(budget.metered(executor)) : createExtractiveExecutor({ search }),
    checker: planner && budget.metered(planner),
  });
}

async function plannerModel(ports: Ports, signal: AbortSignal): Promise<Result<ChatModel | undefined>> {
  const models = await ports.models(signal);
  return models.ok ? ok(models.value.planner) : models;
}

async function judge(
  { bank, log, learner }: Ports & { readonly log: EndedRunLog; readonly learner: LessonLearner },
  runId: string,
  judgement: Judgement,
  options: JudgeOptions,
): Promise<Result<Case>> {
  try {
    const found = await bank.ofRun(runId);
    const record = found && (await bank.judge(found.id, judgement));
    if (!record) {
      return failed(
        'not-found',
        `The run ${runId} left no case to judge: it is unknown, failed or was cancelled.`,
      );
    }
    const before = await log.read(runId);
    const { reward, reason } = judgement;
    await log.append(runId, { type: 'feedback.given', reward, reason });
    learner.learn({ record, before, options: options.lessons });
    return ok(record);
  } catch (error) {
    return failed('storage', `The judgement could not be stored: ${messageOf(error)}`);
  }
}
