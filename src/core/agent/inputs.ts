import type { PlanTask } from '../memory/case';
import type { ApprovalScope } from '../tools/tool';

/** What a person does during a run. Each comes back as an event. */
export type RunInput =
  /**
   * `edited` runs instead of what was asked about: the code where there is some, else the command. `holdsFor`: the person
   * allows all of this in the rest of the run; only where the question offers it.
   */
  | {
      readonly type: 'approve';
      readonly approvalId: string;
      readonly edited?: string;
      readonly holdsFor?: ApprovalScope;
    }
  | { readonly type: 'deny'; readonly approvalId: string; readonly reason?: string }
  /** Something the planner should take into account from its next reply on; a plan that waits for a review is made anew. */
  | { readonly type: 'steer'; readonly text: string }
  /** Do the plan of this cycle, which waits for a review, as it is here. */
  | { readonly type: 'plan'; readonly cycle: number; readonly tasks: readonly PlanTask[] }
  /** Plan again without this case. */
  | { readonly type: 'exclude'; readonly caseId: string }
  /** Take the offered answer of an accepted case and end the run. */
  | { readonly type: 'reuse'; readonly caseId: string };
