/** Numbers in words for a narrow line. */
import * as l10n from '@vscode/l10n';
import { formatNumber, language } from './language';

const withDigits = (digits: number, options: Intl.NumberFormatOptions = {}) =>
  new Intl.NumberFormat(language(), {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    ...options,
  });

const tenths = withDigits(1);
const wholes = withDigits(0);
const twoDigits = new Intl.NumberFormat(language(), { minimumIntegerDigits: 2 });
const percents = withDigits(0, { style: 'percent' });
const DOLLARS = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
const [cents, smallDollars] = [withDigits(2, DOLLARS), withDigits(3, DOLLARS)];

/** 850 ms, 4.2 s, 1 min 05 s, 2 h 03 min */
export function formatDuration(ms: number): string {
  if (ms < 1000) return l10n.t('{0} ms', wholes.format(ms));
  if (ms < 10_000) return l10n.t('{0} s', tenths.format(ms / 1000));
  return formatElapsed(ms);
}

/** Whole seconds, for a clock that ticks: 0 s, 59 s, 1 min 05 s, 2 h 03 min */
export function formatElapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return l10n.t('{0} s', formatNumber(seconds));
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? l10n.t('{0} min {1} s', formatNumber(minutes), twoDigits.format(seconds % 60))
    : l10n.t('{0} h {1} min', formatNumber(Math.floor(minutes / 60)), twoDigits.format(minutes % 60));
}

/** 512, 24.1k, 1.3M */
export function formatCount(count: number): string {
  if (count < 1000) return formatNumber(count);
  if (count < 1_000_000) return l10n.t('{0}k', (count < 100_000 ? tenths : wholes).format(count / 1000));
  return l10n.t('{0}M', tenths.format(count / 1_000_000));
}

/** 512 bytes, 12.3 kB, 4.0 MB */
export function formatBytes(bytes: number): string {
  if (bytes < 1_000) return l10n.t('{0} bytes', formatNumber(bytes));
  return bytes < 1_000_000
    ? l10n.t('{0} kB', tenths.format(bytes / 1_000))
    : l10n.t('{0} MB', tenths.format(bytes / 1_000_000));
}

/** US dollars. */
export function formatCost(cost: number): string {
  if (cost > 0 && cost < 0.001) return l10n.t('under {0}', smallDollars.format(0.001));
  return (cost < 1 ? smallDollars : cents).format(cost);
}

/** A share in [0, 1] as whole per cent. */
export const formatShare = (share: number): string => percents.format(share);

/** A difference of shares in percentage points, with its sign: +10, −17, 0. */
export function formatPoints(difference: number): string {
  const rounded = Math.round(difference * 100);
  if (rounded === 0) return formatNumber(0);
  return `${rounded < 0 ? '−' : '+'}${formatNumber(Math.abs(rounded))}`;
}
