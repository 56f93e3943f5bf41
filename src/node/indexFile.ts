/**
 * The workspace index between sessions, in one file: a line of JSON that tells what follows, a JSON text, tables of
 * 32-bit integers (little-endian), and the SHA-256 of all before it. Whatever does not check is not there: the index is
 * then built anew.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import type { Locator } from '../core/common/locator';
import type { FieldImage } from '../core/memory/search/termField';
import type { Passage } from '../core/ports';
import { splitPassages } from '../core/tools/passages';
import type { IndexImage } from '../core/tools/search/indexImage';
import { indexTerms } from '../core/tools/search/terms';
import { hashOf } from '../core/tools/search/vectors';

/** What is known of a file. */
export interface KnownFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** As `FoundFile` has them. */
  readonly modified: number;
  readonly changed: number;
  /** When it was read, milliseconds since the epoch. */
  readonly read: number;
  /** Of the text; null where the file was skipped. */
  readonly hash: string | null;
  /** Why it was skipped; empty where it was not. */
  readonly reason: string;
}

export interface KeptIndex {
  readonly image: IndexImage;
  readonly known: readonly KnownFile[];
}

const VERSION = 2;
const HASH_BYTES = 32;

const HEADER = z.object({
  version: z.literal(VERSION),
  /** Of the rules by which texts are cut and words are told, and of the folders. */
  made: z.string(),
  /** Bytes of the JSON text, which is padded to a multiple of 4. */
  text: z.number().int().min(0),
  /** How many integers each table has. */
  tables: z.array(z.number().int().min(0)),
});

const LOCATOR: z.ZodType<Locator> = z.lazy(() =>
  z.union([
    z.object({
      kind: z.enum(['lines', 'pages', 'slides', 'cells', 'time']),
      start: z.number(),
      end: z.number(),
    }),
    z.object({ kind: z.literal('range'), sheet: z.string(), range: z.string() }),
    z.object({ kind: z.literal('section'), heading: z.string() }),
    z.object({ kind: z.literal('entry'), path: z.string(), at: LOCATOR }),
    z.object({ kind: z.enum(['whole', 'output']) }),
  ]),
);

const COLUMNS = z.object({
  known: z.array(
    z.tuple([z.string(), z.number(), z.number(), z.number(), z.number(), z.string().nullable(), z.string()]),
  ),
  files: z.array(z.string()),
  titles: z.array(z.string()),
  texts: z.array(z.string()),
  /** Of the few passages that have one, by the passage's row. */
  locators: z.array(z.tuple([z.number(), LOCATOR])),
  terms: z.array(z.array(z.string())),
});

/** The tables before those of the fields: passages a file, first lines, last lines. */
const TABLES = 3;
/** Of a field: sizes, postings, lengths. */
const FIELD_TABLES = 3;

/** @param made as it was given to `writeIndexFile`: an index that was made otherwise is not there. */
export async function readIndexFile(file: string, made: string): Promise<KeptIndex | undefined> {
  try {
    const bytes = await readFile(file);
    const body = bytes.subarray(0, bytes.length - HASH_BYTES);
    if (!digest(body).equals(bytes.subarray(bytes.length - HASH_BYTES))) return undefined;
    const end = body.indexOf(0x0a) + 1;
    const header = HEADER.parse(JSON.parse(body.subarray(0, end).toString('utf8')));
    if (header.made !== made) return undefined;
    const columns = COLUMNS.parse(JSON.parse(body.subarray(end, end + header.text).toString('utf8')));
    return assemble(columns, tablesOf(body.subarray(end + header.text), header.tables));
  } catch {
    return undefined;
  }
}

/** Whole or not at all: written beside it, then renamed. */
export async function writeIndexFile(file: string, made: string, kept: KeptIndex): Promise<void> {
  const { image, known } = kept;
  const { passages, files, terms } = image;
  const columns: z.infer<typeof COLUMNS> = {
    known: known.map((each) => [
      each.path,
      each.size,
      each.modified,
      each.changed,
      each.read,
      each.hash,
      each.reason,
    ]),
    files: files.map((each) => each.path),
    titles: passages.map(({ title }) => title),
    texts: passages.map(({ text }) => text),
    locators: passages.flatMap(({ locator }, row) => (locator === undefined ? [] : [[row, locator]])),
    terms: terms.fields.map((field) => [...field.terms]),
  };
  const tables = [
    Int32Array.from(files, (each) => each.passages),
    Int32Array.from(passages, ({ startLine }) => startLine),
    Int32Array.from(passages, ({ endLine }) => endLine),
    ...terms.fields.flatMap(({ sizes, postings, lengths }) => [sizes, postings, lengths]),
  ];
  const text = Buffer.from(JSON.stringify(columns));
  const header: z.infer<typeof HEADER> = {
    version: VERSION,
    made,
    text: text.length,
    tables: tables.map(({ length }) => length),
  };
  const body = Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    text,
    ...tables.map((table) => Buffer.from(table.buffer, table.byteOffset, table.byteLength)),
  ]);
  await mkdir(path.dirname(file), { recursive: true });
  const fresh = `${file}.${process.pid}.${Date.now().toString(36)}`;
  try {
    await writeFile(fresh, Buffer.concat([body, digest(body)]));
    await rename(fresh, file);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Changes with the rules by which files are cut and words are told, the host's word boundaries among them. */
export const rulesFingerprint = (): string =>
  hashOf(
    JSON.stringify([
      process.versions.unicode,
      process.versions['icu'],
      splitPassages('sample.md', SAMPLE).map(({ title, text }) => [title, text.length, indexTerms(text)]),
    ]),
  );

const SAMPLE = `# Winches\n\n${'The cable of parseHTTPResponse2 was replaced; ideas cached, née 绞车 в лебёдке. '.repeat(40)}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n`;

const digest = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

function tablesOf(bytes: Buffer, lengths: readonly number[]): Int32Array[] {
  // A copy, as 32-bit integers need an aligned start.
  const all = new Int32Array(new Uint8Array(bytes).buffer);
  let end = 0;
  const tables = lengths.map((length) => all.subarray(end, (end += length)));
  if (end !== all.length) throw new RangeError('The tables are not those that the header tells of.');
  return tables;
}

function assemble(columns: z.infer<typeof COLUMNS>, tables: readonly Int32Array[]): KeptIndex | undefined {
  const { files, titles, texts, terms } = columns;
  const [counts, starts, ends] = tables;
  if (tables.length !== TABLES + FIELD_TABLES * terms.length) return undefined;
  if (counts?.length !== files.length || starts?.length !== texts.length || ends?.length !== texts.length)
    return undefined;
  const locators = new Map(columns.locators);
  const passages: Passage[] = [];
  files.forEach((path, i) => {
    for (let left = counts[i] ?? 0; left > 0; left--) {
      const row = passages.length;
      const locator = locators.get(row);
      passages.push({
        path,
        title: titles[row] ?? '',
        startLine: starts[row] ?? 1,
        endLine: ends[row] ?? 1,
        text: texts[row] ?? '',
        ...(locator === undefined ? {} : { locator }),
      });
    }
  });
  if (passages.length !== texts.length) return undefined;
  return {
    image: {
      files: files.map((path, i) => ({ path, passages: counts[i] ?? 0 })),
      passages,
      terms: { fields: terms.map((each, i) => fieldOf(each, tables.slice(TABLES + FIELD_TABLES * i))) },
    },
    known: columns.known.map(([path, size, modified, changed, read, hash, reason]) => ({
      path,
      size,
      modified,
      changed,
      read,
      hash,
      reason,
    })),
  };
}

const NONE = new Int32Array(0);

const fieldOf = (
  terms: readonly string[],
  [sizes = NONE, postings = NONE, lengths = NONE]: readonly Int32Array[],
): FieldImage => ({ terms, sizes, postings, lengths });
