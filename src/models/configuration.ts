/** Which model is to do what, as the user has it in settings or in the environment. */
import { isAzureHost, type AzureSettings } from './azure';
import { parseBaseUrl, textOf } from './endpoint';
import { settingNames, type ConfigSource } from './names';

export const PROVIDERS = ['auto', 'openai', 'azure', 'vscode', 'extractive'] as const;
/** `auto`: a server where a base URL or a key is there, else `extractive`. `vscode`: the editor's own models. */
export type ProviderName = (typeof PROVIDERS)[number];

export interface RoleConfig {
  readonly provider: ProviderName;
  readonly model?: string | undefined;
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly azure?: AzureSettings | undefined;
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

/**
 * The command line's configuration; `env` is e.g. `process.env`. Empty variables count as missing. Azure is asked where
 * its endpoint is given and nothing of OpenAI's.
 */
export function modelConfigFromEnvironment(env: Readonly<Record<string, string | undefined>>): ModelConfig {
  const read = (name: string) => env[name]?.trim() || undefined;
  const source = 'environment';
  const model = read('MEMENTO_PLANNER_MODEL');
  const [baseUrl, apiKey] = [read('OPENAI_BASE_URL'), read('OPENAI_API_KEY')];
  const endpoint = baseUrl || apiKey ? undefined : read('AZURE_OPENAI_ENDPOINT');
  return {
    planner: endpoint
      ? {
          provider: 'azure',
          model,
          baseUrl: endpoint,
          apiKey: read('AZURE_OPENAI_API_KEY'),
          azure: { deployment: read('AZURE_OPENAI_DEPLOYMENT'), apiVersion: read('OPENAI_API_VERSION') },
          source,
        }
      : { provider: 'auto', model, baseUrl, apiKey, source },
    executor: { provider: 'auto', model: read('MEMENTO_EXECUTOR_MODEL'), source },
    vision: read('MEMENTO_VISION_MODEL'),
    audio: read('MEMENTO_AUDIO_MODEL'),
  };
}

/** What `auto` stands for. */
export function providerOf({ provider, baseUrl, apiKey }: RoleConfig): Exclude<ProviderName, 'auto'> {
  if (provider !== 'auto') return provider;
  if (isAzureHost(baseUrl)) return 'azure';
  return baseUrl || apiKey ? 'openai' : 'extractive';
}

/** True where nothing says which model to use: the user has chosen none, not even the extractive pair. */
export const isUndecided = ({ planner, executor }: ModelConfig): boolean =>
  [planner, executor].every((role) => role.provider === 'auto' && providerOf(role) === 'extractive');

/**
 * The executor's own settings, and the planner's where they are missing. The planner's key and model are for the
 * planner's server: an executor with a server of its own gets neither.
 */
export function executorConfig({ planner, executor }: ModelConfig): RoleConfig {
  const isBare = !executor.baseUrl && !executor.apiKey;
  const provider = executor.provider === 'auto' && isBare ? planner.provider : executor.provider;
  const baseUrl = executor.baseUrl || planner.baseUrl;
  const names = settingNames(executor.source, 'executor');
  const [own, shared] = [parseBaseUrl(baseUrl, names), parseBaseUrl(planner.baseUrl, names)];
  const sameOrigin = own.ok && shared.ok && own.value.origin === shared.value.origin;
  const sameServer =
    sameOrigin && provider === planner.provider && textOf(own.value) === textOf(shared.value);
  const model = executor.model || (sameServer ? planner.model : undefined);
  return {
    provider,
    baseUrl,
    apiKey: executor.apiKey || (sameOrigin ? planner.apiKey : undefined),
    model,
    azure: {
      // A model of its own is a deployment of its own.
      deployment:
        executor.azure?.deployment || executor.model || (sameServer ? planner.azure?.deployment : undefined),
      apiVersion: executor.azure?.apiVersion || (sameOrigin ? planner.azure?.apiVersion : undefined),
    },
    source: executor.source,
  };
}
