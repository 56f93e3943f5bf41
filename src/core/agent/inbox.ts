import type { Ids } from '../ports';
import type { ApprovalRequest } from '../tools/tool';
import type { RunEventBody } from './events';
import type { RunInput } from './inputs';

export interface ApprovalAnswer {
  readonly approved: boolean;
  readonly reason: string | null;
}

/** What a person sends into a run: holds the questions that wait for an answer, each of which can be used once. */
export class Inbox {
  readonly steering: string[] = [];
  readonly #ids: Ids;
  readonly #emit: (event: RunEventBody) => void;
  readonly #pending = new Map<string, (answer: ApprovalAnswer) => void>();
  #reuse: { readonly caseId: string; take(): void } | undefined;

  constructor(ids: Ids, emit: (event: RunEventBody) => void) {
    this.#ids = ids;
    this.#emit = emit;
  }

  /** False where the input names nothing that is waiting: a forged or late approval does nothing. */
  receive(input: RunInput): boolean {
    switch (input.type) {
      case 'approve':
        return this.#answer(input.approvalId, { approved: true, reason: null });
      case 'deny':
        return this.#answer(input.approvalId, { approved: false, reason: input.reason ?? null });
      case 'steer':
        if (input.text.trim() === '') return false;
        this.steering.push(input.text);
        this.#emit({ type: 'user.steered', text: input.text });
        return true;
      case 'reuse':
        if (this.#reuse?.caseId !== input.caseId) return false;
        this.#reuse.take();
        return true;
    }
  }

  offerReuse(caseId: string, take: () => void): void {
    this.#reuse = { caseId, take };
  }

  withdrawReuse(): void {
    this.#reuse = undefined;
  }

  /** Asks for approval of exactly these bytes and waits; an abort withdraws the question. */
  async ask(callId: string, request: ApprovalRequest, signal: AbortSignal): Promise<ApprovalAnswer> {
    signal.throwIfAborted();
    const approvalId = this.#ids.secret();
    const answered = new Promise<ApprovalAnswer>((resolve) => this.#pending.set(approvalId, resolve));
    let onAbort: (() => void) | undefined;
    const aborted = new Promise<undefined>((resolve) => {
      onAbort = () => resolve(undefined);
      signal.addEventListener('abort', onAbort, { once: true });
    });
    this.#emit({ type: 'approval.requested', callId, approvalId, ...request });
    try {
      const answer = await Promise.race([answered, aborted]);
      const decision = answer === undefined ? 'withdrawn' : answer.approved ? 'approved' : 'denied';
      this.#emit({ type: 'approval.resolved', callId, approvalId, decision, reason: answer?.reason ?? null });
      signal.throwIfAborted();
      return answer ?? { approved: false, reason: null };
    } finally {
      this.#pending.delete(approvalId);
      if (onAbort) signal.removeEventListener('abort', onAbort);
    }
  }

  #answer(approvalId: string, answer: ApprovalAnswer): boolean {
    const resolve = this.#pending.get(approvalId);
    if (!resolve) return false;
    this.#pending.delete(approvalId);
    resolve(answer);
    return true;
  }
}
