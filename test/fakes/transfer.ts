/** Short words for tests of import and export. */
import assert from 'node:assert/strict';
import type { CaseBank } from '../../src/core/memory/bank';
import type { Case } from '../../src/core/memory/case';
import { exportCases } from '../../src/core/memory/transfer/exportCases';
import type { ExportFormat } from '../../src/core/memory/transfer/formats';
import { planImport } from '../../src/core/memory/transfer/planImport';
import { type ImportFile, readImport } from '../../src/core/memory/transfer/readImport';
import { writeImport } from '../../src/core/memory/transfer/writeImport';

export const ENCODER = { id: 'first', dimensions: 64 };
/** Of every import of a test. */
export const IMPORTED_AT = Date.UTC(2026, 1, 1);

/** A file that comes in pieces of so many characters. */
export async function* pieces(text: string, length = 1000): AsyncGenerator<string> {
  for (let from = 0; from < text.length; from += length) yield text.slice(from, from + length);
}

export const jsonl = (...lines: readonly unknown[]): string =>
  lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');

export const readText = (text: string, length?: number) =>
  readImport(pieces(text, length), { at: IMPORTED_AT });

export async function fileOf(text: string): Promise<ImportFile> {
  const read = await readText(text);
  if (!read.ok) assert.fail(read.fault.message);
  return read.value;
}

export const preview = async (bank: CaseBank, text: string) =>
  (await planImport(await fileOf(text), bank, { encoderId: ENCODER.id })).preview;

export async function importText(bank: CaseBank, text: string) {
  const plan = await planImport(await fileOf(text), bank, { encoderId: ENCODER.id });
  await writeImport(plan, bank);
  return plan.preview;
}

export async function exported(bank: CaseBank, format: ExportFormat = 'lossless') {
  const parts: string[] = [];
  const counts = await exportCases(bank, format, { write: async (text) => void parts.push(text) });
  return { text: parts.join(''), counts };
}

/** Oldest id first. */
export const casesOf = async (bank: CaseBank): Promise<readonly Case[]> =>
  (await bank.recordsAfter('', 10_000)).flatMap((record) => (record.type === 'case' ? [record.case] : []));

export const runsOf = async (bank: CaseBank) =>
  (await bank.recordsAfter('', 10_000)).flatMap((record) => (record.type === 'run' ? [record.run] : []));
