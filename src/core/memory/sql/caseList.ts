/** The SQL of a page of cases. */
import type { CaseOrder, CaseQuery, JudgementName } from '../bank';
import type { SqlValue } from './sqlDatabase';

export interface Selection {
  /** `WHERE …`, of the table `cases`. */
  readonly where: string;
  readonly params: readonly SqlValue[];
  /** `… ORDER BY …`, to be put after `cases` and the condition. */
  readonly join: string;
  readonly order: string;
}

const REWARDS: Readonly<Record<JudgementName, string>> = {
  accepted: 'reward = 1',
  rejected: 'reward = 0',
  unjudged: 'reward IS NULL',
};

export const NEWEST_FIRST = 'ORDER BY created_at DESC, id DESC';

const ORDERS: Readonly<Record<CaseOrder, Pick<Selection, 'join' | 'order'>>> = {
  newest: { join: '', order: NEWEST_FIRST },
  question: { join: '', order: 'ORDER BY question COLLATE NOCASE, id DESC' },
  used: {
    join: `LEFT JOIN (
      SELECT used.value AS used_case, count(*) AS uses
      FROM runs, json_each(runs.record, '$.usedCases') AS used WHERE runs.record IS NOT NULL GROUP BY used.value
    ) ON used_case = cases.id`,
    order: 'ORDER BY coalesce(uses, 0) DESC, created_at DESC, id DESC',
  },
};

/** Of what was not forgotten. */
export function selectionOf(query: CaseQuery): Selection {
  const { judgement, from, before, ofRuns, notOfRuns = [], order = 'newest' } = query;
  const conditions: (readonly [string, readonly SqlValue[]])[] = [
    ['forgotten_at IS NULL', []],
    ...(judgement === undefined ? [] : [[REWARDS[judgement], []] as const]),
    ...(from === undefined ? [] : [['created_at >= ?', [from]] as const]),
    ...(before === undefined ? [] : [['created_at < ?', [before]] as const]),
    ...(ofRuns === undefined ? [] : [[`run_id IN ${placesOf(ofRuns)}`, ofRuns] as const]),
    ...(notOfRuns.length === 0 ? [] : [[`run_id NOT IN ${placesOf(notOfRuns)}`, notOfRuns] as const]),
  ];
  return {
    where: `WHERE ${conditions.map(([condition]) => condition).join(' AND ')}`,
    params: conditions.flatMap(([, params]) => params),
    ...ORDERS[order],
  };
}

const placesOf = (values: readonly string[]): string => `(${values.map(() => '?').join(', ')})`;
