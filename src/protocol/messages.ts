/** The messages between the extension host and the panel's webview: one closed union a direction. */
import type { ApprovalScope, RunEvent } from '../core/agent/events';
import type { RunFormat } from '../core/export/exportedRun';
import type { PlanTask } from '../core/memory/case';
import type { RemedyName } from './remedies';

export type HostMessage =
  /** Events of the run that the panel shows; `reset` starts over (first message, or another run). */
  | {
      readonly type: 'events';
      readonly runId: string;
      readonly reset: boolean;
      /** False where the run is not under way in this window: nothing will follow but feedback. */
      readonly live: boolean;
      /** Another window, or the command line, is at work on it: more may follow. */
      readonly elsewhere?: true;
      readonly events: readonly RunEvent[];
    }
  /** The run cannot be shown, in one sentence. */
  | { readonly type: 'unavailable'; readonly message: string }
  | ReplyMessage;

/** The answer to a request. */
export interface ReplyMessage {
  readonly type: 'reply';
  readonly requestId: number;
  readonly ok: boolean;
  readonly message: string;
}

export type WebviewRequest =
  /** `edited` runs in place of the code, or of the command where there is none. `holdsFor`: all of this run, too. */
  | {
      readonly type: 'approve';
      readonly approvalId: string;
      readonly edited?: string | undefined;
      readonly holdsFor?: ApprovalScope | undefined;
    }
  | { readonly type: 'deny'; readonly approvalId: string; readonly reason?: string | undefined }
  | { readonly type: 'stop' }
  | { readonly type: 'steer'; readonly text: string }
  /** Do the plan that waits for a review, as it is here. */
  | { readonly type: 'plan'; readonly cycle: number; readonly tasks: readonly PlanTask[] }
  /** Plan again without this case. */
  | { readonly type: 'exclude'; readonly caseId: string }
  | { readonly type: 'reuse'; readonly caseId: string }
  /** null withdraws. */
  | { readonly type: 'judge'; readonly reward: 1 | 0 | null; readonly reason?: string | undefined }
  /** `mark`: at the place that this mark of the answer stands on, counted from 0; else where the evidence begins. */
  | { readonly type: 'openEvidence'; readonly evidenceId: string; readonly mark?: number | undefined }
  /** The output of a call, or with `path` a file that it made. */
  | { readonly type: 'openArtifact'; readonly callId: string; readonly path?: string | undefined }
  /** The reply's message is the beginning of a file that the call made. */
  | { readonly type: 'readArtifact'; readonly callId: string; readonly path: string }
  /** The terminal of a command that goes on in the background. */
  | { readonly type: 'showCommand'; readonly callId: string }
  | { readonly type: 'stopCommand'; readonly callId: string }
  | { readonly type: 'openCase'; readonly caseId: string }
  /** A run before this one. */
  | { readonly type: 'openRun'; readonly runId: string }
  /** Go on with the run, which was interrupted. */
  | { readonly type: 'resume' }
  | { readonly type: 'followUp'; readonly question: string }
  | { readonly type: 'copyAnswer' }
  | { readonly type: 'export'; readonly format: RunFormat }
  /** Keep a file that the call made where the person says. */
  | { readonly type: 'saveArtifact'; readonly callId: string; readonly path: string }
  /** What mends the fault that the page shows. */
  | { readonly type: 'remedy'; readonly name: RemedyName }
  | { readonly type: 'researchAgain' };

/** What the page of a panel says, whatever it asks for. */
export type PageMessage<Request> =
  /** The page is up and asks for what it shows. */
  | { readonly type: 'ready' }
  /** An error in the page, for the log. */
  | { readonly type: 'error'; readonly message: string }
  | { readonly type: 'request'; readonly requestId: number; readonly request: Request };

/** Of a run's page; the host answers `ready` with `events` that have `reset`. */
export type WebviewMessage = PageMessage<WebviewRequest>;
