import assert from 'node:assert/strict';
import { retryAfterMs } from '../../../../../src/core/common/retryAfter';
import { freshUntil, mayStore } from '../../../../../src/core/tools/web/freshness';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const at = (seconds: number): string => new Date(NOW + seconds * 1_000).toUTCString();
/** Seconds for which an answer that came just now stays fresh. */
const lifetime = (headers: Readonly<Record<string, string>>): number =>
  (freshUntil({ headers, requestedAt: NOW, receivedAt: NOW }) - NOW) / 1_000;

describe('freshness of a stored page', () => {
  const cases: readonly (readonly [
    what: string,
    headers: Readonly<Record<string, string>>,
    seconds: number,
  ])[] = [
    ['max-age', { 'cache-control': 'public, Max-Age=60' }, 60],
    ['max-age before Expires', { 'cache-control': 'max-age=60', expires: at(600) }, 60],
    ['s-maxage is not for us', { 'cache-control': 's-maxage=10, max-age=60' }, 60],
    ['in quotation marks', { 'cache-control': 'max-age="60"' }, 60],
    ['Age is taken off', { 'cache-control': 'max-age=60', age: '20' }, 40],
    ['an old Date is taken off', { 'cache-control': 'max-age=60', date: at(-50) }, 10],
    ['no-cache', { 'cache-control': 'no-cache, max-age=60' }, 0],
    ['no-cache of some headers', { 'cache-control': 'max-age=60, no-cache="set-cookie"' }, 0],
    ['Pragma where nothing else is said', { pragma: 'no-cache' }, 0],
    ['Vary by everything', { 'cache-control': 'max-age=60', vary: '*' }, 0],
    ['Expires by the clock of the server', { expires: at(-3_000), date: at(-3_600) }, 600 - 3_600],
    ['Expires that is no date', { expires: '0' }, 0],
    ['max-age that is no number', { 'cache-control': 'max-age=soon' }, 0],
    ['nothing said: five minutes', {}, 300],
    ['a tenth of the age', { 'last-modified': at(-18_000) }, 1_800],
    ['an hour at most', { 'last-modified': at(-1e8) }, 3_600],
  ];
  for (const [what, headers, seconds] of cases) it(what, () => assert.equal(lifetime(headers), seconds));

  it('the time that the request took counts as age', () => {
    const times = { headers: { 'cache-control': 'max-age=60' }, requestedAt: NOW - 5_000, receivedAt: NOW };
    assert.equal(freshUntil(times), NOW + 55_000);
  });

  it('no-store is not written, private is', () => {
    assert.deepEqual(
      [mayStore({ 'cache-control': 'no-store' }), mayStore({ 'cache-control': 'private' })],
      [false, true],
    );
  });

  it('Retry-After in seconds, as a date, as neither', () => {
    assert.deepEqual(
      [
        retryAfterMs('120', NOW),
        retryAfterMs(at(30), NOW),
        retryAfterMs(at(-30), NOW),
        retryAfterMs('soon', NOW),
      ],
      [120_000, 30_000, 0, undefined],
    );
  });
});
