/** Serper, results of Google: https://serper.dev. */
import * as z from 'zod';
import { failed, ok } from '../../../../common/result';
import { endpointUrl, readResults, text, webResult, type Provider } from '../provider';
import { textOfExtract } from '../plainText';
import { serverSentence } from '../refusal';
import type { KeyedOptions } from '../searchConfig';

const item = z.object({ link: z.string(), title: text, snippet: text, date: text });
const replySchema = z.object({ searchParameters: z.unknown().optional(), organic: z.unknown().optional() });

export function serper({ key, base, namedBy }: KeyedOptions): Provider {
  return {
    name: 'serper',
    endpoint: base,
    namedBy,
    // Five requests a second on the free plan.
    pace: { everyMs: 220, atOnce: 4 },
    timeoutMs: 15_000,
    secrets: [key],
    refusal: (reply) => {
      // An unknown key is a 403, an empty account a 400.
      if (reply.status === 403) return failed('unauthorized', 'refused the key (403): set another one').fault;
      const sentence = serverSentence(reply);
      return reply.status === 400 && /credit/i.test(sentence)
        ? failed('forbidden', `says that the account is empty (“${sentence}”)`).fault
        : undefined;
    },
    async search({ text: query, count }, ask) {
      const reply = await ask({
        url: endpointUrl(base, 'search'),
        method: 'POST',
        headers: { 'x-api-key': key, 'content-type': 'application/json' },
        secretHeaders: ['x-api-key'],
        // It knows 10, 20, 30 … and counts each ten as a search.
        body: JSON.stringify({ q: query, num: count <= 10 ? 10 : 20 }),
      });
      if (!reply.ok) return reply;
      const body = replySchema.safeParse(reply.value.json);
      if (!body.success || (body.data.organic === undefined && body.data.searchParameters === undefined)) {
        return failed('bad-reply', 'its reply is no search reply');
      }
      if (body.data.organic === undefined) return ok([]);
      const found = readResults(body.data.organic, item, ({ link, title, snippet, date }) =>
        webResult('serper', {
          url: link,
          title: textOfExtract(title),
          snippet: textOfExtract(snippet),
          published: date,
        }),
      );
      return found.ok ? ok(found.value.slice(0, count)) : found;
    },
  };
}
