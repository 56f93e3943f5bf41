/** From configuration to the planner's and the executor's model. The SDK is only loaded where a model is configured. */
import type { ModelPair } from '../core/assistant';
import { failed, ok } from '../core/common/result';
import type { Result } from '../core/common/result';
import type { ChatModel } from '../core/ports';
import { withFallbackTools } from './adaptive';
import { isLoopback, parseBaseUrl, textOf, versionHint } from './endpoint';
import type { Endpoint, Fetch } from './endpoint';
import { settingNames } from './names';
import type { ConfigSource, ModelRole } from './names';

export interface RoleConfig {
  /** `auto`: a server where a base URL or a key is there, else `extractive`. */
  readonly provider: 'auto' | 'openai' | 'extractive';
  readonly model?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  /** Which names a sentence about a fault uses. */
  readonly source: ConfigSource;
}

export interface ModelConfig {
  readonly planner: RoleConfig;
  readonly executor: RoleConfig;
  /** A model for images on the executor's server; with none the executor's own is asked. */
  readonly vision?: string | undefined;
  /** A model for speech on the executor's server. */
  readonly audio?: string | undefined;
}

export interface ResolveOptions {
  readonly signal: AbortSignal;
  readonly fetch?: Fetch | undefined;
}

/** Milliseconds to wait for the list of models, where none is configured. */
const LIST_MS = 10_000;

/** The command line's configuration; `env` is e.g. `process.env`. Empty variables count as missing. */
export function modelConfigFromEnvironment(env: Readonly<Record<string, string | undefined>>): ModelConfig {
  const read = (name: string) => env[name]?.trim() || undefined;
  const source = 'environment';
  return {
    planner: {
      provider: 'auto',
      model: read('MEMENTO_PLANNER_MODEL'),
      baseUrl: read('OPENAI_BASE_URL'),
      apiKey: read('OPENAI_API_KEY'),
      source,
    },
    executor: { provider: 'auto', model: read('MEMENTO_EXECUTOR_MODEL'), source },
    vision: read('MEMENTO_VISION_MODEL'),
    audio: read('MEMENTO_AUDIO_MODEL'),
  };
}

/** Rejects with an AbortError when `signal` aborts. */
export async function resolveModels(
  config: ModelConfig,
  options: ResolveOptions,
): Promise<Result<ModelPair>> {
  const planner = await resolveRole('planner', config.planner, options);
  if (!planner.ok) return planner;
  const executor = await resolveRole('executor', executorConfig(config), options);
  if (!executor.ok) return executor;
  const media = await resolveMedia(config, options);
  return media.ok ? ok({ planner: planner.value, executor: executor.value, ...media.value }) : media;
}

/** Both on the executor's server; where the executor is extractive, on the planner's. Nothing is asked of a server. */
async function resolveMedia(
  config: ModelConfig,
  options: ResolveOptions,
): Promise<Result<Pick<ModelPair, 'vision' | 'transcriber'>>> {
  const executor = executorConfig(config);
  const server = isExtractive(executor) ? config.planner : executor;
  if (isExtractive(server)) return ok({});
  const vision = config.vision
    ? await resolveRole('vision', { ...server, model: config.vision }, options)
    : ok(undefined);
  if (!vision.ok) return vision;
  const found = vision.value ? { vision: vision.value } : {};
  if (!config.audio) return ok(found);
  const endpoint = endpointOf('audio', server, options);
  if (!endpoint.ok) return endpoint;
  const { createTranscriber } = await import('./transcriber');
  return ok({
    ...found,
    transcriber: createTranscriber({ endpoint: endpoint.value, model: config.audio }),
  });
}

const isExtractive = ({ provider, baseUrl, apiKey }: RoleConfig): boolean =>
  provider === 'extractive' || (provider === 'auto' && !baseUrl && !apiKey);

/**
 * The executor's own settings, and the planner's where they are missing. The planner's key and model are for the
 * planner's server: an executor with a server of its own gets neither.
 */
function executorConfig({ planner, executor }: ModelConfig): RoleConfig {
  const isBare = !executor.baseUrl && !executor.apiKey;
  const provider = executor.provider === 'auto' && isBare ? planner.provider : executor.provider;
  const baseUrl = executor.baseUrl || planner.baseUrl;
  const names = settingNames(executor.source, 'executor');
  const [own, shared] = [parseBaseUrl(baseUrl, names), parseBaseUrl(planner.baseUrl, names)];
  const sameOrigin = own.ok && shared.ok && own.value.origin === shared.value.origin;
  const sameServer = sameOrigin && textOf(own.value) === textOf(shared.value);
  return {
    provider,
    baseUrl,
    apiKey: executor.apiKey || (sameOrigin ? planner.apiKey : undefined),
    model: executor.model || (sameServer ? planner.model : undefined),
    source: executor.source,
  };
}

async function resolveRole(
  role: ModelRole,
  config: RoleConfig,
  options: ResolveOptions,
): Promise<Result<ChatModel | undefined>> {
  if (isExtractive(config)) return ok(undefined);
  const found = endpointOf(role, config, options);
  if (!found.ok) return found;
  const endpoint = found.value;
  const model = config.model ? ok(config.model) : await onlyModel(endpoint, options.signal);
  if (!model.ok) return model;
  const { createOpenAiModel } = await import('./openai');
  return ok(withFallbackTools(createOpenAiModel({ ...endpoint, model: model.value })));
}

function endpointOf(role: ModelRole, config: RoleConfig, options: ResolveOptions): Result<Endpoint> {
  const names = settingNames(config.source, role);
  const url = parseBaseUrl(config.baseUrl, names);
  if (!url.ok) return url;
  if (!config.apiKey && !isLoopback(url.value)) {
    return failed(
      'unauthorized',
      `${url.value.host} needs an API key: ${names.setKey} (any text, if that server wants none).`,
    );
  }
  return ok({
    baseUrl: textOf(url.value),
    host: url.value.host,
    apiKey: config.apiKey || undefined,
    fetch: options.fetch ?? globalThis.fetch,
    names,
  });
}

/** The server's model if it offers exactly one. */
async function onlyModel(endpoint: Endpoint, signal: AbortSignal): Promise<Result<string>> {
  const [{ listModels }, { explain, nameSome }] = await Promise.all([
    import('./listModels'),
    import('./faults'),
  ]);
  const { host, names } = endpoint;
  const listing = await listModels(endpoint, signal, LIST_MS);
  if (listing.ok) {
    const [first, ...others] = listing.models;
    if (first === undefined) {
      return failed('no-model', `${host} offers no model: load one there, then set ${names.model}.`);
    }
    if (others.length === 0) return ok(first);
    return failed(
      'no-model',
      `No model is chosen: set ${names.model} to one of ${nameSome(listing.models)}.`,
    );
  }
  const { trouble } = listing;
  const hasNoList = trouble.kind === 'refused' && [404, 405, 501].includes(trouble.refusal.status);
  if (hasNoList || trouble.kind === 'malformed') {
    return failed(
      'no-model',
      `No model is chosen and ${host} does not list its models: set ${names.model}, or check the base URL${versionHint(endpoint)} in ${names.baseUrl}.`,
    );
  }
  return explain(trouble, {
    endpoint,
    model: 'this model',
    hasTools: false,
    hasImages: false,
    service: 'chat completions',
    tries: 1,
    asked: undefined,
    signal,
  });
}
