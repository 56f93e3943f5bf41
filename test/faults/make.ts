/** Tries every row, and every row without its guard, and writes the page: `npm run faults`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { Copy } from './mutants';
import { isMutant, PAGE, pageOf, type RowResult } from './page';
import { type FaultRow, type Mutant, outcomeOf } from './row';
import { ROWS } from './table';

/** Guards that are tried at a time. */
const TOGETHER = 3;
/** Milliseconds that a row gets without its guard: to load, and so many times what it took with it. */
const LOADING = 30_000;
const TIMES_SLOWER = 4;

/** A copy of the sources, in which one guard after the other is tried. */
class Lane {
  readonly #copy = Copy.make();
  #turn: Promise<void> = Promise.resolve();

  add(row: FaultRow, guard: Mutant, patience: number, done: (failsWithout: boolean) => void): void {
    this.#turn = this.#turn.then(async () => done(await (await this.#copy).fails(row, guard, patience)));
  }

  async finish(): Promise<void> {
    await this.#turn.finally(async () => (await this.#copy).remove());
  }
}

async function tryRow({ id, shown }: FaultRow): Promise<RowResult | undefined> {
  if (!('see' in shown)) return undefined;
  const why = shown.unable?.();
  if (why !== undefined) {
    console.log(`skipped ${id}: ${why}`);
    return undefined;
  }
  const outcome = await outcomeOf(shown);
  console.log(`${outcome.asExpected ? 'ok ' : 'BAD'} ${id}: ${outcome.seen}`);
  return outcome;
}

/** The guards are tried while other rows are. */
async function tryAll(): Promise<ReadonlyMap<string, RowResult>> {
  const results = new Map<string, RowResult>();
  const lanes = Array.from({ length: TOGETHER }, () => new Lane());
  for (const [i, row] of ROWS.entries()) {
    const { id, shown } = row;
    const began = performance.now();
    const outcome = await tryRow(row);
    if (outcome === undefined || !('see' in shown)) continue;
    results.set(id, outcome);
    const { guard } = shown;
    const patience = Math.round(LOADING + TIMES_SLOWER * (performance.now() - began));
    if (!isMutant(guard)) continue;
    lanes[i % TOGETHER]?.add(row, guard, patience, (failsWithout) => {
      results.set(id, { ...outcome, failsWithout });
      console.log(`${failsWithout ? 'ok ' : 'BAD'} ${id} without ${guard.file}`);
    });
  }
  for (const lane of lanes) await lane.finish();
  return results;
}

async function main(): Promise<void> {
  const results = await tryAll();
  const file = path.resolve(import.meta.dirname, '../..', PAGE);
  await writeFile(
    file,
    await format(pageOf(results), { ...(await resolveConfig(file)), parser: 'markdown' }),
  );
  const bad = [...results.values()].filter((each) => !each.asExpected || each.failsWithout === false);
  console.log(
    bad.length === 0 ? `${PAGE} is written.` : `${PAGE} is written; ${bad.length} rows are not well.`,
  );
  process.exit(bad.length === 0 ? 0 : 1);
}

await main();
