/** Goes through the rounds of an evaluation: asks, grades, writes down, and lets each arm's memory learn. */
import type { PolicyName } from '../memory/retrieved';
import { losslessRecord } from '../memory/transfer/lossless';
import type { MemoryRecord } from '../memory/transfer/record';
import type { AttemptResult, Spent } from './attemptResult';
import type { Caps, EvaluatorOptions } from './evaluatorOptions';
import { makeAttempt } from './makeAttempt';
import { inParallel } from './parallel';
import type { Attempt, Round } from './schedule/schedule';

/** Why it ended before all attempts were made. */
export interface Stop {
  readonly by: 'cancelled' | 'cap' | 'failures';
  /** One sentence for a person. */
  readonly words: string;
}

export interface EvaluationEnd {
  readonly results: ReadonlyMap<string, AttemptResult>;
  /** Undefined: all attempts were made. */
  readonly stopped: Stop | undefined;
}

/** So many failed runs in a row are a server that is gone, not answers that are wrong. */
const FAILURES = 5;

export class Evaluator {
  readonly #options: EvaluatorOptions;
  readonly #results: Map<string, AttemptResult>;
  /** Failures that are not written down until a later attempt shows that they are the question's own. */
  #failures: AttemptResult[] = [];
  #stopped: Stop | undefined;
  #total = 0;

  /** @param known results of an earlier sitting */
  constructor(options: EvaluatorOptions, known: ReadonlyMap<string, AttemptResult>) {
    this.#options = options;
    this.#results = new Map(known);
  }

  /** Rejects as the log and the memories do. An abort ends it as a stop that says so. */
  async run(rounds: readonly Round[], signal: AbortSignal): Promise<EvaluationEnd> {
    const order = new Map(rounds.flat().map(({ key }, i) => [key, i]));
    this.#total = order.size;
    for (const round of rounds) {
      const missing = round.filter(({ key }) => !this.#results.has(key));
      await inParallel(
        missing,
        { atOnce: this.#options.workers, isOver: () => this.#isOver(signal) },
        (attempt) => this.#attempt(attempt, order.get(attempt.key) ?? 0, signal),
      );
      if (this.#stopped !== undefined) break;
      await this.#writeFailures();
      await this.#learn(round);
    }
    return { results: this.#results, stopped: this.#stopped };
  }

  async #attempt(attempt: Attempt, place: number, signal: AbortSignal): Promise<void> {
    const result = await makeAttempt(attempt, place, { ...this.#options, signal });
    if (result === undefined) return;
    if (result.outcome === 'failed') {
      this.#failures.push(result);
      if (this.#failures.length >= FAILURES) {
        const words = `${FAILURES} runs in a row failed, the last one so: ${result.fault ?? 'no reason was given'}`;
        this.#stopped = { by: 'failures', words };
      }
      return;
    }
    await this.#writeFailures();
    await this.#keep(result);
  }

  async #writeFailures(): Promise<void> {
    const failures = this.#failures;
    this.#failures = [];
    for (const failure of failures) await this.#keep(failure);
  }

  async #keep(result: AttemptResult): Promise<void> {
    await this.#options.append(result);
    this.#results.set(result.key, result);
    this.#options.onResult(result, this.#results.size, this.#total);
  }

  #isOver(signal: AbortSignal): boolean {
    if (signal.aborted) this.#stopped ??= { by: 'cancelled', words: 'It was cancelled.' };
    const cap = capReached(this.#options.caps, [...this.#results.values()]);
    if (cap !== undefined) this.#stopped ??= { by: 'cap', words: cap };
    return this.#stopped !== undefined;
  }

  /** What the arms' memories get of a round, in the order in which it was planned. */
  async #learn(round: Round): Promise<void> {
    const byArm = new Map<Exclude<PolicyName, 'none'>, MemoryRecord[]>();
    for (const { key, arm, learns } of round) {
      if (!learns || arm === 'none') continue;
      const records = (this.#results.get(key)?.kept ?? []).flatMap(recordOf);
      byArm.set(arm, [...(byArm.get(arm) ?? []), ...records]);
    }
    for (const [arm, records] of byArm) {
      if (records.length > 0) await this.#options.memoryOf(arm).importAll(records);
    }
  }
}

/** @throws Error for a line that is no record: the log is damaged, and to go on would be another evaluation */
function recordOf(line: string): readonly MemoryRecord[] {
  const value: unknown = JSON.parse(line);
  const read = losslessRecord(value);
  if (typeof read === 'string') throw new Error(`A case in the evaluation's log cannot be read: ${read}.`);
  return [read.record];
}

/** Which cap the results have reached, as a sentence. */
function capReached({ cost, tokens }: Caps, results: readonly AttemptResult[]): string | undefined {
  const all = results.flatMap(({ spent, judgeSpent }) => [spent, judgeSpent]);
  const used = sum(all, ({ inputTokens, outputTokens }) => inputTokens + outputTokens);
  if (tokens !== undefined && used >= tokens) {
    return `It has used ${used.toLocaleString('en')} tokens, and ${tokens.toLocaleString('en')} are allowed.`;
  }
  const spent = sum(all, (each) => each.cost ?? 0);
  if (cost !== undefined && spent > 0 && spent >= cost) {
    return `It has cost $${spent.toFixed(2)}, and $${cost} are allowed.`;
  }
  return undefined;
}

const sum = (all: readonly Spent[], of: (spent: Spent) => number): number =>
  all.reduce((total, each) => total + of(each), 0);
