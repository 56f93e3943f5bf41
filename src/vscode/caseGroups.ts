/** How the cases stand in their view: groups, each a query of the memory. */
import * as l10n from '@vscode/l10n';
import type { CaseQuery } from '../core/memory/bank';

export const GROUPINGS = ['date', 'judgement', 'none'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export interface CaseGroup {
  /** Stays the same from one day to the next. */
  readonly key: string;
  readonly label: string;
  /** A product icon's id. */
  readonly icon: string;
  readonly query: Omit<CaseQuery, 'offset' | 'limit' | 'text' | 'forgotten' | 'order'>;
}

/** @param suggested runs of which a suggestion waits for a person */
export function judgementGroups(suggested: readonly string[]): readonly CaseGroup[] {
  const group = (key: string, label: string, icon: string, query: CaseGroup['query']): CaseGroup => ({
    ...{ key, label, icon, query },
  });
  return [
    group('suggested', l10n.t('Suggestions waiting'), 'question', {
      judgement: 'unjudged',
      ofRuns: suggested,
    }),
    group('unjudged', l10n.t('Not judged'), 'circle-outline', {
      judgement: 'unjudged',
      notOfRuns: suggested,
    }),
    group('accepted', l10n.t('Accepted'), 'pass', { judgement: 'accepted' }),
    group('rejected', l10n.t('Rejected'), 'error', { judgement: 'rejected' }),
  ];
}

/** By the calendar of the person's own time. What a changed clock put ahead is of today. */
export function dateGroups(now: Date): readonly CaseGroup[] {
  const day = (daysBack: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysBack).getTime();
  // Weeks begin on Monday (ISO 8601).
  const sinceMonday = (now.getDay() + 6) % 7;
  const starts = [
    ['today', l10n.t('Today'), day(0)],
    ['yesterday', l10n.t('Yesterday'), day(1)],
    ['week', l10n.t('This week'), day(sinceMonday)],
    ['month', l10n.t('This month'), day(now.getDate() - 1)],
    ['older', l10n.t('Older'), -Infinity],
  ] as const;
  let before = Infinity;
  return starts.flatMap(([key, label, start]) => {
    const from = Math.min(start, before);
    if (from === before) return [];
    const query = {
      ...(from === -Infinity ? {} : { from }),
      ...(before === Infinity ? {} : { before }),
    };
    before = from;
    return [{ key, label, icon: 'calendar', query }];
  });
}
