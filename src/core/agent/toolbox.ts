import { isAbortError } from '../common/abort';
import { canonicalJson } from '../common/canonicalJson';
import { messageOf } from '../common/result';
import type { Clock, Logger } from '../ports';
import type { Evidence } from '../tools/evidence';
import type { ToolRegistry } from '../tools/registry';
import type { Tool, ToolContext, ToolResult } from '../tools/tool';
import { failure } from '../tools/tool';
import type { Budget } from './budget';
import { CallCache, type MadeCall } from './callCache';
import type { RunEventBody } from './events';
import type { EvidenceLog } from './evidenceLog';
import type { Inbox } from './inbox';

export interface ToolboxParts {
  readonly runId: string;
  readonly registry: ToolRegistry;
  readonly evidence: EvidenceLog;
  readonly inbox: Inbox;
  readonly budget: Budget;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly emit: (event: RunEventBody) => void;
}

/** A call that is made a third time in one task is refused: the model is going in circles. */
const SAME_CALL_LIMIT = 2;

/** The tools as a run uses them: events, limits, approvals and evidence around each call. */
export class Toolbox {
  readonly #parts: ToolboxParts;
  readonly #cache = new CallCache();
  #nextCall = 1;

  constructor(parts: ToolboxParts) {
    this.#parts = parts;
  }

  /** The tools of one task, with its own count of calls. */
  forTask(taskId: number, signal: AbortSignal): TaskTools {
    return new TaskTools(this.#parts, this.#cache, taskId, signal, () => `c${this.#nextCall++}`);
  }
}

export class TaskTools {
  readonly evidence: Evidence[] = [];
  readonly #parts: ToolboxParts;
  readonly #cache: CallCache;
  readonly #taskId: number;
  readonly #signal: AbortSignal;
  readonly #callId: () => string;
  readonly #seen = new Map<string, number>();
  #calls = 0;

  constructor(
    parts: ToolboxParts,
    cache: CallCache,
    taskId: number,
    signal: AbortSignal,
    callId: () => string,
  ) {
    this.#parts = parts;
    this.#cache = cache;
    this.#taskId = taskId;
    this.#signal = signal;
    this.#callId = callId;
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
    const callId = this.#callId();
    const startedAt = clock.now();
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
        ...(result && 'exitCode' in result ? { exitCode: result.exitCode ?? null } : {}),
        durationMs: clock.now() - startedAt,
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
    const key = `${name} ${canonicalJson(args)}`;
    const times = this.#seen.get(key) ?? 0;
    this.#seen.set(key, times + 1);
    if (times < SAME_CALL_LIMIT) return undefined;
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
    return this.#cache.answer(tool, parsed.data, () => this.#make(tool, parsed.data, callId));
  }

  async #make(tool: Tool, args: unknown, callId: string): Promise<MadeCall> {
    const cited: Evidence[] = [];
    try {
      return { result: await tool.run(args, this.#context(callId, cited)), cited };
    } catch (error) {
      if (this.#signal.aborted || isAbortError(error)) throw error;
      this.#parts.logger.error(`${tool.name}: ${messageOf(error)}`);
      return { result: failure(`${tool.name} failed: ${messageOf(error)}`), cited };
    }
  }

  /** Evidence that a call of another task found is this task's too, once it asks the same. */
  #attribute(cited: readonly Evidence[]): void {
    for (const found of cited) if (!this.evidence.includes(found)) this.evidence.push(found);
  }

  #context(callId: string, cited: Evidence[]): ToolContext {
    const { runId, emit, inbox, budget, evidence } = this.#parts;
    return {
      runId,
      callId,
      signal: this.#signal,
      output: (chunk) => emit({ type: 'tool.output', callId, chunk }),
      cite: async (draft) => {
        const found = await evidence.add(callId, draft);
        cited.push(found);
        this.#attribute([found]);
        return found;
      },
      approve: (request) => budget.offTheClock(() => inbox.ask(callId, request, this.#signal)),
    };
  }
}

const refused = (content: string, preview: string) => ({
  result: failure(content, preview),
  cited: [],
  repeated: false,
});
