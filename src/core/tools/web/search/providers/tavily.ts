/** Tavily: https://docs.tavily.com/documentation/api-reference/endpoint/search. */
import * as z from 'zod';
import { failed } from '../../../../common/result';
import { clippedQuery, endpointUrl, readResults, text, webResult, type Provider } from '../provider';
import { textOfExtract } from '../plainText';
import { serverSentence } from '../refusal';
import type { KeyedOptions } from '../searchConfig';

const item = z.object({ url: z.string(), title: text, content: text, published_date: text });
const replySchema = z.object({ results: z.unknown() }).catch({ results: undefined });

export function tavily({ key, base, namedBy }: KeyedOptions): Provider {
  return {
    name: 'tavily',
    endpoint: base,
    namedBy,
    // 100 requests a minute on the smallest plan.
    pace: { everyMs: 600, atOnce: 4 },
    timeoutMs: 15_000,
    secrets: [key],
    refusal: (reply) =>
      reply.status === 432 || reply.status === 433
        ? failed('forbidden', `says that the plan is used up (${reply.status}: “${serverSentence(reply)}”)`)
            .fault
        : undefined,
    async search({ text: query, count }, ask) {
      const reply = await ask({
        url: endpointUrl(base, 'search'),
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        secretHeaders: ['authorization'],
        // Longer queries are refused.
        body: JSON.stringify({ query: clippedQuery(query, 400), max_results: count, search_depth: 'basic' }),
      });
      if (!reply.ok) return reply;
      return readResults(
        replySchema.parse(reply.value.json).results,
        item,
        ({ url, title, content, published_date }) =>
          webResult('tavily', {
            url,
            title: textOfExtract(title),
            snippet: textOfExtract(content),
            published: published_date,
          }),
      );
    },
  };
}
