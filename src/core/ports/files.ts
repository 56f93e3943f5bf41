import type { Locator } from '../common/locator';
import type { Result } from '../common/result';

export interface FileEntry {
  /** Relative to the workspace folder, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** The workspace's files: nothing outside the folder, nothing that .gitignore or the user's excludes hide. */
export interface Files {
  list(options: { readonly glob?: string; readonly limit: number; readonly signal?: AbortSignal }): Promise<{
    readonly files: readonly FileEntry[];
    /** How many match in all. */
    readonly total: number;
  }>;
  /** The text of a file; a fault for what is missing, outside the folder, binary or too large. */
  read(path: string, signal?: AbortSignal): Promise<Result<string>>;
  /** The bytes of a file, under the same rules; a fault `limit` for more than `maxBytes`. */
  bytes(
    path: string,
    options: { readonly maxBytes: number; readonly signal?: AbortSignal },
  ): Promise<Result<Uint8Array>>;
  /** The real, absolute path of a file that may be read, for a program that reads it itself. */
  locate(path: string): Promise<Result<string>>;
  /** SHA-256 of the file's bytes in hex, undefined if it cannot be read. */
  hash(path: string): Promise<string | undefined>;
}

/** A stretch of a file's text: the unit of search and of evidence. */
export interface Passage {
  readonly path: string;
  /** The document's title and the headings above the passage, e.g. `Instruments › Winch`. */
  readonly title: string;
  /** 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
  /** Where it stands in a document that has no lines: its lines are then those of the text made of it. */
  readonly locator?: Locator;
}

export interface SearchHit extends Passage {
  /** Fused score, only comparable within one answer. */
  readonly score: number;
  /** Cosine with the query; undefined where either has no vector. */
  readonly cosine: number | undefined;
}

export interface SearchOptions {
  readonly limit: number;
  readonly signal?: AbortSignal;
  /** Told while the search waits for the index, where that takes more than a second: so many of so many files. */
  readonly onIndexing?: (indexed: number, total: number) => void;
}

export interface WorkspaceSearch {
  /** The passages that bear on the query, best first: BM25 and embeddings, fused. */
  search(query: string, options: SearchOptions): Promise<readonly SearchHit[]>;
  /**
   * The second hop: passages reached from the given ones by links, by titles and names they mention or share, best
   * first by how they bear on the question and on what was found. None of `passages` is among them.
   */
  related(
    passages: readonly Passage[],
    options: SearchOptions & { readonly question: string },
  ): Promise<readonly SearchHit[]>;
  /** What of the workspace cannot be found because a limit was reached, a sentence each; absent: nothing. */
  limits?(): Promise<readonly string[]>;
}

/** A definition in code that the editor knows: a class, a function, a heading. */
export interface CodeSymbol {
  /** Relative to the workspace, as its files are called. */
  readonly path: string;
  readonly name: string;
  /** What it is in: a class, a module; empty with none. */
  readonly container: string;
  /** `class`, `function` … in lower case. */
  readonly kind: string;
  /** All of the definition: 1-based, inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

/** Definitions by their names, from the editor's own language support. Adapter: src/vscode/symbols.ts. */
export interface SymbolSearch {
  /** Those of this name, letters of either case; none where nobody knows or the answer takes too long. */
  find(
    name: string,
    options: { readonly limit: number; readonly signal?: AbortSignal },
  ): Promise<readonly CodeSymbol[]>;
}
