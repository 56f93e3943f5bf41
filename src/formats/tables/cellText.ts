/** What a cell of a spreadsheet says, as text: dates as ISO 8601, numbers with all their digits. */
import type { CellObject } from '@e965/xlsx';

/** @param date1904 days are counted from 1904, as Excel on the Macintosh once did */
export function cellText(cell: CellObject, date1904: boolean): string {
  const text = withoutComments(cell, date1904);
  const comments = (cell.c ?? [])
    .map((comment) => comment.t?.trim() ?? '')
    .filter((comment) => comment !== '');
  return comments.length === 0 ? text : `${text} (comment: ${comments.join('; ')})`.trim();
}

function withoutComments(cell: CellObject, date1904: boolean): string {
  const { t: type, v: value, w: shown, f: formula } = cell;
  if (lacksValue(cell)) return `=${formula ?? ''}`;
  if (type === 'e') return shown ?? '#ERROR';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (value instanceof Date) return isoOf(value);
  if (typeof value === 'number') return numberText(value, cell, date1904);
  return raisedText(cell) ?? value ?? '';
}

const RUN = /<(?:\w+:)?r>(.*?)<\/(?:\w+:)?r>/gs;

/** The text of a cell in which a number is raised, as `10^6`; undefined for any other. Its runs are XML. */
function raisedText(cell: CellObject): string | undefined {
  const runs: unknown = cell.r;
  if (typeof runs !== 'string' || !runs.includes('"superscript"')) return undefined;
  return Array.from(runs.matchAll(RUN), ([, run = '']) => {
    const text = /<(?:\w+:)?t\b[^>]*>(.*?)<\/(?:\w+:)?t>/s.exec(run)?.[1] ?? '';
    const mark = run.includes('"superscript"') && /^[-−+]?\d+$/.test(text) ? '^' : '';
    return mark + text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name] ?? '');
  }).join('');
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** A formula whose result is not in the file. */
export const lacksValue = (cell: CellObject): boolean =>
  cell.f !== undefined && (cell.v === undefined || cell.t === 'z');

function numberText(value: number, { z: format, w: shown }: CellObject, date1904: boolean): string {
  const code = typeof format === 'string' ? format : 'General';
  const date = dateText(value, code, date1904);
  if (date !== undefined) return date;
  // LibreOffice writes truth values as formulas.
  if (shown === 'TRUE' || shown === 'FALSE') return shown;
  // Spreadsheets keep 15 digits; more are the noise of binary fractions.
  const exact = Number(value.toPrecision(15));
  if (shown?.includes('%') === true) return `${Number((value * 100).toPrecision(15))}%`;
  // A duration in hours, and a number with its thousands separators or its currency where these are all that differs.
  const kept = shown !== undefined && (isDuration(code) || sameNumber(shown, exact));
  return kept ? shown.trim() : String(exact);
}

const sameNumber = (shown: string, exact: number): boolean =>
  /\d/.test(shown) && Number(shown.replace(/[^\d.Ee-]/g, '')) === exact;

/** A format's letters, without quoted text, escaped characters, colours and conditions. */
const lettersOf = (code: string): string =>
  code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?![hms]+\])[^\]]*\]/gi, '')
    .toLowerCase();

/** `[h]:mm` counts hours on past a day. */
const isDuration = (code: string): boolean => /\[[hms]+\]/i.test(lettersOf(code));

const DAY_MS = 86_400_000;

/**
 * A date, a time, or both, by what the format shows; undefined for what is none. Serial numbers count days from the last
 * day of 1899, with a 29 February 1900 that never was (ECMA-376 part 1, 18.17.4.1).
 */
function dateText(value: number, code: string, date1904: boolean): string | undefined {
  const letters = lettersOf(code);
  if (letters.includes('general') || !/[ymdhs]/.test(letters) || isDuration(code) || value < 0)
    return undefined;
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, value < 60 ? 31 : 30);
  const moment = new Date(epoch + Math.round(value * DAY_MS));
  if (Number.isNaN(moment.getTime())) return undefined;
  const [date = '', time = ''] = moment.toISOString().slice(0, 19).split('T');
  const shortTime = time.replace(/:00$/, '');
  const hasDate = /[yd]|m{3}/.test(letters);
  if (!hasDate) return shortTime;
  return /[hs]/.test(letters) || !Number.isInteger(value) ? `${date}T${shortTime}` : date;
}

function isoOf(date: Date): string {
  const iso = date.toISOString();
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}
