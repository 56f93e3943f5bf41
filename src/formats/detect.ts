/** What a file is: its bytes decide, then what a server said, then the name. */
import { decodeText } from '../core/common/decodeText';
import type { DocumentFile } from '../core/ports';
import { readZipDirectory } from './archive/zipDirectory';
import { extensionOf, type Format } from './source';

export function detectFormat(file: DocumentFile): Format {
  return byMagic(file) ?? byMediaType(file) ?? byExtension(file) ?? byText(file);
}

type Magic = readonly [offset: number, bytes: string, format: Format];

/** Latin-1 strings at an offset. */
const MAGIC: readonly Magic[] = [
  [0, '{\\rtf', 'rtf'],
  [0, '\x1f\x8b', 'gzip'],
  [257, 'ustar', 'tar'],
  [0, '\x89PNG\r\n\x1a\n', 'image'],
  [0, '\xff\xd8\xff', 'image'],
  [0, 'GIF8', 'image'],
  [0, 'II*\0', 'image'],
  [0, 'MM\0*', 'image'],
  [8, 'WEBP', 'image'],
  [4, 'ftyphei', 'image'],
  [4, 'ftypavif', 'image'],
  [4, 'ftypM4A', 'audio'],
  [4, 'ftyp', 'video'],
  [0, '\x1aE\xdf\xa3', 'video'],
  [8, 'AVI ', 'video'],
  [8, 'WAVE', 'audio'],
  [0, 'ID3', 'audio'],
  [0, 'fLaC', 'audio'],
  [0, 'OggS', 'audio'],
  [0, '7z\xbc\xaf\x27\x1c', 'binary'],
  [0, 'Rar!\x1a\x07', 'binary'],
];

/** pdf.js looks this far for the mark too, as other bytes may stand before it. */
const PDF_MARK_WITHIN = 1024;

function byMagic(file: DocumentFile): Format | undefined {
  const { bytes } = file;
  const head = latin1(bytes.subarray(0, PDF_MARK_WITHIN));
  if (head.startsWith('PK\x03\x04') || head.startsWith('PK\x05\x06')) return zipFormat(file);
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return compoundFormat(bytes);
  const known = MAGIC.find(([offset, mark]) => head.startsWith(mark, offset));
  if (known !== undefined) return known[2];
  if (/^BM.{4}\0{4}/s.test(head)) return 'image';
  // A text may speak of the mark.
  const mark = head.indexOf('%PDF-');
  return mark === 0 || (mark > 0 && decodeText(bytes) === undefined) || /^\s+%PDF-/.test(head)
    ? 'pdf'
    : undefined;
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

const ZIP_BASED: Readonly<Record<string, Format>> = {
  docx: 'docx',
  docm: 'docx',
  dotx: 'docx',
  pptx: 'pptx',
  pptm: 'pptx',
  ppsx: 'pptx',
  xlsx: 'xlsx',
  xlsm: 'xlsx',
  xlsb: 'xlsx',
  ods: 'ods',
  odt: 'odt',
  odp: 'odp',
  epub: 'epub',
};

/** An Office file is known by the parts that it must have; a broken one by its name. */
function zipFormat({ name, bytes }: DocumentFile): Format {
  const entries = readZipDirectory(bytes);
  if (!entries.ok) return ZIP_BASED[extensionOf(name)] ?? 'zip';
  const names = new Set(entries.value.map((entry) => entry.name));
  if (names.has('[Content_Types].xml')) {
    if (names.has('word/document.xml')) return 'docx';
    if (names.has('ppt/presentation.xml')) return 'pptx';
    if (names.has('xl/workbook.xml') || names.has('xl/workbook.bin')) return 'xlsx';
    return ZIP_BASED[extensionOf(name)] ?? 'zip';
  }
  if (names.has('mimetype')) return openDocument(bytes) ?? ZIP_BASED[extensionOf(name)] ?? 'zip';
  if (names.has('META-INF/container.xml')) return 'epub';
  // Something zipped by hand, whatever its name says; a word-processor's file has the parts above.
  return names.has('content.xml') ? (ZIP_BASED[extensionOf(name)] ?? 'zip') : 'zip';
}

/** The entry `mimetype` comes first and is stored, so that it can be read here (OpenDocument 1.3 part 2, section 3.3; OCF 3.3). */
function openDocument(bytes: Uint8Array): Format | undefined {
  const head = latin1(bytes.subarray(0, 200));
  const kind =
    /mimetypeapplication\/(?:vnd\.oasis\.opendocument\.(text|spreadsheet|presentation)|(epub\+zip))/.exec(
      head,
    );
  if (kind?.[2] !== undefined) return 'epub';
  const formats: Readonly<Record<string, Format>> = { text: 'odt', spreadsheet: 'ods', presentation: 'odp' };
  return formats[kind?.[1] ?? ''];
}

/** Old Office files and encrypted new ones are the same container (MS-CFB); a stream's name tells which. */
function compoundFormat(bytes: Uint8Array): Format {
  const has = (stream: string) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(stream, 0, 'utf16le');
  if (has('EncryptedPackage')) return 'encrypted-office';
  if (has('WordDocument')) return 'doc';
  if (has('PowerPoint Document')) return 'ppt';
  return has('Workbook') || has('Book') ? 'xls' : 'binary';
}

const MEDIA_TYPES: Readonly<Record<string, Format>> = {
  'text/csv': 'csv',
  'text/tab-separated-values': 'tsv',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/markdown': 'markdown',
  'application/json': 'json',
  'application/ld+json': 'json',
  'application/geo+json': 'json',
  'application/jsonl': 'jsonl',
  'application/x-ndjson': 'jsonl',
  'application/x-ipynb+json': 'notebook',
  'application/xml': 'xml',
  'text/xml': 'xml',
  'application/atom+xml': 'xml',
  'application/rss+xml': 'xml',
  'image/svg+xml': 'xml',
};

/** Servers that do not know a file call it a page. */
function byMediaType({ mediaType, bytes }: DocumentFile): Format | undefined {
  const format = MEDIA_TYPES[mediaType?.split(';')[0]?.trim().toLowerCase() ?? ''];
  return format === 'html' && decodeText(bytes.subarray(0, 8_000)) === undefined ? 'binary' : format;
}

const EXTENSIONS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  qmd: 'markdown',
  rmd: 'markdown',
  json: 'json',
  geojson: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  ipynb: 'notebook',
  xml: 'xml',
  svg: 'xml',
  rss: 'xml',
  atom: 'xml',
};

/** Only for what is text: other formats are known by their bytes, and would be broken without them. */
function byExtension({ name, bytes }: DocumentFile): Format | undefined {
  const format = EXTENSIONS[extensionOf(name)];
  return format !== undefined && decodeText(bytes) !== undefined ? format : undefined;
}

const HTML = /^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/is;

function byText({ name, bytes }: DocumentFile): Format {
  const head = decodeText(bytes.subarray(0, 2000));
  if (head === undefined) return 'binary';
  if (HTML.test(head)) return 'html';
  if (/^\s*<\?xml\s/.test(head)) return 'xml';
  // Programs write tables of text with the name of a spreadsheet.
  if (/^xlsx?$/.test(extensionOf(name))) return head.includes('\t') ? 'tsv' : 'csv';
  return 'text';
}
