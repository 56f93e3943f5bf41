/** Days, months and years in the ways they are written. */

/** Only what was written: a month has no day. */
export interface CalendarDate {
  readonly year?: number;
  /** 1 to 12. */
  readonly month?: number;
  readonly day?: number;
}

const MONTHS = [
  'january jan januar jänner janvier enero',
  'february feb februar février febrero',
  'march mar märz mars marzo',
  'april apr avril abril',
  'may mai mayo',
  'june jun juni juin junio',
  'july jul juli juillet julio',
  'august aug août agosto',
  'september sep sept septembre septiembre',
  'october oct oktober okt octobre octubre',
  'november nov novembre noviembre',
  'december dec dezember dez décembre diciembre',
];
const months = new Map(MONTHS.flatMap((names, i) => names.split(' ').map((name) => [name, i + 1] as const)));
const NAMES = [...months.keys()].sort((a, b) => b.length - a.length).join('|');

const DAY = '(?<day>\\d{1,2})(?:st|nd|rd|th|er|\\.)?';
const YEAR = '(?<year>\\d{4})(?!\\d|[.,]\\d)';
const MONTH = `(?<name>${NAMES})\\b\\.?`;
const FORMS: readonly RegExp[] = [
  new RegExp(`(?<!\\d)(?<year>\\d{4})\\s*-\\s*(?<month>\\d{2})\\s*-\\s*(?<day>\\d{2})(?!\\d)`, 'uy'),
  new RegExp(
    `(?<year>\\d{4})\\s*年(?:\\s*(?<month>\\d{1,2})\\s*月(?:\\s*(?<day>\\d{1,2})\\s*[日号])?)?`,
    'uy',
  ),
  new RegExp(`(?<month>\\d{1,2})\\s*月\\s*(?<day>\\d{1,2})\\s*[日号]`, 'uy'),
  new RegExp(`(?<day>\\d{1,2})\\.\\s?(?<month>\\d{1,2})\\.\\s?${YEAR}`, 'uy'),
  new RegExp(`${DAY}\\s+(?:of\\s+|de\\s+)?${MONTH}(?:\\s*,?\\s*(?:de\\s+)?${YEAR})?`, 'iuy'),
  new RegExp(`${MONTH}\\s+${DAY}(?!\\d|[.,:]\\d)(?:\\s*,?\\s*${YEAR})?`, 'iuy'),
  new RegExp(`${MONTH}\\s*,?\\s*(?:of\\s+|de\\s+)?${YEAR}`, 'iuy'),
];

/** What any of the forms begins with. */
const START = new RegExp(`\\d|(?:${NAMES})\\b`, 'iuy');

/** The date that begins there, and how long it is; undefined where none begins. 3/4/2023 is none: it says two dates. */
export function dateAt(
  text: string,
  at: number,
): { readonly date: CalendarDate; readonly length: number } | undefined {
  START.lastIndex = at;
  if (!START.test(text)) return undefined;
  for (const form of FORMS) {
    form.lastIndex = at;
    const match = form.exec(text);
    const date = match?.groups && dateOf(match.groups);
    if (match && date) return { date, length: match[0].length };
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

function dateOf({ year, month, day, name }: Groups): CalendarDate | undefined {
  const number = month === undefined ? months.get((name ?? '').toLowerCase()) : Number(month);
  if (number !== undefined && (number < 1 || number > 12)) return undefined;
  if (day !== undefined && (Number(day) < 1 || Number(day) > 31)) return undefined;
  return {
    ...(year === undefined ? {} : { year: Number(year) }),
    ...(number === undefined ? {} : { month: number }),
    ...(day === undefined ? {} : { day: Number(day) }),
  };
}

/** True where the source's date is the claim's, or says more than it: 4 March 2023 is in March 2023. */
export const says = (source: CalendarDate, claim: CalendarDate): boolean =>
  (['year', 'month', 'day'] as const).every(
    (part) => claim[part] === undefined || claim[part] === source[part],
  );

const CLOCK = /(\d{1,2})(?:[:.](\d{2}))?\s?([ap])\.?m\b\.?|(\d{1,2}):(\d{2})(?![\d:])/iuy;

/** The time of day that begins there, `2:30 pm` or `14:30`, in minutes since midnight. */
export function clockAt(
  text: string,
  at: number,
): { readonly minutes: number; readonly length: number } | undefined {
  CLOCK.lastIndex = at;
  const match = CLOCK.exec(text);
  if (!match) return undefined;
  const [hours, minutes] = [Number(match[1] ?? match[4]), Number(match[2] ?? match[5] ?? 0)];
  const half = match[3]?.toLowerCase();
  if (minutes > 59 || hours > (half ? 12 : 24) || (half && hours === 0)) return undefined;
  const hour = half ? (hours % 12) + (half === 'p' ? 12 : 0) : hours;
  return { minutes: hour * 60 + minutes, length: match[0].length };
}
