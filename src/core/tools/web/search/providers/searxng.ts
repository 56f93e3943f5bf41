/**
 * SearXNG, the user's own instance: https://docs.searxng.org/dev/search_api.html. searx, which it comes from and which
 * Debian ships, answers alike.
 */
import * as z from 'zod';
import { failed, ok, type Result } from '../../../../common/result';
import { endpointUrl, readResults, text, webResult, type Provider, type SearchQuery } from '../provider';
import { cleanText, shortened, textOfExtract } from '../plainText';
import type { SearchResult } from '../searchResult';

export interface SearxngOptions {
  /** `http://localhost:8080`, `https://name:password@search.example/searxng/`. */
  readonly url: URL;
}

const item = z.object({
  url: z.string(),
  title: text,
  content: text,
  // searx gives `pubdate` in ISO's order and `publishedDate` in words, SearXNG the other way round or only one.
  publishedDate: text,
  pubdate: text,
});
/** What it tells of the thing that was asked for, mostly the beginning of a Wikipedia article. */
const infobox = z.object({ infobox: text, id: z.string(), content: z.string().min(1) });
const engineTrouble = z.tuple([z.string(), z.string()]).rest(z.unknown());
const replySchema = z.object({
  results: z.unknown(),
  infoboxes: z.array(z.unknown()).catch([]),
  unresponsive_engines: z.array(z.unknown()).catch([]),
});

export function searxng({ url }: SearxngOptions): Provider {
  const { base, authorization } = addressOf(url);
  return {
    name: 'searxng',
    endpoint: base,
    namedBy: 'user',
    pace: { everyMs: 250, atOnce: 4 },
    timeoutMs: 20_000,
    secrets: authorization === undefined ? [] : [authorization, decoded(url.password)],
    refusal: ({ status, json }) => {
      if (status === 403 && json === undefined) return JSON_IS_OFF.fault;
      return status === 401
        ? failed('unauthorized', 'wants a name and a password (401): put them into its address').fault
        : undefined;
    },
    async search(query, ask) {
      const request = endpointUrl(base, 'search');
      request.search = parameters(query).toString();
      const reply = await ask({
        url: request,
        ...(authorization === undefined
          ? {}
          : { headers: { authorization }, secretHeaders: ['authorization'] }),
      });
      return reply.ok ? readReply(reply.value.json, query.count) : reply;
    },
  };
}

const JSON_IS_OFF = failed(
  'forbidden',
  'refuses replies in JSON (403): add “json” to search.formats in the settings.yml of the instance and restart it, or ' +
    'name an instance that allows it; if “json” is there, its bot detection (limiter) stands in the way',
);

function parameters({ text: q, language }: SearchQuery): URLSearchParams {
  return new URLSearchParams({ q, format: 'json', ...(language === undefined ? {} : { language }) });
}

function readReply(json: unknown, count: number): Result<readonly SearchResult[]> {
  const reply = replySchema.safeParse(json);
  if (!reply.success) return failed('bad-reply', 'its reply has no list of results');
  const found = readResults(reply.data.results, item, ({ content, publishedDate, pubdate, ...rest }) =>
    webResult('searxng', {
      ...rest,
      title: textOfExtract(rest.title),
      snippet: textOfExtract(content),
      published: /^\d{4}-/.test(pubdate) ? pubdate : publishedDate,
    }),
  );
  if (!found.ok) return found;
  const boxes = reply.data.infoboxes.map(boxResult).filter((box) => box !== undefined);
  const results = [...boxes, ...found.value].slice(0, count);
  const trouble = reply.data.unresponsive_engines.map(engineName).filter((name) => name !== undefined);
  if (results.length > 0 || trouble.length === 0) return ok(results);
  // An empty list because nobody could be asked is no answer.
  return failed(
    'unreachable',
    `found nothing, but some of its engines did not answer (${shortened(trouble.join(', '), 200)})`,
  );
}

function boxResult(value: unknown): SearchResult | undefined {
  const box = infobox.safeParse(value);
  if (!box.success) return undefined;
  const { id, infobox: title, content } = box.data;
  return webResult('searxng', { url: id, title, snippet: textOfExtract(content), published: '' });
}

/** `google: timeout`. */
function engineName(value: unknown): string | undefined {
  const trouble = engineTrouble.safeParse(value);
  return trouble.success ? cleanText(`${trouble.data[0]}: ${trouble.data[1]}`) : undefined;
}

/** Users paste what the browser shows, so a `/search` at the end is not part of the address. */
function addressOf(url: URL): { readonly base: string; readonly authorization: string | undefined } {
  const base = url.origin + url.pathname.replace(/\/search\/?$/, '/');
  if (url.username === '' && url.password === '') return { base, authorization: undefined };
  const credentials = `${decoded(url.username)}:${decoded(url.password)}`;
  const bytes = new TextEncoder().encode(credentials);
  return { base, authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
