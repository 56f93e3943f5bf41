/** The user's choice of search providers, and the providers that come of it. */
import { parseUrl } from '../../../common/url';
import { arxiv } from './providers/arxiv';
import { brave } from './providers/brave';
import { openAlex } from './providers/openAlex';
import { searxng } from './providers/searxng';
import { semanticScholar } from './providers/semanticScholar';
import { serper } from './providers/serper';
import { tavily } from './providers/tavily';
import { wikipedia } from './providers/wikipedia';
import type { Provider } from './provider';
import { PROVIDER_LABELS, WEB_PROVIDERS, type ProviderName, type WebProviderName } from './searchResult';

export type KeyedProvider = 'tavily' | 'brave' | 'serper' | 'semanticScholar';

export interface SearchConfig {
  /** Asked first; `auto`: the first of SearXNG, Tavily, Brave and Serper that is set up. */
  readonly provider: 'auto' | WebProviderName;
  /** Of the user's own instance. */
  readonly searxngUrl?: string | undefined;
  readonly keys: Readonly<Partial<Record<KeyedProvider, string | undefined>>>;
  /** `de`, `pt-br`: of questions whose script does not tell it. */
  readonly language?: string | undefined;
  /** An e-mail address to tell OpenAlex. */
  readonly contact?: string | undefined;
  /** Other places of the same APIs, which the user named: gateways, mirrors. */
  readonly endpoints?: Readonly<Partial<Record<ProviderName, string | undefined>>> | undefined;
  /** Which names a sentence about a fault uses. */
  readonly source: 'environment' | 'settings';
}

/** Where the program itself finds the APIs. */
export const PUBLIC_ENDPOINTS: Readonly<Record<Exclude<ProviderName, 'searxng'>, string>> = {
  tavily: 'https://api.tavily.com',
  brave: 'https://api.search.brave.com',
  serper: 'https://google.serper.dev',
  wikipedia: 'https://{language}.wikipedia.org',
  arxiv: 'https://export.arxiv.org/api/query',
  semanticScholar: 'https://api.semanticscholar.org/graph/v1',
  openAlex: 'https://api.openalex.org',
};

export interface HostOptions {
  readonly base: string;
  /** `model` for the program's own endpoints: they are public, so the strict rules for addresses do not hinder. */
  readonly namedBy: 'model' | 'user';
}

export interface KeyedOptions extends HostOptions {
  readonly key: string;
}

/** A provider that cannot be asked, in words that complete “Tavily …”. */
export interface Problem {
  readonly name: ProviderName;
  readonly why: string;
}

export interface Chosen {
  /** In the order in which they are asked. */
  readonly providers: readonly Provider[];
  readonly problems: readonly Problem[];
}

/** The user's first choice, then whatever else is set up, then Wikipedia, which needs nothing. */
export function webProviders(config: SearchConfig): Chosen {
  const first = config.provider === 'auto' ? [] : [config.provider];
  const names = [...new Set([...first, ...WEB_PROVIDERS])];
  return chosen(names.map((name) => webProvider(name, config)));
}

/** All of them are asked: none has every paper. */
export function paperProviders(config: SearchConfig): Chosen {
  const { contact, keys } = config;
  return chosen([
    hosted('arxiv', config, arxiv),
    hosted('semanticScholar', config, (host) =>
      semanticScholar({ ...host, key: keyOf(keys.semanticScholar) }),
    ),
    hosted('openAlex', config, (host) => openAlex({ ...host, contact })),
  ]);
}

function chosen(made: readonly (Provider | Problem | undefined)[]): Chosen {
  const known = made.filter((one) => one !== undefined);
  return {
    providers: known.filter((one) => 'search' in one),
    problems: known.filter((one) => 'why' in one),
  };
}

function webProvider(name: WebProviderName, config: SearchConfig): Provider | Problem | undefined {
  switch (name) {
    case 'searxng':
      return ownInstance(config);
    case 'tavily':
      return keyed('tavily', config, tavily);
    case 'brave':
      return keyed('brave', config, brave);
    case 'serper':
      return keyed('serper', config, serper);
    case 'wikipedia':
      return hosted('wikipedia', config, wikipedia);
  }
}

function ownInstance({ searxngUrl, provider, source }: SearchConfig): Provider | Problem | undefined {
  const name = 'searxng';
  const setting = source === 'environment' ? 'MEMENTO_SEARXNG_URL' : 'the setting memento.search.searxngUrl';
  const address = searxngUrl?.trim() ?? '';
  if (address === '') {
    return provider === name ? { name, why: `is chosen but has no address: set ${setting}` } : undefined;
  }
  const url = webUrl(address);
  return url ? searxng({ url }) : { name, why: `has no http or https address in ${setting}` };
}

type WithKey = Exclude<KeyedProvider, 'semanticScholar'>;

const KEY_VARIABLES: Readonly<Record<WithKey, string>> = {
  tavily: 'TAVILY_API_KEY',
  brave: 'BRAVE_API_KEY',
  serper: 'SERPER_API_KEY',
};

function keyed(
  name: WithKey,
  config: SearchConfig,
  make: (options: KeyedOptions) => Provider,
): Provider | Problem | undefined {
  const key = keyOf(config.keys[name]);
  if (key !== undefined) return hosted(name, config, (host) => make({ ...host, key }));
  if (config.provider !== name) return undefined;
  const remedy =
    config.source === 'environment'
      ? `set ${KEY_VARIABLES[name]}`
      : `run “Memento: Set API Key” for ${PROVIDER_LABELS[name]}`;
  return { name, why: `is chosen but has no key: ${remedy}` };
}

function hosted(
  name: Exclude<ProviderName, 'searxng'>,
  { endpoints }: SearchConfig,
  make: (options: HostOptions) => Provider,
): Provider | Problem {
  const named = endpoints?.[name]?.trim() ?? '';
  if (named === '') return make({ base: PUBLIC_ENDPOINTS[name], namedBy: 'model' });
  if (!webUrl(named.replace('{language}', 'en')))
    return { name, why: 'has an address that is not http or https' };
  return make({ base: named, namedBy: 'user' });
}

/** A header takes no other characters; a key with a line break in it was pasted badly. */
function keyOf(key: string | undefined): string | undefined {
  const plain = key?.replace(/[^\x21-\x7e]/g, '') ?? '';
  return plain === '' ? undefined : plain;
}

function webUrl(address: string): URL | undefined {
  const url = parseUrl(address);
  return url?.protocol === 'http:' || url?.protocol === 'https:' ? url : undefined;
}
