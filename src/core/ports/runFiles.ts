import type { Result } from '../common/result';

/** A file that a call made: an image, a table. */
export interface ArtifactFile {
  /** Relative to the run's folder, with forward slashes. */
  readonly path: string;
  readonly bytes: number;
  /** `image/png`, as told by the name. */
  readonly mediaType: string;
}

/** A stretch of a text file of a run. Lines are 1-based; the last one needs no line break at its end. */
export interface LineRange {
  readonly text: string;
  readonly startLine: number;
  readonly endLine: number;
  /** How many lines the file has. */
  readonly lines: number;
  /** Characters of `endLine` that are left out, where it alone is longer than the limit. */
  readonly leftOut: number;
}

export interface LineRequest {
  readonly startLine: number;
  /** Where in `startLine` to begin, from 1: for a line that is longer than the limit. */
  readonly startColumn: number;
  readonly endLine?: number | undefined;
  readonly mostLines: number;
  readonly mostCharacters: number;
  readonly signal: AbortSignal;
}

/**
 * What a run left in its own folder: the outputs of its commands, the files that its code made. Paths are relative to
 * that folder; what leads out of it, through links too, is `denied`.
 */
export interface RunFiles {
  /**
   * Lines of a text file, however large: it is never held whole. Faults: `not-found`, `denied`, `unsupported` (not
   * text), `bad-arguments` (no such line or column).
   */
  lines(runId: string, path: string, request: LineRequest): Promise<Result<LineRange>>;
  bytes(
    runId: string,
    path: string,
    options: { readonly maxBytes: number; readonly signal?: AbortSignal },
  ): Promise<Result<Uint8Array>>;
  /** The real, absolute path of a file, for a program that reads it itself. */
  locate(runId: string, path: string): Promise<Result<string>>;
  /** Keeps something among the run's files, by its plain name; in place of what has that name. Fault: `storage`. */
  write(runId: string, name: string, content: string | Uint8Array): Promise<Result<ArtifactFile>>;
}
