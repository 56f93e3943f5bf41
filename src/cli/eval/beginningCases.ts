/** A file of cases that the memories of an evaluation begin with. */
import { readFile } from 'node:fs/promises';
import type { Ports } from '../../core/assistant';
import type { CaseBank } from '../../core/memory/bank';
import { embedMissing } from '../../core/memory/embedMissing';
import { planImport } from '../../core/memory/transfer/planImport';
import { readImport } from '../../core/memory/transfer/readImport';
import { writeImport } from '../../core/memory/transfer/writeImport';
import type { Encoder } from '../../core/ports';
import { errnoOf } from '../../node/errno';
import { readText } from '../../node/textFile';
import { UsageError } from '../values';
import { sha256Of } from './outFolder';

export interface BeginningCases {
  /** SHA-256 of the file, hex. */
  readonly hash: string;
  /** What their questions ask: none of these is held out. */
  readonly questions: readonly string[];
  addTo(bank: CaseBank, encoder: Encoder): Promise<void>;
}

/** @throws UsageError where the file cannot be read as cases */
export async function readCases(
  file: string | undefined,
  { encoder, clock }: Pick<Ports, 'encoder' | 'clock'>,
): Promise<BeginningCases | undefined> {
  if (file === undefined) return undefined;
  const bytes = await readFile(file).catch((error: unknown) => {
    if (errnoOf(error) === undefined) throw error;
    throw new UsageError(`The cases in ${file} cannot be read (${errnoOf(error) ?? ''}).`);
  });
  const read = await readImport(readText(file), { at: clock.now(), encoder });
  if (!read.ok) throw new UsageError(`${file}: ${read.fault.message}`);
  const { cases, runs } = read.value;
  const questions = [...cases.map((each) => each.case.question), ...runs.map(({ run }) => run.question)];
  return {
    hash: sha256Of(bytes),
    questions: [...new Set(questions)],
    async addTo(bank) {
      await writeImport(await planImport(read.value, bank, { encoderId: encoder.id }), bank);
      await embedMissing(bank, encoder, {});
    },
  };
}
