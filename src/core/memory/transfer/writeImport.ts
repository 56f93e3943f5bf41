import type { CaseBank } from '../bank';
import { type ImportPlan, inBatches } from './planImport';

export interface Progress {
  readonly done: number;
  readonly total: number;
}

export interface WriteOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * Writes what the plan says, batch by batch, cases before runs. Rejects with the signal's reason: what was written by
 * then stays, and the next import of the file goes on from there.
 */
export async function writeImport(
  { records }: ImportPlan,
  bank: CaseBank,
  { signal, onProgress }: WriteOptions = {},
): Promise<void> {
  let done = 0;
  for (const batch of inBatches(records)) {
    signal?.throwIfAborted();
    await bank.importAll(batch);
    done += batch.length;
    onProgress?.({ done, total: records.length });
  }
}
