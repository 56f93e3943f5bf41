import assert from 'node:assert/strict';
import fc from 'fast-check';
import { retryAfterMs } from '../../../src/core/common/retryAfter';
import { retryAfter } from '../../../src/core/tools/web/search/retryAfter';
import { askedWait } from '../../../src/models/backoff';
import { fuzz } from '../fuzz';
import { textOf } from '../inputs';

const NOW = Date.UTC(2026, 0, 15, 12);
const dates = fc
  .date({ min: new Date(0), max: new Date(8.64e15), noInvalidDate: true })
  .map((date) => date.toUTCString());
const header = fc.oneof(
  dates,
  fc.constantFrom('0', '120', '1.5', '-5', '1e9', '9'.repeat(400), 'NaN', 'Infinity', '0x10', ' 3 '),
  textOf(['1', '.', '-', 'Mon, ', '15 Jan 2026 ', '12:00:00', ' GMT', '99999', ',', '+275760']),
);

const isWait = (ms: number | undefined) =>
  assert.ok(ms === undefined || (ms >= 0 && !Number.isNaN(ms)), `${ms}`);

fuzz('Retry-After: undefined or a wait that is not negative', [header], (text) =>
  isWait(retryAfterMs(text, NOW)),
);

fuzz('Retry-After: spaces around it change nothing', [header], (text) => {
  assert.equal(retryAfterMs(`  ${text}\t`, NOW), retryAfterMs(text, NOW));
});

fuzz('Retry-After: of a model server and of a search provider', [header, header, header], (a, b, c) => {
  const headers = { 'retry-after': a, 'x-ratelimit-reset': b, 'x-ratelimit-remaining': c };
  isWait(retryAfter(headers, NOW));
  let sent: Headers;
  try {
    sent = new Headers({ 'retry-after': a, 'retry-after-ms': b });
  } catch {
    // No header of HTTP can say that.
    return;
  }
  isWait(askedWait(sent, NOW));
});
