import { PAPER_PROVIDERS, WEB_PROVIDERS, type ProviderName } from './searchResult';
import type { SearchConfig } from './searchConfig';

/** Variables that name another place of an API: a gateway, a mirror. */
const ENDPOINTS: Readonly<Record<Exclude<ProviderName, 'searxng'>, string>> = {
  tavily: 'MEMENTO_TAVILY_URL',
  brave: 'MEMENTO_BRAVE_URL',
  serper: 'MEMENTO_SERPER_URL',
  wikipedia: 'MEMENTO_WIKIPEDIA_URL',
  arxiv: 'MEMENTO_ARXIV_URL',
  semanticScholar: 'MEMENTO_SEMANTIC_SCHOLAR_URL',
  openAlex: 'MEMENTO_OPENALEX_URL',
};

/** The command line's configuration; `env` is e.g. `process.env`. Empty variables count as missing. */
export function searchConfigFromEnvironment(env: Readonly<Record<string, string | undefined>>): SearchConfig {
  const read = (name: string) => env[name]?.trim() || undefined;
  const provider = read('MEMENTO_SEARCH_PROVIDER');
  const names = [...WEB_PROVIDERS, ...PAPER_PROVIDERS].filter((name) => name !== 'searxng');
  return {
    provider: WEB_PROVIDERS.find((name) => name === provider) ?? 'auto',
    searxngUrl: read('MEMENTO_SEARXNG_URL'),
    keys: {
      tavily: read('TAVILY_API_KEY'),
      brave: read('BRAVE_API_KEY'),
      serper: read('SERPER_API_KEY'),
      semanticScholar: read('SEMANTIC_SCHOLAR_API_KEY'),
    },
    language: read('MEMENTO_SEARCH_LANGUAGE'),
    contact: read('MEMENTO_CONTACT'),
    endpoints: Object.fromEntries(names.map((name) => [name, read(ENDPOINTS[name])])),
    source: 'environment',
  };
}
