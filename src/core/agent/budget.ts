import type { Fault, Result } from '../common/result';
import type { ChatModel, ChatOptions, ChatReply, ChatRequest, ChatUsage, Clock, Transcriber } from '../ports';
import type { RunEventBody } from './events';
import type { Limits, Prices } from './limits';

/**
 * The one choke point: every model call of a run passes `metered(model)`, which asks the budget first and books what
 * was used. Time spent waiting for a person does not count.
 */
export class Budget {
  readonly limits: Limits;
  /** How long the forced answer may take, milliseconds. */
  readonly lastWordMs = 60_000;
  readonly #prices: Prices;
  readonly #clock: Clock;
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

  constructor(limits: Limits, prices: Prices, clock: Clock, emit: (event: RunEventBody) => void) {
    this.limits = limits;
    this.#prices = prices;
    this.#clock = clock;
    this.#emit = emit;
    this.#startedAt = clock.now();
  }

  /** The limit that is reached, as a fault for a person; undefined while the run may go on. */
  reached(): Fault | undefined {
    const { modelCalls, tokens, cost } = this.limits;
    if (this.#calls >= modelCalls) return limitFault(`${modelCalls} model calls`, 'modelCalls');
    if (tokens !== null && this.#tokens.input + this.#tokens.output >= tokens) {
      return limitFault(`${tokens} tokens`, 'tokens');
    }
    if (cost !== null && this.#cost >= cost) return limitFault(`$${cost}`, 'cost');
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
    const now = this.#clock.now();
    const waiting = this.#waiters > 0 ? now - this.#waitingSince : 0;
    return this.limits.minutes * 60_000 - (now - this.#startedAt - this.#waitedMs - waiting);
  }

  /** Runs `wait` (a person thinks) with the run's clock stopped. */
  async offTheClock<T>(wait: () => Promise<T>): Promise<T> {
    if (this.#waiters++ === 0) this.#waitingSince = this.#clock.now();
    try {
      return await wait();
    } finally {
      if (--this.#waiters === 0) this.#waitedMs += this.#clock.now() - this.#waitingSince;
    }
  }

  /** From here on calls pass whatever was spent: only for the forced answer. */
  grantLastWord(): void {
    this.#lastWord = true;
  }

  metered(model: ChatModel): ChatModel {
    return {
      id: model.id,
      complete: async (request: ChatRequest, options: ChatOptions): Promise<Result<ChatReply>> => {
        const limit = this.#lastWord ? undefined : this.reached();
        if (limit) return { ok: false, fault: limit };
        this.#calls++;
        const reply = await model.complete(request, {
          ...options,
          onWaiting: (until, reason) => this.#emit({ type: 'model.waiting', until, reason }),
        });
        this.#book(model.id, reply.ok ? (reply.value.usage ?? estimate(request, reply.value)) : undefined);
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
      modelCalls: this.#calls,
    });
  }

  #book(model: string, usage: ChatUsage | undefined): void {
    if (usage) {
      this.#tokens.input += usage.inputTokens;
      this.#tokens.output += usage.outputTokens;
      const price = this.#prices[model];
      if (price) this.#cost += (usage.inputTokens * price.input + usage.outputTokens * price.output) / 1e6;
      else this.#costKnown = false;
    }
    this.report();
  }
}

/** About what common models take an image for. */
const IMAGE_TOKENS = 1_000;

/** Four characters a token: for servers that report no usage, so that a token limit still holds. */
function estimate(request: ChatRequest, reply: ChatReply): ChatUsage {
  const input = request.messages.reduce((sum, message) => sum + message.content.length, 0);
  const images = request.messages.reduce(
    (sum, message) => sum + (message.role === 'user' ? (message.images?.length ?? 0) : 0),
    0,
  );
  const output = reply.toolCalls.reduce((sum, call) => sum + call.arguments.length, reply.text.length);
  return {
    inputTokens: Math.ceil(input / 4) + images * IMAGE_TOKENS,
    outputTokens: Math.ceil(output / 4),
  };
}

const limitFault = (what: string, setting: string): Fault => ({
  code: 'limit',
  message: `The run reached its limit of ${what} (memento.limits.${setting}).`,
});
