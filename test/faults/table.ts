/** All faults, by subject. */
import type { FaultRow } from './row';
import { MODEL } from './model';
import { DISK } from './disk';
import { STREAM } from './stream';

export interface Subject {
  readonly title: string;
  readonly rows: readonly FaultRow[];
}

export const TABLE: readonly Subject[] = [{ title: 'Model', rows: [...MODEL, ...STREAM] }, { title: 'Memory and files', rows: DISK }];

export const ROWS: readonly FaultRow[] = TABLE.flatMap(({ rows }) => rows);
