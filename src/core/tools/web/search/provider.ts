/** What every search provider is, and what it is asked with. */
import * as z from 'zod';
import { failed, ok, type Fault, type Result } from '../../../common/result';
import type { HttpRequest } from '../../../ports';
import type { Pace } from './pace';
import { cleanText, shortened } from './plainText';
import { publishedDate } from './publishedDate';
import type { ProviderName, SearchResult } from './searchResult';
import { normalizeAddress } from './webAddress';

export interface SearchQuery {
  readonly text: string;
  /** Results wanted, 1 to 20. */
  readonly count: number;
  /** `de`, `pt-br`: for what the question's script does not tell. */
  readonly language?: string | undefined;
}

/** A request to a provider; what they all have in common is added by Line (line.ts). */
export type ProviderRequest = Pick<HttpRequest, 'url' | 'method' | 'headers' | 'secretHeaders' | 'body'>;

export interface Reply {
  readonly status: number;
  /** Decoded from UTF-8. */
  readonly text: string;
  readonly json: unknown;
}

/** Asks and gives the reply of a status 2xx; anything else is a fault, in words for a person. */
export type Ask = (request: ProviderRequest) => Promise<Result<Reply>>;

export interface Provider {
  readonly name: ProviderName;
  /** What the requests begin with; a reply in the cache is one of this place. */
  readonly endpoint: string;
  /** The user named the place: it may be anywhere. The program's own are public, and are held to that. */
  readonly namedBy: HttpRequest['namedBy'];
  readonly pace: Pace;
  /** Milliseconds for one request. */
  readonly timeoutMs: number;
  /** Keys, so that no message ever repeats one. */
  readonly secrets: readonly string[];
  /** The reply is XML, not JSON. */
  readonly xml?: boolean;
  /** What a refusal means, where the API says it otherwise than by the usual statuses. */
  refusal?(reply: Reply): Fault | undefined;
  /** Asks for `count` results, in the provider's order; a server may give more. An empty list is no fault. */
  search(query: SearchQuery, ask: Ask): Promise<Result<readonly SearchResult[]>>;
}

/** A string of a reply, '' for whatever else stands in its place. */
export const text = z.string().catch('');
/** A whole number that counts something. */
export const wholeNumber = z.number().int().nonnegative().optional().catch(undefined);

/** Longest snippet that is shown, characters. */
const LONGEST_SNIPPET = 2_000;
const LONGEST_TITLE = 300;

export interface WebItem {
  readonly url: string;
  readonly title: string;
  /** Plain text. */
  readonly snippet: string;
  readonly published: string;
}

/** The result that an item of a reply stands for, undefined where its address is none that may be shown. */
export function webResult(provider: ProviderName, item: WebItem): SearchResult | undefined {
  const url = normalizeAddress(item.url);
  if (url === undefined) return undefined;
  const published = publishedDate(item.published);
  return {
    title: shortened(cleanText(item.title), LONGEST_TITLE) || url,
    url,
    snippet: shortened(cleanText(item.snippet), LONGEST_SNIPPET),
    ...(published === undefined ? {} : { published }),
    providers: [provider],
  };
}

/**
 * The results of a list in a reply. An item that cannot be read is left out; where none of them can, or there is no list,
 * the reply is not what its API promises, and saying “no results” would be untrue.
 */
export function readResults<T>(
  list: unknown,
  schema: z.ZodType<T>,
  result: (item: T) => SearchResult | undefined,
): Result<readonly SearchResult[]> {
  if (!Array.isArray(list)) return failed('bad-reply', 'its reply has no list of results');
  const results = list
    .map((item: unknown) => {
      const parsed = schema.safeParse(item);
      return parsed.success ? result(parsed.data) : undefined;
    })
    .filter((found) => found !== undefined);
  if (list.length > 0 && results.length === 0) {
    return failed('bad-reply', `none of the ${list.length} results in its reply can be read`);
  }
  return ok(results);
}

/** `query` in at most `most` characters, whole words. */
export function clippedQuery(query: string, most: number): string {
  if (query.length <= most) return query;
  const cut = query.slice(0, most);
  return cut.slice(0, Math.max(cut.lastIndexOf(' '), most / 2)).trimEnd();
}

/** `https://api.example/v1` and `search` to `https://api.example/v1/search`, whether or not the base ends in a slash. */
export const endpointUrl = (base: string, path: string): URL =>
  new URL(path, base.endsWith('/') ? base : `${base}/`);
