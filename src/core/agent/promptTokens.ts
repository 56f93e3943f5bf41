/** How many tokens requests have, corrected by what the model's server reports. */
import type { ChatMessage, ChatModel, ChatReply, ChatRequest, ChatUsage, TokenCounter } from '../ports';

/** Tokens around each message, and before the reply (OpenAI's cookbook, “How to count tokens with tiktoken”). */
export const A_MESSAGE = 3;
const THE_REPLY = 3;
/** About what common models take an image for. */
const AN_IMAGE = 1_000;
/** A server that reports less or more than this many times what was counted counts something else. */
const LEAST = 0.5;
const MOST = 3;
/** Texts whose counts are kept: those of a prompt come again in the next one. */
const KEPT = 2_000;

/** Four characters a token: where no counter is known. */
const byLength: TokenCounter = {
  exact: false,
  count: (text) => Promise.resolve(Math.ceil(text.length / 4)),
};

export class PromptTokens implements TokenCounter {
  readonly #counter: TokenCounter;
  readonly #counts = new Map<string, number>();
  #ratio = 1;

  constructor(model: Pick<ChatModel, 'tokens'>) {
    this.#counter = model.tokens ?? byLength;
  }

  get exact(): boolean {
    return this.#counter.exact;
  }

  /** Of a text, as the server would count it. */
  async count(text: string): Promise<number> {
    return Math.ceil((await this.#counted(text)) * this.#ratio);
  }

  async countRequest(request: ChatRequest): Promise<number> {
    return Math.ceil((await this.#countedRequest(request)) * this.#ratio);
  }

  async countReply({ text, toolCalls }: ChatReply): Promise<number> {
    return this.count([text, ...toolCalls.map((call) => call.name + call.arguments)].join('\n'));
  }

  /** Learns from what the server reports of a request. */
  async calibrate(request: ChatRequest, { inputTokens }: ChatUsage): Promise<void> {
    const ratio = inputTokens / (await this.#countedRequest(request));
    if (ratio >= LEAST && ratio <= MOST) this.#ratio = ratio;
  }

  async #countedRequest({ messages, tools = [], schema }: ChatRequest): Promise<number> {
    let tokens = THE_REPLY;
    for (const message of messages) {
      const images = message.role === 'user' ? (message.images?.length ?? 0) : 0;
      tokens += A_MESSAGE + images * AN_IMAGE + (await this.#counted(textOf(message)));
    }
    for (const tool of tools) tokens += A_MESSAGE + (await this.#counted(JSON.stringify(tool)));
    return schema === undefined ? tokens : tokens + (await this.#counted(JSON.stringify(schema)));
  }

  async #counted(text: string): Promise<number> {
    const known = this.#counts.get(text);
    if (known !== undefined) return known;
    const count = await this.#counter.count(text);
    if (this.#counts.size >= KEPT) this.#counts.clear();
    this.#counts.set(text, count);
    return count;
  }
}

function textOf(message: ChatMessage): string {
  const calls = message.role === 'assistant' ? (message.toolCalls ?? []) : [];
  return [message.content, ...calls.map((call) => `${call.name} ${call.arguments}`)].join('\n');
}
