import type { DiskCache } from '../../../../../../src/core/ports';
import type { Caller } from '../../../../../../src/core/tools/web/search/line';
import type { Provider } from '../../../../../../src/core/tools/web/search/provider';
import {
  paperProviders,
  webProviders,
  type SearchConfig,
} from '../../../../../../src/core/tools/web/search/searchConfig';
import { PAPER_PROVIDERS, type ProviderName } from '../../../../../../src/core/tools/web/search/searchResult';
import { loopbackHttp } from '../../../../../fakes/loopbackHttp';
import { KEY } from '../../../../../fakes/searchServers';

/** Keys for all that want one; the APIs at `endpoints`. */
export const configOf = (
  endpoints: Readonly<Partial<Record<ProviderName, string>>>,
  more: Partial<SearchConfig> = {},
): SearchConfig => ({
  provider: 'auto',
  searxngUrl: endpoints.searxng,
  keys: {
    tavily: endpoints.tavily && KEY,
    brave: endpoints.brave && KEY,
    serper: endpoints.serper && KEY,
    semanticScholar: endpoints.semanticScholar && KEY,
  },
  endpoints,
  source: 'environment',
  ...more,
});

/** Where a reply is not meant to come. */
export const SHORT_MS = 250;

/** One provider at `base`. */
export function providerAt(name: ProviderName, base: string, more: Partial<SearchConfig> = {}): Provider {
  const config = configOf({ [name]: base }, { provider: 'auto', ...more });
  const papers = PAPER_PROVIDERS.some((paper) => paper === name);
  const { providers } = papers ? paperProviders(config) : webProviders(config);
  const provider = providers.find((one) => one.name === name);
  if (!provider) throw new Error(`${name} is not set up`);
  return provider;
}

export function memoryCache(): DiskCache & { readonly entries: Map<string, Uint8Array> } {
  const entries = new Map<string, Uint8Array>();
  return {
    entries,
    read: async (key) => entries.get(key),
    write: async (key, bytes) => void entries.set(key, bytes),
  };
}

export const never = (): AbortSignal => new AbortController().signal;

export const asCaller = (signal = never()): Caller => ({ http: loopbackHttp, signal });
