/** Cases and judgements over time. */
import { counted } from '../../common/figures';
import type { ReportCase } from './reportCase';

export const TIME_UNITS = ['day', 'week', 'month', 'year'] as const;
export type TimeUnit = (typeof TIME_UNITS)[number];

/** The cases made in a stretch of time, by what is said of them now. */
export interface TimeBucket {
  /** Its first moment in UTC, milliseconds since the epoch. */
  readonly from: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unjudged: number;
  /** Judgements given in it, of cases of any time. */
  readonly judgements: number;
}

export interface History {
  readonly words: string;
  readonly unit: TimeUnit;
  /** Oldest first, with those in which nothing happened; none where there is no case. */
  readonly buckets: readonly TimeBucket[];
  readonly cases: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly unjudged: number;
}

const DAY = 86_400_000;
/** Of days, weeks and months, so many are shown before the next longer unit is taken. */
const MOST_BUCKETS = { day: 31, week: 30, month: 48 } as const;

export function history(cases: readonly ReportCase[]): History {
  const times = cases.flatMap(({ createdAt, judgedAt }) => [
    createdAt,
    ...(judgedAt === null ? [] : [judgedAt]),
  ]);
  const first = times.reduce((a, b) => Math.min(a, b), Infinity);
  const last = times.reduce((a, b) => Math.max(a, b), -Infinity);
  const unit = unitOf(first, last);
  const buckets = new Map<number, { -readonly [K in keyof TimeBucket]: TimeBucket[K] }>();
  for (let from = startOf(unit, first); from <= last; from = nextStart(unit, from)) {
    buckets.set(from, { from, accepted: 0, rejected: 0, unjudged: 0, judgements: 0 });
  }
  for (const each of cases) {
    const made = buckets.get(startOf(unit, each.createdAt));
    if (made) made[verdictOf(each)]++;
    const judged = each.judgedAt === null ? undefined : buckets.get(startOf(unit, each.judgedAt));
    if (judged && each.reward !== null) judged.judgements++;
  }
  const total = (verdict: ReturnType<typeof verdictOf>) =>
    cases.filter((each) => verdictOf(each) === verdict).length;
  const totals = {
    cases: cases.length,
    accepted: total('accepted'),
    rejected: total('rejected'),
    unjudged: total('unjudged'),
  };
  return { words: wordsOf(totals), unit, buckets: [...buckets.values()], ...totals };
}

const verdictOf = ({ reward }: ReportCase) =>
  reward === 1 ? 'accepted' : reward === 0 ? 'rejected' : 'unjudged';

function wordsOf({
  cases,
  accepted,
  rejected,
  unjudged,
}: Omit<History, 'words' | 'unit' | 'buckets'>): string {
  if (cases === 0) return 'There are no cases yet: each question that is answered leaves one.';
  return `${counted(cases, 'case')}: ${accepted} accepted, ${rejected} rejected, ${unjudged} not judged.`;
}

function unitOf(first: number, last: number): TimeUnit {
  const days = (last - first) / DAY;
  if (!(days > MOST_BUCKETS.day - 1)) return 'day';
  if (days <= 7 * MOST_BUCKETS.week) return 'week';
  return days <= 30 * MOST_BUCKETS.month ? 'month' : 'year';
}

/** The first moment of the day, week (from Monday), month or year that a time lies in, all in UTC. */
function startOf(unit: TimeUnit, time: number): number {
  const date = new Date(time);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case 'day':
      return Date.UTC(year, month, day);
    case 'week':
      return Date.UTC(year, month, day - ((date.getUTCDay() + 6) % 7));
    case 'month':
      return Date.UTC(year, month);
    case 'year':
      return Date.UTC(year, 0);
  }
}

function nextStart(unit: TimeUnit, start: number): number {
  if (unit === 'day') return start + DAY;
  if (unit === 'week') return start + 7 * DAY;
  // Into the next one, however long this one is.
  return startOf(unit, start + (unit === 'month' ? 32 : 367) * DAY);
}
