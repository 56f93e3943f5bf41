/** What a person does during a run. Each comes back as an event. */
export type RunInput =
  | { readonly type: 'approve'; readonly approvalId: string }
  | { readonly type: 'deny'; readonly approvalId: string; readonly reason?: string }
  /** Something the planner should take into account from its next reply on. */
  | { readonly type: 'steer'; readonly text: string }
  /** Take the offered answer of an accepted case and end the run. */
  | { readonly type: 'reuse'; readonly caseId: string };
