/**
 * The language of modules that are tested without an editor: their words (`l10n.t` of @vscode/l10n), times and numbers.
 * English until `speak` is called.
 */
import * as l10n from '@vscode/l10n';
import type { Language } from './language';

let formats = formatsOf('en-GB');

/** To be called before anything is shown. */
export function speak({ tag, bundle }: Language): void {
  if (bundle === undefined) return;
  l10n.config({ contents: bundle });
  formats = formatsOf(tag);
}

function formatsOf(tag: string) {
  return {
    relative: new Intl.RelativeTimeFormat(tag, { numeric: 'auto' }),
    number: new Intl.NumberFormat(tag),
    tenths: new Intl.NumberFormat(tag, { minimumFractionDigits: 1, maximumFractionDigits: 1 }),
    minute: new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short' }),
  };
}

/** `12,345` */
export const formatNumber = (value: number): string => formats.number.format(value);

/** `3 hours ago`, `yesterday` @param value negative for what is past */
export const formatRelative = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
  formats.relative.format(value, unit);

/** `22 November 2026 at 04:32` in the person's own time. */
export const formatMinute = (at: Date): string => formats.minute.format(at);

/** Milliseconds as `35 s`, `3.5 min` or `2.0 h`. */
export function formatElapsed(ms: number): string {
  if (ms < 60_000) return l10n.t('{0} s', formatNumber(Math.floor(ms / 1000)));
  if (ms < 3_600_000) return l10n.t('{0} min', formats.tenths.format(ms / 60_000));
  return l10n.t('{0} h', formats.tenths.format(ms / 3_600_000));
}
