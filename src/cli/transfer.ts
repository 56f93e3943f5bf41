/** `memento cases import` and `memento cases export`. */
import type { Ports } from '../core/assistant';
import { embedMissing } from '../core/memory/embedMissing';
import { exportCases } from '../core/memory/transfer/exportCases';
import { planImport } from '../core/memory/transfer/planImport';
import { badLineWords, exportWords, previewWords } from '../core/memory/transfer/previewWords';
import { readImport } from '../core/memory/transfer/readImport';
import { writeImport, type Progress } from '../core/memory/transfer/writeImport';
import { errnoOf } from '../node/errno';
import { readText, writeText } from '../node/textFile';
import type { Command } from './arguments';
import type { Host } from './host';

type TransferCommand<Action> = Extract<Command, { readonly name: 'cases'; readonly action: Action }>;
type Memory = Pick<Ports, 'bank' | 'encoder' | 'clock'>;

/** With `--dry-run` nothing but the counts. */
export async function importCases(
  { file, dryRun, json }: TransferCommand<'import'>,
  { bank, encoder, clock }: Memory,
  host: Host,
): Promise<number> {
  return withFile(file, host, async () => {
    const read = await readImport(readText(file), { at: clock.now(), encoder });
    if (!read.ok) {
      host.complain(read.fault.message);
      return 1;
    }
    const plan = await planImport(read.value, bank, { encoderId: encoder.id });
    const { preview } = plan;
    if (json) host.write(`${JSON.stringify({ type: 'import.preview', ...preview, dryRun })}\n`);
    else
      host.write(
        [...previewWords(preview), ...badLineWords(preview).map((line) => `  ${line}`), ''].join('\n'),
      );
    if (dryRun) return 0;
    await writeImport(plan, bank);
    if (!json && plan.records.length > 0) host.write('Imported.\n');
    const warning = await bank.warning();
    if (warning !== undefined) host.complain(warning);
    await embedMissing(bank, encoder, { onProgress: tenths((words) => host.complain(words)) });
    return 0;
  });
}

export async function exportTo(
  { file, format, json }: TransferCommand<'export'>,
  { bank }: Memory,
  host: Host,
): Promise<number> {
  return withFile(file, host, async () => {
    const counts = await writeText(file, (write) => exportCases(bank, format, { write }));
    if (json) host.write(`${JSON.stringify({ type: 'export', format, ...counts })}\n`);
    else host.write(`${exportWords(counts, format).join('\n')}\n`);
    return 0;
  });
}

/** What is wrong with the file is said in a sentence. */
async function withFile(file: string, host: Host, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const code = errnoOf(error);
    if (code === undefined || !/^E[A-Z0-9]+$/.test(code)) throw error;
    host.complain(`${file}: ${FAULTS.get(code) ?? `it cannot be used (${code})`}.`);
    return 1;
  }
}

const FAULTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ENOENT: 'there is no such file or folder',
    EISDIR: 'this is a folder',
    ENOTDIR: 'this is in no folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOSPC: 'the disk is full',
  }),
);

/** A line for about each tenth that is done. */
function tenths(tell: (words: string) => void): (progress: Progress) => void {
  let told = 0;
  return ({ done, total }) => {
    const tenth = Math.floor((10 * done) / total);
    if (tenth === told) return;
    told = tenth;
    tell(`Encoded ${done} of ${total} questions.`);
  };
}
