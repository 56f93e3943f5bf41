import { PolicyMemory } from '../../src/core/memory/policy/policyMemory';
import { openBank } from '../journal/bank';
import { timed } from './timing';

/** Milliseconds to learn all judged runs of a bank anew, their reading from the database included. */
export async function recomputation(folder: string): Promise<number> {
  const journal = openBank(folder);
  const time = await journal.read((bank) => timed(() => new PolicyMemory(bank, new Map()).learned.update()));
  await journal.dispose();
  return time;
}
