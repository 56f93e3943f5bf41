/** Dates of results, as providers write them. */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?=$|[T ])/;
/** `Jan 15, 2024` (Serper). */
const MONTH_FIRST = /^([a-z]{3})[a-z]*\.? (\d{1,2}), (\d{4})$/i;
/** `Mon, 15 Jan 2024 10:00:00 GMT` (Tavily), `15 January 2024`. */
const DAY_FIRST = /^(?:[a-z]{3,9}, )?(\d{1,2}) ([a-z]{3})[a-z]*\.? (\d{4})(?=$| )/i;

/**
 * `2024-05-03`, `2024-05` or `2024`; undefined for what is no date, or only one that is relative (`3 days ago`). The day
 * is the one that is written, in whatever time zone.
 */
export function publishedDate(text: string): string | undefined {
  const written = text.trim();
  const iso = ISO.exec(written);
  if (iso) return dateOf(iso[1], iso[2], iso[3]);
  const monthFirst = MONTH_FIRST.exec(written);
  if (monthFirst) return dateOf(monthFirst[3], monthNumber(monthFirst[1]), monthFirst[2]);
  const dayFirst = DAY_FIRST.exec(written);
  return dayFirst ? dateOf(dayFirst[3], monthNumber(dayFirst[2]), dayFirst[1]) : undefined;
}

function monthNumber(name = ''): string {
  return String(MONTHS.indexOf(name.toLowerCase()) + 1);
}

function dateOf(year = '', month?: string, day?: string): string | undefined {
  if (month === undefined) return year;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  const yearAndMonth = `${year}-${month.padStart(2, '0')}`;
  if (day === undefined) return yearAndMonth;
  const date = `${yearAndMonth}-${day.padStart(2, '0')}`;
  // Refuses the 30th of February.
  const parsed = new Date(`${date}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(date) ? date : undefined;
}
