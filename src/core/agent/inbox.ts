import { failed, ok, type Result } from '../common/result';
import { controlCharacter } from '../common/terminalText';
import type { PlanTask } from '../memory/case';
import type { Ids } from '../ports';
import type { ApprovalAnswer, ApprovalRequest } from '../tools/tool';
import type { RunEventBody } from './events';
import type { RunInput } from './inputs';
import { isSamePlan, reviewedPlan } from './planReview';

interface PendingApproval {
  readonly request: ApprovalRequest;
  readonly settle: (answer: ApprovalAnswer) => void;
}

interface PendingReview {
  readonly cycle: number;
  readonly proposed: readonly PlanTask[];
  readonly settle: (tasks: readonly PlanTask[] | 'again') => void;
}

/** What a person sends into a run: holds the questions that wait for an answer, each of which can be used once. */
export class Inbox {
  readonly steering: string[];
  readonly #ids: Ids;
  readonly #emit: (event: RunEventBody) => void;
  readonly #approvals = new Map<string, PendingApproval>();
  #review: PendingReview | undefined;
  #reuse: { readonly caseId: string; take(): void } | undefined;
  #exclude: ((caseId: string) => boolean) | undefined;

  /** @param steering what the person said before: of a run that is resumed */
  constructor(ids: Ids, emit: (event: RunEventBody) => void, steering: readonly string[] = []) {
    this.#ids = ids;
    this.#emit = emit;
    this.steering = [...steering];
  }

  /** A fault where the input names nothing that is waiting: a forged or late approval does nothing. */
  receive(input: RunInput): Result<undefined> {
    switch (input.type) {
      case 'approve':
        return this.#approve(input);
      case 'deny':
        return this.#settle(input.approvalId, { approved: false, reason: input.reason ?? null });
      case 'steer':
        return this.#steer(input.text);
      case 'plan':
        return this.#reviewed(input.cycle, input.tasks);
      case 'exclude':
        if (this.#exclude?.(input.caseId) !== true) return TOO_LATE;
        this.#emit({ type: 'case.excluded', caseId: input.caseId });
        if (this.#reuse?.caseId === input.caseId) this.#reuse = undefined;
        return DONE;
      case 'reuse':
        if (this.#reuse?.caseId !== input.caseId) return TOO_LATE;
        this.#reuse.take();
        return DONE;
    }
  }

  /** @returns what withdraws the offer */
  offerReuse(caseId: string, take: () => void): () => void {
    this.#reuse = { caseId, take };
    return () => (this.#reuse = undefined);
  }

  /**
   * @param exclude takes a case away, false where there is none such
   * @returns what ends it
   */
  allowExclusion(exclude: (caseId: string) => boolean): () => void {
    this.#exclude = exclude;
    return () => (this.#exclude = undefined);
  }

  /** Asks for approval of exactly these bytes and waits; an abort withdraws the question. */
  async ask(callId: string, request: ApprovalRequest, signal: AbortSignal): Promise<ApprovalAnswer> {
    signal.throwIfAborted();
    const approvalId = this.#ids.secret();
    const answered = new Promise<ApprovalAnswer>((settle) => {
      this.#approvals.set(approvalId, { request, settle });
    });
    this.#emit({ type: 'approval.requested', callId, approvalId, ...request });
    const answer = await orAborted(answered, signal);
    this.#approvals.delete(approvalId);
    const { approved, reason, ...more } = answer ?? { approved: false, reason: null };
    const decision = answer === undefined ? 'withdrawn' : approved ? 'approved' : 'denied';
    this.#emit({ type: 'approval.resolved', callId, approvalId, decision, reason, ...more });
    signal.throwIfAborted();
    return { approved, reason, ...more };
  }

  /** Waits until a person has looked at the plan; `again` where they said something that asks for another one. */
  async review(
    cycle: number,
    proposed: readonly PlanTask[],
    signal: AbortSignal,
  ): Promise<readonly PlanTask[] | 'again'> {
    signal.throwIfAborted();
    const answered = new Promise<readonly PlanTask[] | 'again'>((settle) => {
      this.#review = { cycle, proposed, settle };
    });
    const answer = await orAborted(answered, signal);
    this.#review = undefined;
    signal.throwIfAborted();
    if (answer === undefined || answer === 'again') return 'again';
    if (!isSamePlan(proposed, answer)) this.#emit({ type: 'plan.edited', cycle, tasks: answer });
    this.#emit({ type: 'plan.approved', cycle });
    return answer;
  }

  #approve({ approvalId, edited, holdsFor }: Extract<RunInput, { type: 'approve' }>): Result<undefined> {
    const pending = this.#approvals.get(approvalId);
    if (!pending) return TOO_LATE;
    const { what, command, code, mayHoldFor } = pending.request;
    if (holdsFor !== undefined && holdsFor !== mayHoldFor) {
      return failed('bad-arguments', 'This can be approved for what it shows, and for nothing else.');
    }
    if (edited === undefined || edited === (code ?? command)) {
      const more = holdsFor === undefined ? {} : { holdsFor };
      return this.#settle(approvalId, { approved: true, reason: null, ...more });
    }
    if (what !== 'command' && what !== 'code') {
      return failed('bad-arguments', 'This can be approved as it is, or denied.');
    }
    if (edited.trim() === '')
      return failed('bad-arguments', 'There is nothing left to run: deny it instead.');
    const control = what === 'command' ? controlCharacter(edited) : undefined;
    if (control !== undefined) {
      return failed('bad-arguments', `A command is one line without control characters (${control}).`);
    }
    return this.#settle(approvalId, { approved: true, reason: null, edited });
  }

  #settle(approvalId: string, answer: ApprovalAnswer): Result<undefined> {
    const pending = this.#approvals.get(approvalId);
    if (!pending) return TOO_LATE;
    this.#approvals.delete(approvalId);
    pending.settle(answer);
    return DONE;
  }

  #steer(text: string): Result<undefined> {
    if (text.trim() === '') return failed('bad-arguments', 'It says nothing.');
    this.steering.push(text);
    this.#emit({ type: 'user.steered', text });
    this.#review?.settle('again');
    return DONE;
  }

  #reviewed(cycle: number, edited: readonly PlanTask[]): Result<undefined> {
    if (this.#review?.cycle !== cycle) return TOO_LATE;
    const tasks = reviewedPlan(this.#review.proposed, edited);
    if (!tasks.ok) return tasks;
    this.#review.settle(tasks.value);
    return DONE;
  }
}

const DONE = ok(undefined);
const TOO_LATE = failed('not-found', 'That came too late: it is settled.');

/** Undefined once the signal aborts. */
async function orAborted<T>(answered: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([answered, aborted]);
  } finally {
    if (onAbort) signal.removeEventListener('abort', onAbort);
  }
}
