/** Searching: which provider is asked when, and what is made of their results. */
import { failed, ok, type Result } from '../../../common/result';
import type { DiskCache, HttpClient } from '../../../ports';
import { deduplicate } from './deduplicate';
import { Line, redacted, type LineParts } from './line';
import type { Provider, SearchQuery } from './provider';
import { cacheKey, readCached, writeCached, type CachedResults } from './resultCache';
import { paperProviders, webProviders, type Problem, type SearchConfig } from './searchConfig';
import type { ProviderName, SearchResult } from './searchResult';

/** Fewer results than this, and the next provider is asked too. */
const ENOUGH = 3;

export interface SearchesParts extends LineParts {
  readonly http: HttpClient;
  /** Absent: every search is sent. */
  readonly cache?: DiskCache | undefined;
  /** Asked at each search, so that a changed setting counts at once. */
  readonly config: () => Promise<SearchConfig>;
}

export interface Answered {
  readonly name: ProviderName;
  /** When it was asked, milliseconds since the epoch. */
  readonly at: number;
  readonly cached: boolean;
  /** How many results it had. */
  readonly found: number;
}

export interface Outcome {
  readonly results: readonly SearchResult[];
  /** Empty: nobody answered, which is not the same as that nothing was found. */
  readonly answered: readonly Answered[];
  readonly failed: readonly Problem[];
}

interface Reached {
  readonly answered: Answered;
  readonly results: readonly SearchResult[];
}

/** Made once, not for each run: paces and rests outlive one. */
export class Searches {
  readonly #parts: SearchesParts;
  readonly #lines: Map<string, Line>;

  constructor(parts: SearchesParts, lines = new Map<string, Line>()) {
    this.#parts = parts;
    this.#lines = lines;
  }

  /** The same paces and rests over a run's own client. */
  through(http: HttpClient): Searches {
    return new Searches({ ...this.#parts, http }, this.#lines);
  }

  /** Asks one provider after the other until there is something to read. Only an abort rejects. */
  async web(text: string, count: number, signal: AbortSignal): Promise<Outcome> {
    const config = await this.#parts.config();
    const { providers, problems } = webProviders(config);
    const failed = [...problems];
    const answered: Answered[] = [];
    let results: readonly SearchResult[] = [];
    for (const provider of providers) {
      const reached = await this.#ask(provider, { text, count, language: config.language }, signal);
      if (!reached.ok) {
        failed.push({ name: provider.name, why: reached.fault.message });
        continue;
      }
      answered.push(reached.value.answered);
      results = deduplicate([...results, ...reached.value.results]);
      if (results.length >= Math.min(ENOUGH, count)) break;
    }
    return { results: results.slice(0, count), answered, failed };
  }

  /** Asks all archives at once; what several have found comes first. Only an abort rejects. */
  async papers(text: string, count: number, signal: AbortSignal): Promise<Outcome> {
    const { providers, problems } = paperProviders(await this.#parts.config());
    const reached = await Promise.all(
      providers.map((provider) => this.#ask(provider, { text, count }, signal)),
    );
    const failed = [...problems];
    const lists: (readonly SearchResult[])[] = [];
    const answered: Answered[] = [];
    for (const [index, one] of reached.entries()) {
      const name = providers[index]?.name;
      if (one.ok) {
        lists.push(one.value.results);
        answered.push(one.value.answered);
      } else if (name) failed.push({ name, why: one.fault.message });
    }
    const results = deduplicate(byRank(lists)).toSorted((a, b) => b.providers.length - a.providers.length);
    return { results: results.slice(0, count), answered, failed };
  }

  async #ask(provider: Provider, query: SearchQuery, signal: AbortSignal): Promise<Result<Reached>> {
    signal.throwIfAborted();
    const { cache, timer, http } = this.#parts;
    const key = cacheKey(provider, query);
    const cached = await (cache && readCached(cache, key, timer.now()));
    if (cached) return ok(reachedBy(provider, cached, true));
    const line = this.#lineOf(provider);
    const at = timer.now();
    const found = await provider.search(query, (request) => line.ask(provider, request, { http, signal }));
    if (!found.ok) return failed(found.fault.code, redacted(found.fault.message, provider.secrets));
    const results = { at, results: deduplicate(found.value) };
    if (cache) await writeCached(cache, key, results);
    return ok(reachedBy(provider, results, false));
  }

  /** One for each place and key: another key need not wait for what the first one has used up. */
  #lineOf(provider: Provider): Line {
    const id = JSON.stringify([provider.name, provider.endpoint, ...provider.secrets]);
    let line = this.#lines.get(id);
    if (!line) this.#lines.set(id, (line = new Line(provider, this.#parts)));
    return line;
  }
}

const reachedBy = ({ name }: Provider, { at, results }: CachedResults, cached: boolean): Reached => ({
  answered: { name, at, cached, found: results.length },
  results,
});

/** The first of each list, then the second of each … */
function byRank(lists: readonly (readonly SearchResult[])[]): readonly SearchResult[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, rank) => lists.map((list) => list[rank]))
    .flat()
    .filter((result) => result !== undefined);
}
