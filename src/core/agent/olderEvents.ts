/** What events of other versions lack, and the codes of faults that this one knows. */
import { isObject, oneOf, text } from '../common/kind';
import type { FaultCode } from '../common/result';

/**
 * What older versions did not write yet. A fault of a later version is told as it stands: its code only says what mends
 * it.
 */
export function complete(event: Readonly<Record<string, unknown>>): void {
  const { type, cases, error } = event;
  if (type === 'cases.retrieved') {
    addTo(event, { whyNone: '' });
    for (const found of Array.isArray(cases) ? cases : [])
      addTo(found, { advantage: null, pinned: false, lessons: [] });
  }
  if (isObject(error) && text(error['code']) && !isFaultCode(error['code']))
    Reflect.set(error, 'code', 'internal' satisfies FaultCode);
}

function addTo(value: unknown, missing: Readonly<Record<string, unknown>>): void {
  if (!isObject(value)) return;
  for (const [name, usual] of Object.entries(missing))
    if (!Object.hasOwn(value, name)) Reflect.set(value, name, usual);
}

export const isFaultCode = oneOf<FaultCode>({
  'empty-question': true,
  'no-folder': true,
  'no-model': true,
  unauthorized: true,
  forbidden: true,
  'model-not-found': true,
  unreachable: true,
  'rate-limited': true,
  'server-error': true,
  'bad-request': true,
  'bad-reply': true,
  'bad-plan': true,
  stalled: true,
  'context-too-long': true,
  limit: true,
  cancelled: true,
  denied: true,
  'not-found': true,
  'bad-arguments': true,
  unsupported: true,
  storage: true,
  tool: true,
  internal: true,
});
