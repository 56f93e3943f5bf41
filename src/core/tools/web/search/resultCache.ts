/** Results on disk: the same search within a day is not sent again. */
import * as z from 'zod';
import type { DiskCache } from '../../../ports';
import type { Provider, SearchQuery } from './provider';
import { PAPER_PROVIDERS, WEB_PROVIDERS, type SearchResult } from './searchResult';
import { normalizeAddress } from './webAddress';

/** Milliseconds. */
export const FRESH_MS = 24 * 60 * 60 * 1000;

export interface CachedResults {
  /** When the provider was asked, milliseconds since the epoch. */
  readonly at: number;
  readonly results: readonly SearchResult[];
}

const address = z.string().refine((url) => normalizeAddress(url) === url);
const paper = z.object({
  authors: z.array(z.string()),
  year: z.number().exactOptional(),
  venue: z.string().exactOptional(),
  doi: z.string().exactOptional(),
  arxivId: z.string().exactOptional(),
  pdfUrl: address.exactOptional(),
  citations: z.number().exactOptional(),
});
const result: z.ZodType<SearchResult> = z.object({
  title: z.string(),
  url: address,
  snippet: z.string(),
  published: z.string().exactOptional(),
  providers: z.array(z.enum([...WEB_PROVIDERS, ...PAPER_PROVIDERS])),
  paper: paper.exactOptional(),
});
/** Another version is nothing that this one reads. */
const entrySchema = z.object({ v: z.literal(1), at: z.number(), results: z.array(result).min(1) });

/** Of `provider` for `query`; neither keys nor credentials are part of it. */
export function cacheKey({ name, endpoint }: Provider, { text, count, language }: SearchQuery): string {
  const place = new URL(endpoint);
  place.username = place.password = '';
  return JSON.stringify(['search', name, place.href, language ?? '', count, text]);
}

/** Undefined where there is nothing, or nothing that can be read, or it is a day old (or of the future). */
export async function readCached(
  cache: DiskCache,
  key: string,
  now: number,
): Promise<CachedResults | undefined> {
  const bytes = await cache.read(key);
  if (!bytes) return undefined;
  const entry = entrySchema.safeParse(parse(new TextDecoder().decode(bytes)));
  if (!entry.success) return undefined;
  const { at, results } = entry.data;
  return at <= now && now - at < FRESH_MS ? { at, results } : undefined;
}

/** Only of results: an empty list may be a passing trouble. */
export async function writeCached(
  cache: DiskCache,
  key: string,
  { at, results }: CachedResults,
): Promise<void> {
  if (results.length === 0) return;
  await cache.write(key, new TextEncoder().encode(JSON.stringify({ v: 1, at, results })));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
