/**
 * One run is one stream of events. The panel, the command line, the log on disk and the tests consume this stream;
 * what is shown is a pure fold of it (runState.ts). Transient events are shown live and not kept on disk.
 */
import type { Fault } from '../common/result';
import type { PlanTask, Reward } from '../memory/case';
import type { Design, RetrievedCase } from '../memory/retrieved';
import type { DecisionRecord } from '../memory/runRecord';
import type { CommandEnd } from '../ports';
import type { Citation } from '../tools/citationCheck';
import type { Locator } from '../common/locator';
import type { ApprovalScope, ApprovalSubject, ArtifactFile } from '../tools/tool';

export type { Citation, CitationVerdict, ClaimCheck, MarkCheck } from '../tools/citationCheck';
export type { ApprovalScope, ApprovalSubject, ArtifactFile } from '../tools/tool';
export type { CaseUse, Design, RetrievedCase } from '../memory/retrieved';

export type RunEvent = RunEventBody & {
  /** Version of the event format. */
  readonly v: 1;
  /** 0, 1, 2 … within the run; transient events have numbers too. */
  readonly seq: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly runId: string;
};

/** A source of an answer that is offered again, as it is now. */
export interface OfferedSource {
  readonly source: string;
  readonly changed: boolean;
  /** A web page or an output, which cannot be compared with what it was. Absent where it was compared. */
  readonly unchecked?: true;
}

export type Outcome = 'answered' | 'abstained' | 'exhausted' | 'cancelled' | 'failed';

export type TaskStatus = 'done' | 'failed' | 'cancelled';

export type RunEventBody =
  | {
      readonly type: 'run.started';
      readonly question: string;
      readonly parentRunId: string | null;
      /** The folder that is searched, null with none. */
      readonly workspace: string | null;
    }
  /** A follow-up, as it is understood without what came before it. */
  | { readonly type: 'question.restated'; readonly question: string }
  | { readonly type: 'models.chosen'; readonly planner: string; readonly executor: string }
  | {
      readonly type: 'cases.retrieved';
      readonly policy: string;
      readonly cases: readonly RetrievedCase[];
      readonly candidates: readonly {
        readonly caseId: string;
        readonly similarity: number;
        readonly value: number | null;
      }[];
      /** Why no case is an example, for the user; empty where one is. */
      readonly whyNone: string;
      readonly design: Design;
      /** What the policy learns from once the run is judged. Absent in older logs. */
      readonly decision?: Omit<DecisionRecord, 'design'>;
    }
  | {
      readonly type: 'reuse.offered';
      readonly caseId: string;
      readonly question: string;
      readonly answer: string;
      readonly sources: readonly OfferedSource[];
    }
  | { readonly type: 'reuse.taken'; readonly caseId: string }
  | {
      readonly type: 'plan.proposed';
      readonly cycle: number;
      readonly usedCases: readonly string[];
      readonly tasks: readonly PlanTask[];
      /** It waits until a person has looked at it. Absent where it does not. */
      readonly review?: true;
    }
  /** A person changed the plan before it was done. */
  | { readonly type: 'plan.edited'; readonly cycle: number; readonly tasks: readonly PlanTask[] }
  | { readonly type: 'plan.approved'; readonly cycle: number }
  /** A person took a case away: the plan is dropped, and what it had not done is planned again. */
  | { readonly type: 'case.excluded'; readonly caseId: string }
  | { readonly type: 'user.steered'; readonly text: string }
  | { readonly type: 'task.started'; readonly taskId: number }
  | {
      readonly type: 'tool.called';
      readonly taskId: number;
      readonly callId: string;
      readonly tool: string;
      readonly arguments: unknown;
    }
  | { readonly type: 'tool.output'; readonly callId: string; readonly chunk: string }
  | {
      readonly type: 'approval.requested';
      readonly callId: string;
      /** One-time: an answer must name it. */
      readonly approvalId: string;
      readonly what: ApprovalSubject;
      /** Exactly what will be given to the shell; for a foreign tool its name and arguments. */
      readonly command: string;
      /** The code that the command runs, where there is some. */
      readonly code: string | null;
      readonly reasons: readonly string[];
      /** What the person may approve with it. Absent where there is nothing more. */
      readonly mayHoldFor?: ApprovalScope;
    }
  | {
      readonly type: 'approval.resolved';
      readonly callId: string;
      readonly approvalId: string;
      readonly decision: 'approved' | 'denied' | 'withdrawn';
      readonly reason: string | null;
      /** What the person wrote in place of the code, or of the command where there is no code. Absent where nothing. */
      readonly edited?: string;
      /** What the person approved with it, for the rest of the run. Absent where nothing. */
      readonly holdsFor?: ApprovalScope;
    }
  /** A policy let it run without asking. */
  | {
      readonly type: 'approval.waived';
      readonly callId: string;
      readonly what: ApprovalSubject;
      readonly command: string;
      readonly reasons: readonly string[];
    }
  | {
      readonly type: 'tool.returned';
      readonly callId: string;
      readonly ok: boolean;
      /** One line for a person. */
      readonly preview: string;
      /** Absolute path of what the call left on disk, null with nothing. */
      readonly artifact: string | null;
      /** Files that the call made, for the person: in the run's folder. Absent with none. */
      readonly files?: readonly ArtifactFile[];
      /** The run made this very call before: its result was given again. Absent where it was not. */
      readonly repeated?: true;
      /** Undefined for tools that run nothing; null where the shell did not say. */
      readonly exitCode?: number | null;
      /** The command that the call started goes on in the background. Absent where none does. */
      readonly background?: true;
      readonly durationMs: number;
    }
  | {
      /** A command that went on in the background; after the run's end too. */
      readonly type: 'command.ended';
      readonly callId: string;
      /** `lost`: with the window, or out of sight in another one. */
      readonly endedBy: CommandEnd['endedBy'] | 'lost';
      readonly exitCode: number | null;
    }
  | {
      readonly type: 'evidence.added';
      readonly id: string;
      readonly callId: string;
      readonly source: string;
      readonly title: string;
      readonly locator: Locator;
      readonly text: string;
      /** SHA-256 of the text, hex. */
      readonly hash: string;
      /** When the source was read, milliseconds since the epoch; absent in older logs: with the event. */
      readonly readAt?: number;
    }
  | {
      readonly type: 'task.finished';
      readonly taskId: number;
      readonly status: TaskStatus;
      readonly result: string;
    }
  | { readonly type: 'model.waiting'; readonly until: number; readonly reason: string }
  /** The run was given what others wrote: a tool's name, or one of `GIVEN` in exposure.ts. Rules ask from here on. */
  | { readonly type: 'run.exposed'; readonly source: string }
  | { readonly type: 'notice'; readonly code: string; readonly message: string }
  | { readonly type: 'answer.delta'; readonly text: string }
  | {
      readonly type: 'answer.ready';
      /** Markdown; the marks [e1] are those of `citations`. */
      readonly answer: string;
      readonly shortAnswer: string;
      readonly citations: readonly Citation[];
    }
  | ({ readonly type: 'usage' } & RunUsage)
  | { readonly type: 'run.interrupted' }
  | { readonly type: 'run.resumed' }
  | { readonly type: 'run.finished'; readonly outcome: Outcome; readonly error?: Fault }
  | { readonly type: 'case.stored'; readonly caseId: string }
  | {
      /** Another program thinks so: it weighs nothing until a person judges. */
      readonly type: 'feedback.suggested';
      readonly reward: 1 | 0;
      readonly reason: string | null;
      /** What that program calls itself. */
      readonly by: string;
    }
  | { readonly type: 'feedback.given'; readonly reward: Reward; readonly reason: string | null }
  | {
      /** After a judgement, where the user has lessons on. */
      readonly type: 'lessons.learned';
      /** What a model wrote of the run, empty with nothing worth remembering: text to show, never instructions. */
      readonly lessons: readonly string[];
      /** Of this alone: the run's own is in `usage`. */
      readonly usage: RunUsage;
      /** Why there are none. */
      readonly error?: Fault;
    };

/** What model calls took. */
export interface RunUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars; null where a price is unknown. */
  readonly cost: number | null;
  /** With `cost` null, what the calls whose price is known cost: it was at least this. */
  readonly knownCost?: number;
  readonly modelCalls: number;
}

export type RunEventType = RunEventBody['type'];

const TRANSIENT: ReadonlySet<RunEventType> = new Set<RunEventType>([
  'tool.output',
  'answer.delta',
  'model.waiting',
]);

/** True for an event that is shown live and not kept on disk. */
export const isTransient = (event: RunEvent): boolean => TRANSIENT.has(event.type);
