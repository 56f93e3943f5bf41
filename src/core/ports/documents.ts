import type { Locator } from '../common/locator';
import type { Result } from '../common/result';
import type { ImageInput } from './media';

export interface DocumentFile {
  /** A file name or the last part of a URL's path: its extension helps where the bytes do not tell. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** As a server said; the bytes have the last word. */
  readonly mediaType?: string;
  /** Where on the web it was read: relative links are made absolute by it. */
  readonly url?: string;
}

/** A bookmark or heading, where a document tells more of its order than the titles of its parts. */
export interface OutlineEntry {
  /** From 1. */
  readonly level: number;
  readonly title: string;
  /** Index of the part that it leads to. */
  readonly part: number;
}

/** A page, slide, sheet, section, notebook cell, stretch of lines or archive entry of a document, in its order. */
export interface DocumentPart {
  readonly locator: Locator;
  /** The headings above it, a sheet's or a slide's name; empty with none. */
  readonly title: string;
  /** Markdown, with tables as tables. */
  readonly text: string;
  /** Where there is no text, the number by which `DocumentReader.pictures` gives what it shows. */
  readonly picture?: number;
}

export interface DocumentContent {
  /** `pdf`, `docx`, `xlsx` … in lower case. */
  readonly format: string;
  /** What the document calls itself. */
  readonly title: string | undefined;
  readonly parts: readonly DocumentPart[];
  /** In document order; absent where the titles of the parts say it all. */
  readonly outline?: readonly OutlineEntry[];
  /** For the reader, e.g. that some pages hold nothing but a picture. One sentence each. */
  readonly notes: readonly string[];
}

/** Reads a document as text. Adapters: src/formats, run in a thread with limits of time and memory. */
export interface DocumentReader {
  /**
   * `entry` names a file inside an archive. Faults: `unsupported` (format, encrypted), `bad-reply` (broken),
   * `limit` (too large, a bomb, too slow), `not-found` (no such entry). Rejects with the signal's reason once it aborts.
   */
  read(
    file: DocumentFile,
    options: { readonly entry?: string; readonly signal: AbortSignal },
  ): Promise<Result<DocumentContent>>;
  /**
   * What a part shows that has no text, a scanned page or an image, in the order in which it is drawn; empty where it is
   * blank. Faults as of `read`; `unsupported` also for pictures that cannot be unpacked.
   */
  pictures(
    file: DocumentFile,
    options: { readonly entry?: string; readonly picture: number; readonly signal: AbortSignal },
  ): Promise<Result<readonly ImageInput[]>>;
}

/** What the thread that reads documents answers: between src/node/documents.ts and src/formats/document-worker.ts. */
export interface DocumentFunctions {
  read(file: DocumentFile, entry: string | null): Promise<Result<DocumentContent>>;
  pictures(file: DocumentFile, entry: string | null, picture: number): Promise<Result<readonly ImageInput[]>>;
}
