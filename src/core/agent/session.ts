/** What a run is given, and what its parts share while it lives. */
import type { Fault, Result } from '../common/result';
import { messageOf } from '../common/result';
import type { Secrets } from '../common/secrets';
import type { CaseBank } from '../memory/bank';
import type { CoinRates } from '../memory/policy/coins';
import type { PolicyName } from '../memory/retrieved';
import type { ChatModel, Encoder, Files, Ids, Logger, SteadyClock } from '../ports';
import type { ToolRegistry } from '../tools/registry';
import type { Budget } from './budget';
import type { RunEventBody } from './events';
import type { EvidenceLog } from './evidenceLog';
import type { Inbox } from './inbox';
import type { Limits, Prices } from './limits';
import type { PastRun } from './pastRun';
import type { Recalled } from './recall';
import type { Recorder } from './recorder';
import type { Executor, Planner } from './roles';
import type { RunStore } from './runStore';

/** Who asks for tools. */
export interface ToolCaller {
  readonly executor: Executor;
  /** What tools ask of models passes it. */
  readonly budget: Budget;
  readonly signal: AbortSignal;
  /** The person's Stop, which outlives the work. */
  readonly cancelled: AbortSignal;
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
  /** Another program wrote the question, and may have been told to. */
  readonly askedByAgent: boolean;
  readonly workspace: string | undefined;
  readonly files: Files | undefined;
  /** The tools of this run: asked once, for servers may come and go. */
  tools(caller: ToolCaller): Promise<ToolSet>;
  readonly bank: CaseBank;
  readonly runs: RunStore;
  readonly encoder: Encoder;
  readonly secrets: Secrets;
  readonly clock: SteadyClock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly policy: PolicyName;
  readonly k: number;
  readonly rates: CoinRates;
  readonly limits: Limits;
  readonly prices: Prices;
  /** Each plan waits until a person has looked at it. */
  readonly reviewPlans: boolean;
  /** The run that this one goes on with, in place of a new one. */
  readonly past?: PastRun | undefined;
  /** Take an offered answer without asking. */
  readonly reuse: boolean;
  /** What the run has left running, one sentence each for a person. */
  leftRunning(runId: string): readonly string[];
  /** Planner and executor, or why there are none; their model calls pass `budget`. */
  crew(budget: Budget, signal: AbortSignal): Promise<Result<Crew>>;
}

export interface Session extends RunParts {
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
  /** It has ended where it was, to be gone on with later. */
  isInterrupted: boolean;
}

/** What a throw, which is a bug, looks like to the user; the log has the rest. */
export function bug({ logger }: Session, error: unknown): Fault {
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return { code: 'internal', message: `Something went wrong inside Memento: ${messageOf(error)}` };
}
