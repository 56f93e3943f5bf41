import type { Fault, Result } from '../common/result';
import type {
  ChatModel,
  ChatOptions,
  ChatReply,
  ChatRequest,
  ChatUsage,
  SteadyClock,
  Transcriber,
} from '../ports';
import type { RunEventBody, RunUsage } from './events';
import type { Limits, Prices } from './limits';
import { priceOf } from './prices';
import { PromptTokens } from './promptTokens';

/**
 * The one choke point: every model call of a run passes `metered(model)`, which asks the budget first and books what
 * was used. Time spent waiting for a person does not count.
 */
export class Budget {
  readonly limits: Limits;
  /** How long the forced answer may take, milliseconds. */
  readonly lastWordMs = 60_000;
  readonly #prices: Prices;
  readonly #clock: SteadyClock;
  readonly #emit: (event: RunEventBody) => void;
  readonly #startedAt: number;
  #waitedMs = 0;
  #waiters = 0;
  #waitingSince = 0;
  #calls = 0;
  #tokens: { input: number; output: number } = { input: 0, output: 0 };
  #cost = 0;
  #costKnown = true;
  /** Set while the one forced answer is written, which a limit must not stop. */
  #lastWord = false;

  /** @param spent by the run before it was interrupted */
  constructor(
    limits: Limits,
    prices: Prices,
    clock: SteadyClock,
    emit: (event: RunEventBody) => void,
    spent?: RunUsage,
  ) {
    if (spent) {
      this.#calls = spent.modelCalls;
      this.#tokens = { input: spent.inputTokens, output: spent.outputTokens };
      this.#cost = spent.cost ?? spent.knownCost ?? 0;
      this.#costKnown = spent.cost !== null;
    }
    this.limits = limits;
    this.#prices = prices;
    this.#clock = clock;
    this.#emit = emit;
    this.#startedAt = clock.steady();
  }

  /**
   * The limit that is reached, as a fault for a person; undefined while the run may go on.
   * @param promptTokens of the call that is about to be made
   */
  reached(promptTokens = 0): Fault | undefined {
    const { modelCalls, tokens, cost } = this.limits;
    if (this.#calls >= modelCalls) return limitFault(`${modelCalls} model calls`, 'modelCalls');
    if (tokens !== null && this.#tokens.input + this.#tokens.output + promptTokens >= tokens) {
      return limitFault(`${tokens} tokens`, 'tokens');
    }
    // With nothing allowed, a model that costs nothing may go on.
    if (cost !== null && this.#cost > 0 && this.#cost >= cost) return limitFault(`$${cost}`, 'cost');
    if (this.remainingMs() <= 0) return this.outOfTime();
    return undefined;
  }

  isLimit(fault: Fault): boolean {
    return fault.code === 'limit';
  }

  cyclesUsed(): Fault {
    return limitFault(`${this.limits.cycles} plans`, 'cycles');
  }

  outOfTime(): Fault {
    return limitFault(`${this.limits.minutes} minutes`, 'minutes');
  }

  /** Milliseconds of working time left. */
  remainingMs(): number {
    const now = this.#clock.steady();
    const waiting = this.#waiters > 0 ? now - this.#waitingSince : 0;
    return this.limits.minutes * 60_000 - (now - this.#startedAt - this.#waitedMs - waiting);
  }

  /** Runs `wait` (a person thinks) with the run's clock stopped. */
  async offTheClock<T>(wait: () => Promise<T>): Promise<T> {
    if (this.#waiters++ === 0) this.#waitingSince = this.#clock.steady();
    try {
      return await wait();
    } finally {
      if (--this.#waiters === 0) this.#waitedMs += this.#clock.steady() - this.#waitingSince;
    }
  }

  /** From here on calls pass whatever was spent: only for the forced answer. */
  grantLastWord(): void {
    this.#lastWord = true;
  }

  /** The model, with each call checked and booked, and with counts of tokens that its server has corrected. */
  metered(model: ChatModel): ChatModel {
    const tokens = new PromptTokens(model);
    return {
      ...model,
      tokens,
      complete: async (request: ChatRequest, options: ChatOptions): Promise<Result<ChatReply>> => {
        const promptTokens = await tokens.countRequest(request);
        const limit = this.#lastWord ? undefined : this.reached(promptTokens);
        if (limit) return { ok: false, fault: limit };
        this.#calls++;
        const reply = await model.complete(request, {
          ...options,
          onWaiting: (until, reason) => this.#emit({ type: 'model.waiting', until, reason }),
        });
        if (!reply.ok) {
          this.#book(model.id, undefined);
          return reply;
        }
        const { usage } = reply.value;
        if (usage) await tokens.calibrate(request, usage);
        // For servers that report no usage, so that a token limit still holds.
        const outputTokens = usage?.outputTokens ?? (await tokens.countReply(reply.value));
        this.#book(model.id, usage ?? { inputTokens: promptTokens, outputTokens });
        return reply;
      },
    };
  }

  /** Counted as a model call each; what it costs is not known, as speech is priced by the minute. */
  meteredTranscriber(transcriber: Transcriber): Transcriber {
    return {
      id: transcriber.id,
      transcribe: async (audio, signal) => {
        const limit = this.reached();
        if (limit) return { ok: false, fault: limit };
        this.#calls++;
        const heard = await transcriber.transcribe(audio, signal);
        if (heard.ok) this.#costKnown = false;
        this.report();
        return heard;
      },
    };
  }

  /** The totals so far, as an event. */
  report(): void {
    this.#emit({
      type: 'usage',
      inputTokens: this.#tokens.input,
      outputTokens: this.#tokens.output,
      cost: this.#costKnown ? this.#cost : null,
      ...(this.#costKnown || this.#cost === 0 ? {} : { knownCost: this.#cost }),
      modelCalls: this.#calls,
    });
  }

  #book(model: string, usage: ChatUsage | undefined): void {
    const price = priceOf(this.#prices, model);
    // A call that failed may have cost something too.
    if (!price) this.#costKnown = false;
    if (usage) {
      this.#tokens.input += usage.inputTokens;
      this.#tokens.output += usage.outputTokens;
      if (price) this.#cost += (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1e6;
    }
    this.report();
  }
}

const limitFault = (what: string, setting: string): Fault => ({
  code: 'limit',
  message: `The run reached its limit of ${what} (memento.limits.${setting}).`,
});
