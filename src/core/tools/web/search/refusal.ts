/** What a provider's status means, in words that complete “Tavily …”. */
import * as z from 'zod';
import { failed, type Failed } from '../../../common/result';
import type { Reply } from './provider';
import { cleanText, shortened } from './plainText';

/** For any API: its own refusals come first (Provider.refusal). */
export function refusalOf(reply: Reply): Failed {
  const { status } = reply;
  const said = saying(reply);
  switch (status) {
    case 401:
      return failed('unauthorized', `refused the key (401${said}): set another one`);
    case 402:
      return failed('forbidden', `wants to be paid (402${said})`);
    case 403:
      return failed('forbidden', `refused the request (403${said})`);
    case 404:
      return failed('not-found', `has no search API at this address (404${said})`);
    case 429:
      return failed('rate-limited', `is asked too often (429${said})`);
    default:
      return status >= 500
        ? failed('server-error', `failed on its side (${status}${said})`)
        : failed('bad-request', `did not take the request (${status}${said})`);
  }
}

/** APIs differ in where their sentence stands; all of it is text of a stranger. */
const sentence = z.string().min(1);
const told = z.union([
  z.object({ error: sentence }).transform(({ error }) => error),
  z.object({ message: sentence }).transform(({ message }) => message),
  z.object({ detail: sentence }).transform(({ detail }) => detail),
  z.object({ error: z.object({ detail: sentence }) }).transform(({ error }) => error.detail),
  z.object({ error: z.object({ message: sentence }) }).transform(({ error }) => error.message),
  z.object({ error: z.object({ info: sentence }) }).transform(({ error }) => error.info),
  z.object({ detail: z.object({ error: sentence }) }).transform(({ detail }) => detail.error),
]);

/** `: “Not enough credits”`, or nothing. */
function saying(reply: Reply): string {
  const sentence = serverSentence(reply);
  return sentence === '' ? '' : `: “${sentence}”`;
}

/** The server's own words about what is wrong, '' where it has none. */
export function serverSentence({ json }: Reply): string {
  const found = told.safeParse(json);
  return found.success ? shortened(cleanText(found.data), 200) : '';
}
