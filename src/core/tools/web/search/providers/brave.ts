/** Brave Search: https://api-dashboard.search.brave.com/app/documentation/web-search/get-started. */
import * as z from 'zod';
import { failed, ok } from '../../../../common/result';
import { clippedQuery, endpointUrl, readResults, text, webResult, type Provider } from '../provider';
import { textOfMarkup } from '../plainText';
import type { KeyedOptions } from '../searchConfig';

const item = z.object({
  url: z.string(),
  title: text,
  description: text,
  extra_snippets: z.array(z.string()).catch([]),
  page_age: text,
});
const replySchema = z.object({
  type: z.literal('search'),
  web: z.object({ results: z.unknown() }).optional(),
});
const errorSchema = z.object({ error: z.object({ code: z.string() }) });

export function brave({ key, base, namedBy }: KeyedOptions): Provider {
  return {
    name: 'brave',
    endpoint: base,
    namedBy,
    // One request a second on the smallest plan.
    pace: { everyMs: 1_100, atOnce: 1 },
    timeoutMs: 15_000,
    secrets: [key],
    // A key that is unknown is a 422 here.
    refusal: ({ status, json }) => {
      const error = errorSchema.safeParse(json);
      return status === 422 && error.success && error.data.error.code === 'SUBSCRIPTION_TOKEN_INVALID'
        ? failed('unauthorized', 'refused the key (SUBSCRIPTION_TOKEN_INVALID): set another one').fault
        : undefined;
    },
    async search({ text: query, count }, ask) {
      const url = endpointUrl(base, 'res/v1/web/search');
      // Words with `<strong>` around those that match are asked for plain; older replies have them anyway.
      url.search = new URLSearchParams({
        q: fiftyWords(clippedQuery(query, 400)),
        count: String(count),
        result_filter: 'web',
        text_decorations: 'false',
      }).toString();
      const reply = await ask({
        url,
        headers: { 'x-subscription-token': key },
        secretHeaders: ['x-subscription-token'],
      });
      if (!reply.ok) return reply;
      const body = replySchema.safeParse(reply.value.json);
      if (!body.success) return failed('bad-reply', 'its reply is no search reply');
      // Where nothing is found there is no `web` at all.
      if (!body.data.web) return ok([]);
      return readResults(
        body.data.web.results,
        item,
        ({ title, description, extra_snippets, page_age, url }) =>
          webResult('brave', {
            url,
            title: textOfMarkup(title),
            snippet: [description, ...extra_snippets].map(textOfMarkup).filter(Boolean).join(' … '),
            published: page_age,
          }),
      );
    },
  };
}

/** More words are refused. */
const fiftyWords = (query: string): string => query.split(/\s+/).slice(0, 50).join(' ');
