import { counted, span } from '../../core/common/figures';
import type { AttemptResult } from '../../core/evaluation/attemptResult';
import type { Host } from '../host';
import type { EvalCommand } from '../arguments';

/** Tells how far an evaluation is: each result as JSON, or now and then a line. */
export class Progress {
  readonly #total: number;
  readonly #before: number;
  readonly #command: EvalCommand;
  readonly #host: Host;
  readonly #begun = performance.now();
  #told: number;

  /** @param known results of earlier sittings */
  constructor(total: number, known: ReadonlyMap<string, AttemptResult>, command: EvalCommand, host: Host) {
    this.#total = total;
    this.#before = known.size;
    this.#told = known.size;
    this.#command = command;
    this.#host = host;
    if (command.json) return;
    const rest = known.size === 0 ? '' : `, ${known.size} of them made before`;
    host.complain(`${counted(total, 'attempt')}${rest}.`);
  }

  tell(result: AttemptResult, done: number): void {
    if (this.#command.json) {
      const { kept, ...line } = result;
      this.#host.write(`${JSON.stringify({ type: 'attempt', ...line, isKept: kept.length > 0 })}\n`);
      return;
    }
    const step = Math.max(1, Math.floor(this.#total / 10));
    if (done - this.#told < step && done < this.#total) return;
    this.#told = done;
    const took = performance.now() - this.#begun;
    const left = (took / (done - this.#before)) * (this.#total - done);
    this.#host.complain(
      `${done} of ${this.#total}${done < this.#total ? `, about ${span(left)} to go` : ''}`,
    );
  }
}
