import { isAbortError } from '../common/abort';
import { messageOf } from '../common/result';
import type { Logger, SteadyClock } from '../ports';
import type { Evidence } from '../tools/evidence';
import type { ToolRegistry } from '../tools/registry';
import type { Tool, ToolContext, ToolResult } from '../tools/tool';
import { failure } from '../tools/tool';
import type { Budget } from './budget';
import { CallCache, type MadeCall } from './callCache';
import type { RunEventBody } from './events';
import type { EvidenceLog } from './evidenceLog';
import type { Inbox } from './inbox';
import type { Exposure } from './exposure';
import { callKey, type PastRun, unsettledCalls } from './pastRun';
import { numberOf } from './evidenceLog';

export interface ToolboxParts {
  readonly runId: string;
  readonly registry: ToolRegistry;
  readonly evidence: EvidenceLog;
  readonly inbox: Inbox;
  readonly budget: Budget;
  readonly exposure: Exposure;
  readonly clock: SteadyClock;
  readonly logger: Logger;
  readonly emit: (event: RunEventBody) => void;
  /** Of a run that is gone on with: what it did before. */
  readonly past?: PastRun | undefined;
}

/** A call that is made a third time in one task is refused: the model is going in circles. */
const SAME_CALL_LIMIT = 2;

/** The tools as a run uses them: events, limits, approvals and evidence around each call. */
export class Toolbox {
  readonly #parts: ToolboxParts;
  readonly #cache = new CallCache();
  readonly #unsettled: ReadonlySet<string>;
  #nextCall: number;

  constructor(parts: ToolboxParts) {
    this.#parts = parts;
    this.#unsettled = parts.past ? unsettledCalls(parts.past) : new Set();
    const ids = Object.keys(parts.past?.state.calls ?? {});
    this.#nextCall = ids.reduce((last, id) => Math.max(last, numberOf(id)), 0) + 1;
  }

  /** Others wrote what a task came to. */
  exposeTo(source: string): void {
    this.#parts.exposure.add(source);
  }

  /** The tools of one task, with its own count of calls. */
  forTask(taskId: number, signal: AbortSignal): TaskTools {
    const shared = { cache: this.#cache, unsettled: this.#unsettled, callId: () => `c${this.#nextCall++}` };
    return new TaskTools(this.#parts, shared, taskId, signal);
  }
}

/** What the tasks of a run have together. */
interface Shared {
  readonly cache: CallCache;
  /** Calls of which nobody knows whether they were done before the run was interrupted. */
  readonly unsettled: ReadonlySet<string>;
  readonly callId: () => string;
}

/** Why a call asks that was under way when the run was interrupted. */
const UNSETTLED = 'It had no result when the run was interrupted: it may have been done already.';

/** Why a rule of the user does not count. */
const exposedWords = (source: string): string =>
  `This run has read what others wrote (${source}), which may be behind it: rules ask from then on.`;

export class TaskTools {
  readonly evidence: Evidence[] = [];
  readonly #parts: ToolboxParts;
  readonly #shared: Shared;
  readonly #taskId: number;
  readonly #signal: AbortSignal;
  readonly #seen = new Map<string, number>();
  #calls = 0;

  constructor(parts: ToolboxParts, shared: Shared, taskId: number, signal: AbortSignal) {
    this.#parts = parts;
    this.#shared = shared;
    this.#taskId = taskId;
    this.#signal = signal;
  }

  get definitions() {
    return this.#parts.registry.definitions;
  }

  get callsLeft(): number {
    return Math.max(0, this.#parts.budget.limits.toolCalls - this.#calls);
  }

  /** Makes the call. A failure is an observation; only an abort rejects. */
  async call(name: string, args: unknown): Promise<ToolResult> {
    const { emit, clock } = this.#parts;
    this.#signal.throwIfAborted();
    const callId = this.#shared.callId();
    const startedAt = clock.steady();
    emit({ type: 'tool.called', taskId: this.#taskId, callId, tool: name, arguments: args });
    let result: ToolResult | undefined;
    let repeated = false;
    try {
      const refusal = this.#refusal(name, args);
      const made = refusal ? { result: refusal, cited: [], repeated } : await this.#run(name, args, callId);
      ({ result, repeated } = made);
      this.#attribute(made.cited);
      return result;
    } finally {
      emit({
        type: 'tool.returned',
        callId,
        ok: result?.ok ?? false,
        preview: result?.preview ?? 'cancelled',
        artifact: result?.artifact ?? null,
        ...(result?.files?.length ? { files: result.files } : {}),
        ...(repeated ? { repeated } : {}),
        ...(result?.background ? { background: true as const } : {}),
        ...(result && 'exitCode' in result ? { exitCode: result.exitCode ?? null } : {}),
        durationMs: Math.round(clock.steady() - startedAt),
      });
    }
  }

  #refusal(name: string, args: unknown): ToolResult | undefined {
    if (this.callsLeft === 0) {
      const limit = this.#parts.budget.limits.toolCalls;
      return failure(
        `This task has used its ${limit} tool calls. Give the result from what you know.`,
        'tool limit',
      );
    }
    this.#calls++;
    const key = callKey(name, args);
    const times = this.#seen.get(key) ?? 0;
    this.#seen.set(key, times + 1);
    if (times < SAME_CALL_LIMIT || this.#parts.registry.get(name)?.mayRepeat) return undefined;
    return failure(
      'This exact call was made twice already. Use its result, or try something else.',
      'repeated call',
    );
  }

  /** A result that the run had before is given again. */
  async #run(name: string, args: unknown, callId: string): Promise<MadeCall & { repeated: boolean }> {
    const tool = this.#parts.registry.get(name);
    if (!tool) {
      const names = this.#parts.registry.definitions.map((definition) => definition.name).join(', ');
      return refused(`There is no tool “${name}”. The tools are: ${names}.`, `no tool “${name}”`);
    }
    const parsed = tool.parameters.safeParse(args);
    if (!parsed.success) {
      const problems = parsed.error.issues.map(
        (issue) => `${issue.path.join('.') || 'arguments'}: ${issue.message}`,
      );
      return refused(`The arguments of ${name} are wrong. ${problems.join('; ')}.`, 'wrong arguments');
    }
    return this.#shared.cache.answer(tool, parsed.data, () =>
      this.#make(tool, parsed.data, callId, this.#shared.unsettled.has(callKey(name, args))),
    );
  }

  async #make(tool: Tool, args: unknown, callId: string, isUnsettled: boolean): Promise<MadeCall> {
    const cited: Evidence[] = [];
    try {
      const result = await tool.run(args, this.#context(callId, cited, isUnsettled));
      return { result, cited };
    } catch (error) {
      if (this.#signal.aborted || isAbortError(error)) throw error;
      this.#parts.logger.error(`${tool.name}: ${messageOf(error)}`);
      return { result: failure(`${tool.name} failed: ${messageOf(error)}`), cited };
    } finally {
      // What it says, of a fault too, may be words of others.
      if (tool.ownWords !== true) this.#parts.exposure.add(tool.name);
    }
  }

  /** Evidence that a call of another task found is this task's too, once it asks the same. */
  #attribute(cited: readonly Evidence[]): void {
    for (const found of cited) if (!this.evidence.includes(found)) this.evidence.push(found);
  }

  #context(callId: string, cited: Evidence[], isUnsettled: boolean): ToolContext {
    const { runId, emit, inbox, budget, evidence, exposure } = this.#parts;
    return {
      runId,
      callId,
      signal: this.#signal,
      output: (chunk) => emit({ type: 'tool.output', callId, chunk }),
      cite: async (draft) => {
        const found = await evidence.add(callId, draft);
        exposure.learnFrom(draft);
        cited.push(found);
        this.#attribute([found]);
        return found;
      },
      exposure,
      approve: async ({ waiver, ...request }) => {
        const { source } = exposure;
        const mistrusts = waiver?.byRule === true && source !== undefined;
        if (waiver && !isUnsettled && !mistrusts) {
          const { what, command } = request;
          emit({ type: 'approval.waived', callId, what, command, reasons: waiver.reasons });
          return { approved: true, reason: null, waived: true };
        }
        const reasons = [
          ...(isUnsettled ? [UNSETTLED] : []),
          ...(mistrusts ? [exposedWords(source)] : []),
          ...request.reasons,
        ];
        const answer = await budget.offTheClock(() =>
          inbox.ask(callId, { ...request, reasons }, this.#signal),
        );
        // To read on there tells its host nothing new.
        if (answer.approved && request.what === 'url') exposure.learn(request.command);
        return answer;
      },
    };
  }
}

const refused = (content: string, preview: string) => ({
  result: failure(content, preview),
  cited: [],
  repeated: false,
});
