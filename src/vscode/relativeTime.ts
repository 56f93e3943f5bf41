import * as l10n from '@vscode/l10n';
import { formatRelative } from './formats';

const UNITS = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** `3 hours ago`, `yesterday`. Both in milliseconds since the epoch; what lies ahead (a changed clock) is `just now`. */
export function relativeTime(at: number, now: number): string {
  const age = now - at;
  for (const [unit, ms] of UNITS) {
    if (age >= ms) return formatRelative(-Math.floor(age / ms), unit);
  }
  return l10n.t('just now');
}
