/** What is known of a run: what the panel, the terminal and a past run's page show. */
import type { Fault } from '../common/result';
import type { PlanTask, Reward } from '../memory/case';
import type { Evidence } from '../tools/evidence';
import type {
  ApprovalScope,
  ApprovalSubject,
  ArtifactFile,
  Citation,
  Design,
  OfferedSource,
  Outcome,
  RetrievedCase,
  RunEvent,
  RunUsage,
  TaskStatus,
} from './events';

type CommandEnded = Extract<RunEvent, { readonly type: 'command.ended' }>;

export interface CallState {
  readonly callId: string;
  readonly taskId: number;
  readonly tool: string;
  readonly arguments: unknown;
  readonly startedAt: number;
  readonly status: 'running' | 'waiting' | 'ok' | 'failed' | 'interrupted';
  /** The last part of the live output. */
  readonly output: string;
  readonly preview: string;
  readonly artifact: string | null;
  /** What the call made, for the person. */
  readonly files: readonly ArtifactFile[];
  /** Answered with the result of the same call before. */
  readonly repeated: boolean;
  /** Why it ran without asking, one sentence each; null where nothing had to be asked, or it was. */
  readonly waived: readonly string[] | null;
  readonly exitCode: number | null | undefined;
  /** How the command stands that the call left running; null where it left none. */
  readonly background: 'running' | CommandEnded['endedBy'] | null;
  readonly durationMs: number | null;
  readonly evidence: readonly string[];
}

export interface TaskState extends PlanTask {
  readonly cycle: number;
  /** `dropped`: its plan was, before it began. */
  readonly status: 'pending' | 'running' | TaskStatus | 'interrupted' | 'dropped';
  readonly result: string;
  readonly calls: readonly string[];
}

export interface ApprovalState {
  readonly approvalId: string;
  readonly callId: string;
  readonly what: ApprovalSubject;
  readonly command: string;
  readonly code: string | null;
  readonly reasons: readonly string[];
  /** What the person may approve with it; null where there is nothing more. */
  readonly mayHoldFor: ApprovalScope | null;
  readonly decision: 'pending' | 'approved' | 'denied' | 'withdrawn';
  /** What ran in place of the code, or of the command where there is none; null where nothing did. */
  readonly edited: string | null;
  /** What was approved with it, for the rest of the run. */
  readonly holdsFor: ApprovalScope | null;
}

/** What another program thinks of an answer. It weighs nothing until a person judges: only a person teaches. */
export interface Suggestion {
  readonly reward: 1 | 0;
  readonly reason: string | null;
  /** What that program calls itself. */
  readonly by: string;
}

export interface RunState {
  readonly runId: string;
  readonly question: string;
  /** A follow-up as it is understood without what came before it; null where it stands alone. */
  readonly restated: string | null;
  readonly parentRunId: string | null;
  readonly workspace: string | null;
  readonly models: { readonly planner: string; readonly executor: string };
  readonly status: 'starting' | 'running' | 'waiting' | 'interrupted' | 'finished';
  readonly outcome: Outcome | null;
  readonly error: Fault | null;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly policy: string;
  /** Null until retrieval is done. */
  readonly cases: readonly RetrievedCase[] | null;
  /** Why no case is an example; empty where one is. */
  readonly whyNone: string;
  /** The coins of the experiment, which nobody is told of before the run is judged. Null until retrieval is done. */
  readonly design: Design | null;
  /** Cases that the person took away. */
  readonly excluded: readonly string[];
  readonly usedCases: readonly string[];
  readonly reuse: {
    readonly caseId: string;
    readonly answer: string;
    readonly sources: readonly OfferedSource[];
    readonly taken: boolean;
  } | null;
  readonly cycle: number;
  readonly tasks: readonly TaskState[];
  /** The plan that waits until a person has looked at it, as the planner made it. */
  readonly review: { readonly cycle: number; readonly tasks: readonly PlanTask[] } | null;
  readonly calls: Readonly<Record<string, CallState>>;
  readonly approvals: readonly ApprovalState[];
  readonly evidence: Readonly<Record<string, Evidence>>;
  readonly steering: readonly string[];
  /** Where the first text that others wrote came from; null while the run has read none. */
  readonly exposedTo: string | null;
  readonly notices: readonly { readonly code: string; readonly message: string }[];
  readonly waiting: { readonly until: number; readonly reason: string } | null;
  /** As far as it is written, then as it is. */
  readonly answer: string;
  readonly shortAnswer: string;
  /** Null until the answer is ready. */
  readonly citations: readonly Citation[] | null;
  /** With that of lessons learned since. */
  readonly usage: RunUsage;
  readonly toolCalls: number;
  readonly caseId: string | null;
  readonly feedback: { readonly reward: Reward; readonly reason: string | null } | null;
  /** What other programs think, until a person has judged. */
  readonly suggestions: readonly Suggestion[];
  /** What the judgement taught; null where nothing is said of it. */
  readonly learned: { readonly lessons: readonly string[]; readonly error: Fault | null } | null;
}
