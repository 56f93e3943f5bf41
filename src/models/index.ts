/** From configuration to the planner's and the executor's model. The SDK is only loaded where a model is configured. */
import type { ModelPair } from '../core/assistant';
import { failed, ok } from '../core/common/result';
import type { Result } from '../core/common/result';
import type { ChatModel, CountTokens } from '../core/ports';
import { withFallbackTools } from './adaptive';
import { azureTarget } from './azure';
import { executorConfig, providerOf, type ModelConfig, type RoleConfig } from './configuration';
import { isLoopback, parseBaseUrl, textOf } from './endpoint';
import type { Endpoint, Fetch } from './endpoint';
import { azureNames, settingNames } from './names';
import type { ModelRole, SettingNames } from './names';
import type { BareModel } from './probe';

export {
  modelConfigFromEnvironment,
  type ModelConfig,
  type ProviderName,
  type RoleConfig,
} from './configuration';

export interface ResolveOptions {
  readonly signal: AbortSignal;
  readonly fetch?: Fetch | undefined;
  /** On this thread unless told. */
  readonly countTokens?: CountTokens | undefined;
  /** The editor's own models, where there is an editor. `model`: one of them; undefined for its first. */
  readonly editorModel?: ((model: string | undefined) => Promise<Result<ChatModel>>) | undefined;
}

/** Rejects with an AbortError when `signal` aborts. */
export async function resolveModels(
  config: ModelConfig,
  options: ResolveOptions,
): Promise<Result<ModelPair>> {
  const planner = await resolveModel('planner', config, options);
  if (!planner.ok) return planner;
  const executor = await resolveModel('executor', config, options);
  if (!executor.ok) return executor;
  const media = await resolveMedia(config, options);
  if (!media.ok) return media;
  const [plans, works] = [planner.value, executor.value].map((model) => model && withFallbackTools(model));
  return ok({ planner: plans, executor: works, ...media.value });
}

/** One model alone; undefined where the role is the extractive one's, or is not set up. */
export async function resolveModel(
  role: Exclude<ModelRole, 'audio'>,
  config: ModelConfig,
  options: ResolveOptions,
): Promise<Result<BareModel | undefined>> {
  if (role === 'planner') return resolveRole(role, config.planner, options);
  if (role === 'executor') return resolveRole(role, executorConfig(config), options);
  return config.vision === undefined
    ? ok(undefined)
    : resolveRole(role, forMedia(mediaServer(config), config.vision), options);
}

/** Both on the executor's server; where the executor is extractive, on the planner's. Nothing is asked of a server. */
async function resolveMedia(
  config: ModelConfig,
  options: ResolveOptions,
): Promise<Result<Pick<ModelPair, 'vision' | 'transcriber'>>> {
  const vision = await resolveModel('vision', config, options);
  if (!vision.ok) return vision;
  const found = vision.value ? { vision: withFallbackTools(vision.value) } : {};
  const server = mediaServer(config);
  const provider = providerOf(server);
  if (!config.audio || provider === 'extractive' || provider === 'vscode') return ok(found);
  const target = targetOf('audio', forMedia(server, config.audio), options);
  if (!target.ok) return target;
  const { createTranscriber } = await import('./transcriber');
  const { endpoint, deployment } = target.value;
  return ok({
    ...found,
    transcriber: createTranscriber({ endpoint, model: deployment ?? config.audio }),
  });
}

function mediaServer(config: ModelConfig): RoleConfig {
  const executor = executorConfig(config);
  return providerOf(executor) === 'extractive' ? config.planner : executor;
}

/** At Azure each model is a deployment, named in its place. */
const forMedia = (server: RoleConfig, model: string): RoleConfig => ({
  ...server,
  model,
  azure: { ...server.azure, deployment: model },
});

async function resolveRole(
  role: ModelRole,
  config: RoleConfig,
  options: ResolveOptions,
): Promise<Result<BareModel | undefined>> {
  const provider = providerOf(config);
  if (provider === 'extractive') return ok(undefined);
  if (provider === 'vscode') {
    return (
      (await options.editorModel?.(config.model)) ??
      failed('no-model', 'The models of VS Code are there in VS Code only: choose another provider.')
    );
  }
  const target = targetOf(role, config, options);
  if (!target.ok) return target;
  const { endpoint, deployment } = target.value;
  const named = config.model ?? deployment;
  const model = named ? ok(named) : await (await import('./offered')).onlyModel(endpoint, options.signal);
  if (!model.ok) return model;
  const { createOpenAiModel } = await import('./openai');
  return ok(
    createOpenAiModel({ ...endpoint, model: model.value, deployment, countTokens: options.countTokens }),
  );
}

interface Target {
  readonly endpoint: Endpoint;
  /** Of Azure. */
  readonly deployment: string | undefined;
}

function targetOf(role: ModelRole, config: RoleConfig, options: ResolveOptions): Result<Target> {
  const isAzure = providerOf(config) === 'azure';
  const names = (isAzure ? azureNames : settingNames)(config.source, role);
  const url = isAzure ? azureUrl(config.baseUrl, names) : parseBaseUrl(config.baseUrl, names);
  if (!url.ok) return url;
  const { host } = url.value;
  if (!config.apiKey && !isLoopback(url.value)) {
    const anyText = isAzure ? '' : ' (any text, if that server wants none)';
    return failed('unauthorized', `${host} needs an API key: ${names.setKey}${anyText}.`);
  }
  const shared = {
    host,
    apiKey: config.apiKey || undefined,
    fetch: options.fetch ?? globalThis.fetch,
    names,
  };
  if (!isAzure) {
    return ok({ endpoint: { ...shared, baseUrl: textOf(url.value) }, deployment: undefined });
  }
  const azure = azureTarget(config.baseUrl ?? '', config.azure ?? {});
  const deployment = azure?.deployment ?? config.model;
  if (!azure || deployment === undefined) {
    return failed('no-model', `No deployment of ${host} is chosen: set ${names.model}.`);
  }
  const { baseUrl, apiVersion } = azure;
  return ok({ endpoint: { ...shared, baseUrl, azure: { apiVersion } }, deployment });
}

/** It has no address that would do for all. */
const azureUrl = (baseUrl: string | undefined, names: SettingNames): Result<URL> =>
  baseUrl
    ? parseBaseUrl(baseUrl, names)
    : failed(
        'bad-request',
        `Azure OpenAI needs the endpoint of your resource, for example https://my-resource.openai.azure.com: set ${names.baseUrl}.`,
      );

/** What the server of a role lists, which need not be all that it has. A server on loopback is asked without a key. */
export async function offeredModels(
  role: 'planner' | 'executor',
  config: RoleConfig,
  options: ResolveOptions,
): Promise<Result<readonly string[]>> {
  const target = targetOf(role, config, options);
  if (!target.ok) return target;
  const { listOffered } = await import('./offered');
  return listOffered(target.value.endpoint, options.signal);
}
