import type { NewVectorKernel } from '../../core/memory/search/kernel/vectorKernel';
import type { SqlDatabase } from '../../core/memory/sql/sqlDatabase';
import type { Liveness, ProcessIdentity } from '../processIdentity';
import type { Disk } from './disk';
import type { Notices } from './notices';
import type { OperationIds } from './operationIds';

/** A database of sql.js. */
export interface BankDatabase extends SqlDatabase {
  export(): Uint8Array;
  close(): void;
}

export interface Processes {
  own(): ProcessIdentity;
  livenessOf(other: ProcessIdentity): Liveness;
}

/** What all parts of one open bank share. */
export interface JournalContext {
  /** Absolute path; made with the first write. */
  readonly folder: string;
  readonly disk: Disk;
  readonly processes: Processes;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly ids: OperationIds;
  readonly notices: Notices;
  /** Opens a database in memory, empty or of these bytes. */
  readonly openDatabase: (bytes?: Uint8Array) => BankDatabase;
  /** Undefined where vectors are compared in plain JavaScript. */
  readonly newKernel: NewVectorKernel | undefined;
}
