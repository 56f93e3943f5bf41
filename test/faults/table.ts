/** All faults, by subject. */
import { CLOCK } from './clock';
import { DISK } from './disk';
import { MCP } from './mcp';
import { MEMORY } from './memory';
import { MODEL } from './model';
import type { FaultRow } from './row';
import { STREAM } from './stream';
import { TOOLS } from './tools';
import { WEB } from './web';

export interface Subject {
  readonly title: string;
  readonly rows: readonly FaultRow[];
}

export const TABLE: readonly Subject[] = [
  { title: 'Model', rows: MODEL },
  { title: 'A reply on its way', rows: STREAM },
  { title: 'Commands, documents and files', rows: TOOLS },
  { title: 'Web', rows: WEB },
  { title: 'MCP servers', rows: MCP },
  { title: 'Memory', rows: MEMORY },
  { title: 'Disk', rows: DISK },
  { title: 'Clock', rows: CLOCK },
];

export const ROWS: readonly FaultRow[] = TABLE.flatMap(({ rows }) => rows);
