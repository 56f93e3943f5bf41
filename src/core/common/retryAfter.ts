/** Milliseconds to wait by `Retry-After`: seconds, or a date (RFC 9110, 10.2.3); undefined where it is neither. */
export function retryAfterMs(text: string | null | undefined, now: number): number | undefined {
  const after = text?.trim() ?? '';
  if (/^\d+(?:\.\d+)?$/.test(after)) return Number(after) * 1_000;
  // A date has letters; V8 would take `-5` for one.
  const date = /[a-z]{3}/i.test(after) ? Date.parse(after) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
