/** The composition root of the core: ports in, an assistant out. Hosts: src/extension.ts and src/cli.ts. */
import type { Limits, Prices } from './agent/limits';
import type { Run } from './agent/run';
import type { RunEvent } from './agent/events';
import type { RunStore } from './agent/runStore';
import type { Result } from './common/result';
import type { CaseBank } from './memory/bank';
import type { Case, Reward } from './memory/case';
import type { ChatModel, Clock, CommandRunner, Encoder, Files, Ids, Logger, WorkspaceSearch } from './ports';
import type { ToolResult } from './tools/tool';

/** `undefined` chooses the extractive planner or executor. */
export interface ModelPair {
  readonly planner: ChatModel | undefined;
  readonly executor: ChatModel | undefined;
}

export interface Ports {
  readonly bank: CaseBank;
  readonly runs: RunStore;
  readonly encoder: Encoder;
  /** Name of the folder that is searched, undefined with none open. */
  readonly workspace: string | undefined;
  readonly files: Files | undefined;
  readonly search: WorkspaceSearch | undefined;
  readonly commands: CommandRunner | undefined;
  /** Asked anew for each run, so that a changed setting counts at once. */
  models(signal: AbortSignal): Promise<Result<ModelPair>>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
}

export type PolicyName = 'none' | 'similarity';

export interface ResearchOptions {
  readonly policy?: PolicyName;
  /** How many cases may be shown; a ceiling. */
  readonly k?: number;
  readonly limits?: Partial<Limits>;
  readonly prices?: Prices;
  readonly parentRunId?: string;
  /** Take the answer of an accepted case of the same question, if there is one, without asking. */
  readonly reuse?: boolean;
}

export interface Assistant {
  /** Starts a run. Every fault, an empty question included, ends as a run that says so. */
  research(question: string, options?: ResearchOptions): Run;
  /** A run under way in this process. */
  running(runId: string): Run | undefined;
  /** Rewards (1, 0) or withdraws (null) the run's case. Only ever called for a person's own click or command. */
  judge(runId: string, reward: Reward, reason: string | null): Promise<Result<Case>>;
  /** Fires after a judgement with the `feedback.given` event that was added to the run's log. */
  readonly onDidJudge: (listener: (event: RunEvent) => void) => { dispose(): void };
  /** Runs one tool alone; `approve` is asked where the tool would ask in a run. */
  callTool(
    name: string,
    args: unknown,
    host: {
      approve(command: string, code: string | null): Promise<boolean>;
      output(chunk: string): void;
      signal: AbortSignal;
    },
  ): Promise<Result<ToolResult>>;
}
