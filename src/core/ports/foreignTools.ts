import type { Result } from '../common/result';
import type { JsonSchema } from './models';
import type { ImageInput } from './media';

/** What a foreign tool's call gave, in parts that can be cited each for itself. */
export interface ForeignContent {
  /** `text`: what the tool said; `resource`: something with an address of its own. */
  readonly kind: 'text' | 'resource';
  /** A resource's URI; the tool's name for plain text. */
  readonly source: string;
  readonly title: string;
  readonly text: string;
}

export interface ForeignResult {
  /** False where the tool says that it failed. */
  readonly ok: boolean;
  /** All of it, however long; plain text, with no control sequences. */
  readonly content: readonly ForeignContent[];
  readonly images: readonly ImageInput[];
}

/** A tool of somebody else: an MCP server's, or one that another extension offers. Its words are untrusted. */
export interface ForeignTool {
  /** `mcp__<server>__<tool>`: letters, digits, `_` and `-`, at most 64 characters. */
  readonly name: string;
  /** Who offers it, for a person. */
  readonly server: string;
  readonly description: string;
  readonly schema: JsonSchema;
  /** The server says that it changes nothing; still only a hint. */
  readonly readOnly: boolean;
  call(
    args: Readonly<Record<string, unknown>>,
    options: {
      readonly signal: AbortSignal;
      /** Of `total`, where the server says it. */
      onProgress(done: number, total: number | undefined, message: string | undefined): void;
    },
  ): Promise<Result<ForeignResult>>;
}

export interface ForeignTools {
  /**
   * The tools that are there now, asked anew for each run; a server that is not there is a notice, not a failure. With
   * `wanted`, the name of a tool, who cannot have it need not be asked, nor started.
   */
  list(
    signal: AbortSignal,
    wanted?: string,
  ): Promise<{
    readonly tools: readonly ForeignTool[];
    /** One sentence each, for a person. */
    readonly notices: readonly string[];
  }>;
}
