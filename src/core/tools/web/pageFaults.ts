/** What the answer of a server means where it is not the page. */
import { failed, type Fault } from '../../common/result';
import { retryAfterMs } from '../../common/retryAfter';
import type { DocumentContent, HttpResponse } from '../../ports';

/** Undefined for a status of success. */
export function faultOfStatus(response: HttpResponse, now: number): Fault | undefined {
  const { status, url, headers } = response;
  if (status >= 200 && status < 300 && ![204, 205, 206].includes(status)) return undefined;
  const page = `The page ${url.href}`;
  const fault = (code: Fault['code'], message: string): Fault => failed(code, message).fault;
  if (isChallenge(response))
    return fault('forbidden', `${url.host} lets only browsers of people in: ${WALL}`);
  switch (status) {
    case 204:
    case 205:
      return fault('bad-reply', `${page} is empty (status ${status}).`);
    case 206:
      return fault(
        'bad-reply',
        `${url.host} sent only a part of the page, which was not asked for (status 206).`,
      );
    case 401:
    case 407:
      return fault('unauthorized', `${page} takes a login (status ${status}). ${ELSEWHERE}`);
    case 402:
      return fault('forbidden', `${page} has to be paid for (status 402). ${ELSEWHERE}`);
    case 403:
      return fault('forbidden', `${url.host} refuses to give this page (status 403). ${ELSEWHERE}`);
    case 404:
      return fault(
        'not-found',
        `There is no page ${url.href} (status 404). Check the address, or search for it.`,
      );
    case 410:
      return fault('not-found', `${page} was removed (status 410).`);
    case 429:
      return fault(
        'rate-limited',
        `${url.host} has had too many requests (status 429).${wait(headers, now)}`,
      );
    case 451:
      return fault('forbidden', `${page} may not be shown for legal reasons (status 451).`);
    default:
  }
  if (status >= 500) {
    return fault('server-error', `${url.host} is in trouble (status ${status}).${wait(headers, now)}`);
  }
  return fault('bad-reply', `${url.host} answered with status ${status} and no page.`);
}

const ELSEWHERE = 'Look for another source; do not guess what it says.';
const WALL = `a check of the browser came instead of the page. ${ELSEWHERE}`;

function wait(headers: Readonly<Record<string, string>>, now: number): string {
  const ms = retryAfterMs(headers['retry-after'], now);
  return ms === undefined ? ' Try it later.' : ` It asks to wait ${Math.ceil(ms / 1_000)} s.`;
}

const CHALLENGE =
  /just a moment\.\.\.|attention required! \| cloudflare|cf-chl|challenge-platform|px-captcha|g-recaptcha|h-captcha|_incapsula_|datadome|are you a (?:human|robot)|verify (?:that )?you are (?:a )?human|unusual traffic/i;

function isChallenge({ status, headers, body }: HttpResponse): boolean {
  if (headers['cf-mitigated']?.toLowerCase() === 'challenge') return true;
  if (![401, 403, 405, 429, 503].includes(status)) return false;
  return CHALLENGE.test(new TextDecoder().decode(body.subarray(0, 20_000)));
}

/** A page with less text than this may be only a wall before the page. */
const FEW_CHARACTERS = 600;
const NEEDS_SCRIPTS =
  /(?:enable|requires?|turn on|activate|needs?)\s+(?:\w+\s+){0,3}javascript|javascript\s+(?:\w+\s+){0,4}(?:disabled|required|enabled|needed)|your browser (?:is not|isn.t) supported/i;
const ASKS_FOR_PERSON =
  /just a moment|checking your browser|verify (?:that )?you are (?:a )?human|are you a (?:human|robot)|unusual traffic|complete the (?:captcha|security check)/i;

/** Why what was read is not the page, though the status says so; undefined for a page. */
export function faultOfText(
  { parts, title, notes }: DocumentContent,
  url: URL,
  isHtml: boolean,
): Fault | undefined {
  const text = parts.map((part) => part.text).join('\n');
  if (text.trim() === '') {
    const why = isHtml ? ': it is made by scripts in the browser, or it has only pictures' : '';
    // Where it sends its readers on to is among the notes.
    const said = [...notes, ELSEWHERE].join(' ');
    return failed('unsupported', `The page ${url.href} has no text that could be read${why}. ${said}`).fault;
  }
  if (!isHtml || text.length > FEW_CHARACTERS) return undefined;
  const said = `${title ?? ''}\n${text}`;
  if (ASKS_FOR_PERSON.test(said)) {
    return failed('forbidden', `${url.host} lets only browsers of people in: ${WALL}`).fault;
  }
  if (NEEDS_SCRIPTS.test(said)) {
    return failed(
      'unsupported',
      `The page ${url.href} is made by scripts in the browser, which are not run here; without them it says only: “${text.replace(/\s+/g, ' ').trim().slice(0, 200)}”. ${ELSEWHERE}`,
    ).fault;
  }
  return undefined;
}
