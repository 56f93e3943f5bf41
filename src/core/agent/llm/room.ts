/** How long a prompt may be. */
import type { ChatModel, ChatOptions, ChatReply, ChatRequest, TokenCounter } from '../../ports';
import type { Result } from '../../common/result';
import { PromptTokens } from '../promptTokens';

/** Tokens of a prompt, however many the model would take: what is far up in a long prompt is read badly, and is paid for. */
const ENOUGH = 32_000;
/** Of the context; the rest is for the reply. */
const SHARE = 0.75;

/** The room of a conversation's prompts: less once the server said that one was too long. */
export class PromptRoom {
  readonly counter: TokenCounter;
  #tokens: number;

  constructor(model: ChatModel) {
    this.counter = model.tokens ?? new PromptTokens({});
    this.#tokens = Math.min(ENOUGH, Math.floor((model.contextTokens ?? Infinity) * SHARE));
  }

  /** Tokens that a prompt may have. */
  get tokens(): number {
    return this.#tokens;
  }

  /**
   * Asks the model; where the prompt is too long for it, once more with one of half the length. `make` writes the request
   * for the room that there is, and is told how many tokens that is.
   */
  async ask(
    model: ChatModel,
    make: (tokens: number) => Promise<ChatRequest>,
    options: ChatOptions,
  ): Promise<Result<ChatReply>> {
    const request = await make(this.#tokens);
    const reply = await model.complete(request, options);
    if (reply.ok || reply.fault.code !== 'context-too-long') return reply;
    const length = await this.#lengthOf(request);
    this.#tokens = Math.floor(Math.min(this.#tokens, length) / 2);
    return model.complete(await make(this.#tokens), options);
  }

  async #lengthOf({ messages, tools = [] }: ChatRequest): Promise<number> {
    return this.counter.count(JSON.stringify([messages, tools]));
  }
}

/**
 * A text in at most so many tokens: whole, or its beginning and its end with a line between that says what is missing.
 * @param share of the room for the beginning, 0 to 1
 */
export async function cutToTokens(
  text: string,
  tokens: number,
  counter: TokenCounter,
  share = 0.5,
): Promise<string> {
  const count = await counter.count(text);
  if (count <= tokens) return text;
  // Tokens are not spread evenly: what is cut by the mean length of one is cut again where it is still too long.
  let characters = Math.floor((text.length * tokens) / count);
  for (;;) {
    const head = wholeCharacters(text.slice(0, Math.floor(characters * share)));
    const tail = wholeCharacters(text.slice(text.length - Math.floor(characters * (1 - share))));
    const left = text.length - head.length - tail.length;
    const cut = `${head}\n… (${left} characters left out) …\n${tail}`.trimEnd();
    if (characters < 16 || (await counter.count(cut)) <= tokens) return cut;
    characters = Math.floor(characters * 0.8);
  }
}

/** Without half of a surrogate pair at its ends. */
const wholeCharacters = (text: string): string => text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
