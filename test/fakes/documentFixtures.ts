import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatLocator } from '../../src/core/common/locator';
import type { DocumentContent, DocumentFile } from '../../src/core/ports';
import { readDocument } from '../../src/formats';
import { characterMaps } from './localDocuments';

const folder = path.resolve(import.meta.dirname, '../fixtures/documents');

/** Documents that other programs made: see make.sh in their folder. */
export const documentNames: readonly string[] = readdirSync(folder).filter(
  (name) => !/^(?:source|make\.sh)$/.test(name),
);

export const documentFile = (name: string): DocumentFile => ({
  name,
  bytes: new Uint8Array(readFileSync(path.join(folder, name))),
});

/** What a document says, or the code of the fault. */
export async function readFixture(name: string, entry?: string): Promise<DocumentContent> {
  const read = await readDocument(documentFile(name), {
    characterMaps,
    ...(entry === undefined ? {} : { entry }),
  });
  if (!read.ok) throw new Error(`${read.fault.code}: ${read.fault.message}`);
  return read.value;
}

/** A line for each place with its text: `page 2: …`. */
export const toldOf = ({ parts }: DocumentContent): string =>
  parts.map(({ locator, text }) => `${formatLocator(locator)}: ${text}`).join('\n');
