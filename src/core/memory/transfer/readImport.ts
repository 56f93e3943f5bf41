/** Reads a file of cases in any of the formats into records, line by line: a line that cannot be read is only counted. */
import { pace } from '../../common/pace';
import { failed, ok, type Result } from '../../common/result';
import type { Encoder } from '../../ports';
import type { StoredVector } from '../storedVector';
import type { Imported } from '../case';
import { importedCase, pastCaseId } from './importedCase';
import { importedId } from './importedId';
import { type FileLine, LineSplitter, LONGEST_LINE } from './lines';
import { LOSSLESS_VERSION, type LosslessRecord } from './lossless';
import { bad, parseLine, type ParsedLine, type PastCase } from './parseLine';
import { type CaseRecord, contentKey, linkedTo, type MemoryRecord, placeOf } from './record';
import { TrainingRows } from './trainingRows';

/** Characters that are read of a file, and lines that are kept of it: what a process can hold, twenty times the largest bank. */
const LONGEST_FILE = 2 ** 28;
const MOST_LINES = 250_000;
/** Bad lines that are told one by one. */
const TOLD = 20;

export interface BadLine {
  readonly line: number;
  /** Ends the sentence “line 7: …”. */
  readonly reason: string;
}

/** What a file says, and what of it could not be used. */
export interface ImportFile {
  readonly cases: readonly CaseRecord[];
  readonly runs: readonly Extract<MemoryRecord, { type: 'run' }>[];
  /** It names the lossless format. */
  readonly isLossless: boolean;
  readonly badLines: { readonly count: number; readonly first: readonly BadLine[] };
  /** Fields of the lossless format that this version does not know. */
  readonly unknownFields: number;
  /** Vectors that are none, or of another length than their encoder gives; they are made anew. */
  readonly badVectors: number;
  /** Records or training rows that the file has more than once. */
  readonly repeated: number;
  /** Training rows in which the query is its own case. */
  readonly selfCases: number;
  /** Queries whose rows differ in how the run went: not judged. */
  readonly disputed: number;
}

export interface ReadOptions {
  /** The time of the import, milliseconds since the epoch. */
  readonly at: number;
  /** The one of this memory, if it is known. */
  readonly encoder?: Pick<Encoder, 'id' | 'dimensions'>;
  readonly signal?: AbortSignal;
}

/** A fault for what has no case at all, and for a later version. Rejects with the signal's reason, and as `chunks` does. */
export async function readImport(
  chunks: AsyncIterable<string>,
  options: ReadOptions,
): Promise<Result<ImportFile>> {
  const reader = new ImportReader(options);
  const splitter = new LineSplitter();
  const rest = pace();
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > LONGEST_FILE || reader.kept > MOST_LINES) return tooLarge();
    for (const line of splitter.push(chunk)) {
      await reader.take(line);
      await rest();
    }
    options.signal?.throwIfAborted();
    if (reader.newer !== undefined) return tooNew(reader.newer);
  }
  for (const line of splitter.end()) await reader.take(line);
  if (reader.newer !== undefined) return tooNew(reader.newer);
  return reader.finish();
}

const tooLarge = () =>
  failed('limit', 'The file is too large for one import: please split it into several files.');

const tooNew = (version: number) =>
  failed(
    'unsupported',
    `The file was written by a newer version of Memento (version ${version} of its format; this one reads up to ` +
      `${LOSSLESS_VERSION}): please update Memento.`,
  );

class ImportReader {
  readonly #options: ReadOptions;
  readonly #records = new Map<string, MemoryRecord>();
  readonly #rows = new TrainingRows();
  /** How often a content was in the file, by the id that it has the first time. */
  readonly #occurrences = new Map<string, number>();
  /** The first case of each content. */
  readonly #firsts = new Map<string, string>();
  readonly #bad: BadLine[] = [];
  #badCount = 0;
  #unknownFields = 0;
  #badVectors = 0;
  #repeated = 0;
  #hasHeader = false;
  /** Lines that were not bad. */
  kept = 0;
  /** The version of a header that this program does not know. */
  newer: number | undefined;

  constructor(options: ReadOptions) {
    this.#options = options;
  }

  async take({ number, text }: FileLine): Promise<void> {
    const parsed = text === undefined ? bad(`is longer than ${LONGEST_LINE / 2 ** 20} MB`) : parseLine(text);
    const reason = await this.#keep(parsed);
    if (reason === undefined) {
      this.kept++;
      return;
    }
    this.#badCount++;
    if (this.#bad.length < TOLD) this.#bad.push({ line: number, reason });
  }

  async finish(): Promise<Result<ImportFile>> {
    const { at, signal } = this.#options;
    const { selfCases, disputed, repeated } = this.#rows;
    for (const record of await this.#rows.records(at, signal)) this.#addLinked(record);
    const records = [...this.#records.values()];
    if (records.length === 0 && !this.#hasHeader) {
      return failed('unsupported', 'The file has no cases in a format that Memento can import.');
    }
    return ok({
      cases: records.filter((record) => record.type === 'case'),
      runs: records.filter((record) => record.type === 'run'),
      isLossless: this.#hasHeader,
      badLines: { count: this.#badCount, first: this.#bad },
      unknownFields: this.#unknownFields,
      badVectors: this.#badVectors,
      repeated: this.#repeated + repeated,
      selfCases,
      disputed,
    });
  }

  /** Why nothing could be made of the line, if so. */
  async #keep(line: ParsedLine): Promise<string | undefined> {
    switch (line.type) {
      case 'bad':
        return line.reason;
      case 'header':
        this.#hasHeader = true;
        if (line.version > LOSSLESS_VERSION) this.newer = line.version;
        return undefined;
      case 'record':
        if (!this.#hasHeader) return 'comes before the line that names format and version';
        this.#addLossless(line);
        return undefined;
      case 'row':
        this.#rows.add(line.row);
        return undefined;
      case 'case':
        this.#addLinked(importedCase(await this.#idOf(line.case), line.case, this.#mark(line.format)));
        return undefined;
    }
  }

  readonly #mark = (from: Imported['from']): Imported => ({ from, at: this.#options.at });

  /** The second of two equal lines is a case of its own. */
  async #idOf(past: PastCase): Promise<string> {
    const id = await pastCaseId(past);
    const before = this.#occurrences.get(id) ?? 0;
    this.#occurrences.set(id, before + 1);
    return before === 0 ? id : importedId(id, before);
  }

  #addLossless({ record, unknownFields, badVectors }: LosslessRecord): void {
    this.#unknownFields += unknownFields;
    this.#badVectors += badVectors;
    if (record.type === 'run') {
      const { vector } = record.run;
      const usable = vector === undefined || this.#isUsable(vector);
      if (!usable) this.#badVectors++;
      this.#add(usable ? record : { type: 'run', run: { ...record.run, vector: undefined } });
      return;
    }
    const vectors = record.vectors.filter((vector) => this.#isUsable(vector));
    this.#badVectors += record.vectors.length - vectors.length;
    const imported = record.case.provenance.imported ?? this.#mark('lossless');
    const marked = { ...record.case, provenance: { ...record.case.provenance, imported } };
    this.#add({ type: 'case', case: marked, vectors });
  }

  /** One of another length than its encoder gives would keep all others out of the index. */
  #isUsable({ encoder: id, values }: StoredVector): boolean {
    const { encoder } = this.#options;
    return id !== encoder?.id || values.length === 0 || values.length === encoder.dimensions;
  }

  #addLinked(record: MemoryRecord): void {
    if (record.type === 'run') {
      this.#add(record);
      return;
    }
    const content = contentKey(record.case);
    const first = this.#firsts.get(content);
    this.#firsts.set(content, first ?? record.case.id);
    this.#add(first === undefined ? record : linkedTo(record, first));
  }

  #add(record: MemoryRecord): void {
    const place = placeOf(record);
    if (this.#records.has(place)) this.#repeated++;
    else this.#records.set(place, record);
  }
}
