import type { Result } from '../core/common/result';
import type { DocumentContent, DocumentFile } from '../core/ports';

/** What an adapter reads: the bytes and what was found out about them. */
export interface Source extends DocumentFile {
  readonly format: Format;
  /** Where `<name>.bcmap` files are, with a slash at its end; without it some Chinese, Japanese and Korean PDFs lose text. */
  readonly characterMaps?: URL;
  /** Aborted where nobody waits any more; long work looks at it. */
  readonly signal?: AbortSignal;
}

export type Adapter = (source: Source) => Promise<Result<DocumentContent>> | Result<DocumentContent>;

/** What a file is, as told by `detectFormat`; the names are shown to people and models. */
export type Format =
  | 'pdf'
  | 'docx'
  | 'pptx'
  | 'xlsx'
  | 'xls'
  | 'ods'
  | 'odt'
  | 'odp'
  | 'epub'
  | 'rtf'
  | 'csv'
  | 'tsv'
  | 'html'
  | 'markdown'
  | 'json'
  | 'jsonl'
  | 'xml'
  | 'notebook'
  | 'text'
  | 'zip'
  | 'tar'
  | 'gzip'
  | 'image'
  | 'audio'
  | 'video'
  | 'doc'
  | 'ppt'
  | 'encrypted-office'
  | 'binary';

/** Bytes of a file that are read at all, and of what all entries of an archive may come to, unpacked. */
export const MOST_FILE_BYTES = 100_000_000;
export const MOST_UNPACKED_BYTES = 500_000_000;

/** `.tar.gz` and the like count as their last part: `tgz` is one of its own. Lower case, empty with none. */
export const extensionOf = (name: string): string =>
  /\.([^./\\\s]+)$/.exec(name.trim())?.[1]?.toLowerCase() ?? '';

/** `notes/report.pdf` -> `report.pdf`. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
