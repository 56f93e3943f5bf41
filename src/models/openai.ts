/** A ChatModel over any server that speaks OpenAI's chat completions. */
import { failed } from '../core/common/result';
import type { Failed, Ok } from '../core/common/result';
import type { ChatModel, ChatOptions, ChatReply, ChatRequest, CountTokens } from '../core/ports';
import { attempt } from './attempts';
import { sleep } from './backoff';
import type { Sleep } from './backoff';
import { contextWindow } from './contextWindows';
import { parseBaseUrl, textOf } from './endpoint';
import type { Endpoint, Fetch } from './endpoint';
import type { Patience } from './exchange';
import { abortError } from '../core/common/abort';
import { EITHER_NAMES } from './names';
import type { SettingNames } from './names';
import { bodyOf, fullDialect, hasImages, simplify, type ResponseFormat } from './request';
import { send } from './send';
import { tokenCounter } from './tokens';

export interface OpenAiModelOptions {
  /** As shown, and looked up in tables. */
  readonly model: string;
  /** What Azure is asked for in its place. */
  readonly deployment?: string | undefined;
  /** https://api.openai.com/v1 where it is missing. */
  readonly baseUrl?: string | undefined;
  /** Servers on loopback need none. */
  readonly apiKey?: string | undefined;
  readonly fetch?: Fetch | undefined;
  /** On this thread unless told. */
  readonly countTokens?: CountTokens | undefined;
  /** Milliseconds between two pieces of a reply after which it counts as stalled. Default 90 s. */
  readonly idleTimeoutMs?: number | undefined;
  /** Milliseconds until the first piece. Default: three times the idle timeout. */
  readonly startTimeoutMs?: number | undefined;
  /** How often a request is sent again after 429, 5xx or a connection that broke. Default 3. */
  readonly maxRetries?: number | undefined;
  /** Milliseconds since the epoch. */
  readonly now?: (() => number) | undefined;
  readonly sleep?: Sleep | undefined;
  /** What the sentences of faults tell a person to change. */
  readonly names?: SettingNames | undefined;
  readonly azure?: Endpoint['azure'];
}

export interface OpenAiModel extends ChatModel {
  /** How a schema is asked for, by what the server has refused so far. */
  jsonFormat(): ResponseFormat;
}

export function createOpenAiModel(options: OpenAiModelOptions): OpenAiModel {
  const { model, apiKey, names = EITHER_NAMES, idleTimeoutMs = 90_000, maxRetries = 3 } = options;
  const now = options.now ?? Date.now;
  const rest = options.sleep ?? sleep;
  const patience: Patience = {
    idleMs: idleTimeoutMs,
    startMs: options.startTimeoutMs ?? 3 * idleTimeoutMs,
  };
  const url = parseBaseUrl(options.baseUrl, names);
  const asked = options.deployment ?? model;
  const dialect = fullDialect();
  let madeIds = 0;
  const newId = () => `call_${++madeIds}`;

  function complete(
    endpoint: Endpoint,
    request: ChatRequest,
    chat: ChatOptions,
  ): Promise<Ok<ChatReply> | Failed> {
    let body = bodyOf(asked, request, dialect);
    return attempt<ChatReply>({
      endpoint,
      about: {
        model: asked,
        hasTools: (request.tools?.length ?? 0) > 0,
        hasImages: hasImages(request),
        service: 'chat completions',
      },
      maxRetries,
      now,
      sleep: rest,
      options: chat,
      send: () => send(endpoint, (body = bodyOf(asked, request, dialect)), patience, newId, chat),
      simplify: (trouble) => simplify(dialect, body, trouble),
    });
  }

  const contextTokens = contextWindow(model);
  return {
    id: model,
    tokens: tokenCounter(model, options.countTokens),
    ...(contextTokens === undefined ? {} : { contextTokens }),
    jsonFormat: () => dialect.format,
    complete: async (request, chat) => {
      if (chat.signal.aborted) throw abortError(chat.signal);
      if (!url.ok) return failed(url.fault.code, url.fault.message);
      const fetch = options.fetch ?? globalThis.fetch;
      const endpoint: Endpoint = {
        baseUrl: textOf(url.value),
        host: url.value.host,
        apiKey,
        fetch,
        names,
        azure: options.azure,
      };
      return complete(endpoint, request, chat);
    },
  };
}
