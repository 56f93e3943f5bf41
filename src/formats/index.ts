/** Documents of many formats as text. Each format's reader, and the library it stands on, is loaded when it is needed. */
import { gunzipSync } from 'node:zlib';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import type { DocumentContent, DocumentFile, ImageInput } from '../core/ports';
import { fileInArchive } from './archive/archive';
import { detectFormat } from './detect';
import {
  type Adapter,
  baseName,
  extensionOf,
  type Format,
  MOST_FILE_BYTES,
  MOST_UNPACKED_BYTES,
  type Source,
} from './source';

export interface ReadOptions {
  /** Of an archive: the name of the entry to read, `inner.zip!/notes.md` for one in an archive in it. */
  readonly entry?: string;
  /** As in `Source`. */
  readonly characterMaps?: URL;
  readonly signal?: AbortSignal;
}

/** An archive in an archive is read, one in that is not. */
const DEEPEST = 2;

/**
 * Reads a document on this thread, without limits of time and memory: src/formats/document-worker.ts has these.
 * Faults: `unsupported`, `bad-reply` (broken), `limit`, `not-found` (no such entry).
 */
export async function readDocument(
  file: DocumentFile,
  options: ReadOptions = {},
): Promise<Result<DocumentContent>> {
  const opened = open(file, options);
  if (!opened.ok) return opened;
  const { source, path } = opened.value;
  const read = await readFormat(source);
  return read.ok && path !== undefined ? ok(inEntry(read.value, path)) : read;
}

/** What a part shows that has a number `picture` instead of text; faults as of `readDocument`. */
export async function readPictures(
  file: DocumentFile,
  { picture, ...options }: ReadOptions & { readonly picture: number },
): Promise<Result<readonly ImageInput[]>> {
  const opened = open(file, options);
  if (!opened.ok) return opened;
  const { source } = opened.value;
  if (source.format === 'image') return (await import('./pictures/image')).readImage(source);
  if (source.format === 'pdf') return (await import('./pdf/read')).readPdfPictures(source, picture);
  return failed('not-found', `${baseName(source.name)} has no page that is a picture.`);
}

interface OpenFile {
  readonly source: Source;
  /** Of the entry that it is, in its archive. */
  readonly path: string | undefined;
}

/** Unpacks what is packed, down to the entry. */
function open(file: DocumentFile, { entry, ...options }: ReadOptions, depth = 0): Result<OpenFile> {
  options.signal?.throwIfAborted();
  if (file.bytes.length > MOST_FILE_BYTES && depth === 0)
    return failed('limit', tooLarge(file.name, MOST_FILE_BYTES));
  const source: Source = { ...file, ...options, format: detectFormat(file) };
  if (source.format === 'gzip') {
    const unpacked = unpack(source);
    return unpacked.ok
      ? open(unpacked.value, { ...options, ...(entry === undefined ? {} : { entry }) }, depth)
      : unpacked;
  }
  if (entry === undefined) return ok({ source, path: undefined });
  if (source.format !== 'zip' && source.format !== 'tar') {
    return failed('not-found', `${baseName(file.name)} is no archive, so it has no entry “${entry}”.`);
  }
  if (depth >= DEEPEST) return failed('unsupported', 'Archives in archives are read one level deep only.');
  const [name = '', ...rest] = entry.split('!/');
  const inner = fileInArchive(source, name);
  if (!inner.ok) return inner;
  const below = { ...options, ...(rest.length > 0 ? { entry: rest.join('!/') } : {}) };
  const opened = open(inner.value, below, depth + 1);
  if (!opened.ok) return opened;
  const { path } = opened.value;
  return ok({
    ...opened.value,
    path: path === undefined ? inner.value.name : `${inner.value.name}!/${path}`,
  });
}

/** `.tar.gz` is an archive, `.csv.gz` the file that it packs. */
function unpack(source: Source): Result<DocumentFile> {
  try {
    const bytes = gunzipSync(source.bytes, { maxOutputLength: MOST_UNPACKED_BYTES });
    const name = source.name.replace(/\.gz$/i, '').replace(/\.tgz$/i, '.tar');
    // Packed again and again it would never end.
    return detectFormat({ name, bytes }) === 'gzip'
      ? failed('unsupported', `${baseName(source.name)} is packed twice.`)
      : ok({ name, bytes });
  } catch (error) {
    return error instanceof RangeError
      ? failed('limit', tooLarge(source.name, MOST_UNPACKED_BYTES))
      : failed('bad-reply', `${baseName(source.name)} is a broken gzip file: ${messageOf(error)}.`);
  }
}

const tooLarge = (name: string, most: number): string =>
  `${baseName(name)} is too large to read: ${most / 1_000_000} MB is the limit.`;

const inEntry = (content: DocumentContent, path: string): DocumentContent => ({
  ...content,
  parts: content.parts.map((part) => ({ ...part, locator: { kind: 'entry', path, at: part.locator } })),
});

async function readFormat(source: Source): Promise<Result<DocumentContent>> {
  if (source.bytes.length === 0)
    return ok({ format: 'text', title: undefined, parts: [], notes: ['It is empty: 0 bytes.'] });
  const adapter = await adapterOf(source);
  if (!adapter.ok) return adapter;
  try {
    return await adapter.value(source);
  } catch (error) {
    source.signal?.throwIfAborted();
    // Whatever a library throws at a file is the file's fault: what it reads is untrusted.
    return failed('bad-reply', `${baseName(source.name)} is broken: ${messageOf(error)}.`);
  }
}

/** The reader of a format; a fault that says what to do where there is none. */
async function adapterOf({ format, name }: Source): Promise<Result<Adapter>> {
  switch (format) {
    case 'pdf':
      return ok((await import('./pdf/read')).readPdf);
    case 'docx':
      return ok((await import('./office/docx')).readDocx);
    case 'pptx':
      return ok((await import('./office/pptx')).readPptx);
    case 'odt':
    case 'odp':
      return ok((await import('./office/openDocument')).readOpenDocument);
    case 'epub':
      return ok((await import('./office/epub')).readEpub);
    case 'rtf':
      return ok((await import('./office/rtf')).readRtf);
    case 'xlsx':
    case 'xls':
    case 'ods':
      return ok((await import('./tables/workbook')).readWorkbook);
    case 'csv':
    case 'tsv':
      return ok((await import('./tables/csv')).readCsv);
    case 'markdown':
      return ok((await import('./text/read')).readMarkdown);
    case 'html':
      return ok((await import('./html/read')).readHtmlFile);
    case 'text':
      return ok((await import('./text/read')).readText);
    case 'json':
      return ok((await import('./text/json')).readJson);
    case 'jsonl':
      return ok((await import('./text/json')).readJsonLines);
    case 'xml':
      return ok((await import('./html/feed')).feedOr((await import('./text/xmlText')).readXml));
    case 'notebook':
      return ok((await import('./text/notebook')).readNotebook);
    case 'zip':
    case 'tar':
      return ok((await import('./archive/archive')).listArchive);
    case 'image':
      return ok((await import('./pictures/image')).imageAsPart);
    case 'gzip':
    case 'audio':
    case 'video':
    case 'doc':
    case 'ppt':
    case 'encrypted-office':
    case 'binary':
      return failed('unsupported', notRead(format, baseName(name)));
  }
}

/** Archives and packed files that nothing here unpacks. */
const PACKED = new Set([
  '7z',
  'rar',
  'bz2',
  'tbz2',
  'xz',
  'txz',
  'zst',
  'lz4',
  'lzma',
  'z',
  'cab',
  'iso',
  'dmg',
  'deb',
  'rpm',
]);

function notRead(format: Format, name: string): string {
  switch (format) {
    case 'audio':
      return `${name} is a recording: transcribe_audio makes text of it.`;
    case 'video':
      return `${name} is a video: watch_video answers questions about it.`;
    case 'doc':
    case 'ppt':
      return `${name} is in the format of Office before 2007, which is not read: save it as ${format.toUpperCase()}X, as “soffice --headless --convert-to ${format}x” does.`;
    case 'encrypted-office':
      return `${name} is protected with a password: it cannot be read here. Save a copy without one.`;
    default: {
      const extension = extensionOf(name);
      if (PACKED.has(extension))
        return `${name} is packed in a format that is not read (${extension}): unpack it into the workspace, and read what was in it.`;
      return `${name} is in a format that is not read${extension === '' ? '' : ` (${extension})`}: it is no text and no known document.`;
    }
  }
}
