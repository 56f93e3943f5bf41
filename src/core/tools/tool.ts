import type { ZodType } from 'zod';
import { HeadAndTail } from '../common/terminalText';
import type { ArtifactFile, JsonSchema } from '../ports';
import type { Evidence, EvidenceDraft } from './evidence';

export type { ArtifactFile } from '../ports';

/** What a tool hands back. A tool's failure is an observation for the model, so it has the same shape. */
export interface ToolResult {
  readonly ok: boolean;
  /** What the model reads. */
  readonly content: string;
  /** One line for a person. */
  readonly preview: string;
  /** Absolute path of what was left on disk. */
  readonly artifact?: string;
  /** Files that the call made, for the person. */
  readonly files?: readonly ArtifactFile[];
  readonly exitCode?: number | undefined;
  /** What the call started goes on in the background; absent where nothing does. */
  readonly background?: true;
  /** Evidence that the call added, in order. */
  readonly evidence?: readonly Evidence[];
}

export type ApprovalSubject = 'command' | 'code' | 'tool' | 'url';

/** What one approval may hold for in the rest of the run, where the person says so. */
export type ApprovalScope = 'searches';

export interface ApprovalRequest {
  readonly what: ApprovalSubject;
  /** For a foreign tool its name and its arguments as JSON, for a web address the address. */
  readonly command: string;
  readonly code: string | null;
  readonly reasons: readonly string[];
  /** The person may approve all of this at once; absent: what is shown, and nothing else. */
  readonly mayHoldFor?: ApprovalScope;
  /** A policy lets it run without asking, unless something about the run asks all the same; absent: it asks. */
  readonly waiver?: Waiver;
}

export interface Waiver {
  /** One sentence each: why nobody is asked. */
  readonly reasons: readonly string[];
  /** It may do more than read: a rule of the user says that it may. */
  readonly byRule: boolean;
}

export interface ApprovalAnswer {
  readonly approved: boolean;
  readonly reason: string | null;
  /** What the person wrote in place of the code, or of the command where there is none: this runs. */
  readonly edited?: string;
  /** They approved all of this in the rest of the run. */
  readonly holdsFor?: ApprovalScope;
  /** Nobody was asked. */
  readonly waived?: true;
}

/** What a call may do to the run it is part of. */
export interface ToolContext {
  readonly runId: string;
  readonly callId: string;
  readonly signal: AbortSignal;
  /** Live output for the person who watches. */
  readonly output: (chunk: string) => void;
  /** Registers evidence; the same text at the same place has one id in a run. */
  readonly cite: (draft: EvidenceDraft) => Promise<Evidence>;
  /** Waits for a person's word on exactly these bytes. */
  readonly approve: (request: ApprovalRequest) => Promise<ApprovalAnswer>;
  readonly exposure: ExposureView;
}

/** What the run was given that others wrote, and which may tell the model what to do. */
export interface ExposureView {
  /** Where the first of it came from; undefined while there is none. */
  readonly source: string | undefined;
  /** Where the first of it came from that a call could carry out: not what tools of others say of themselves. */
  readonly read: string | undefined;
  /**
   * Whether an address stood in the question, in a file or on a page, word for word, so that it carries nothing out but
   * what its writer knows; the first page of such a host carries nothing either.
   */
  knows(url: URL): boolean;
}

/** Of a call that a person makes alone. */
export const NOT_EXPOSED: ExposureView = { source: undefined, read: undefined, knows: () => true };

/**
 * A tool as planner and executor see it. `name` and the argument names are stable: users' scripts and stored plans
 * rely on them. `run` gets arguments that `parameters` has parsed.
 */
export interface Tool<A = unknown> {
  readonly name: string;
  /** For the model: what it does and when to use it. */
  readonly description: string;
  readonly parameters: ZodType<A>;
  /**
   * It changes nothing: in a run the same call again is answered with what it returned before. A call of a tool without
   * this may change what such tools return.
   */
  readonly readOnly?: boolean;
  /** What it returns is made here, and quotes nobody. */
  readonly ownWords?: boolean;
  /** The same call again may well return something else: to make it often is not to go in circles. */
  readonly mayRepeat?: boolean;
  /** The schema of the arguments as the tool's own server wrote it; absent: made of `parameters`. */
  readonly schema?: JsonSchema;
  run(args: A, context: ToolContext): Promise<ToolResult>;
}

/** Keeps the argument type of a tool's schema and body together, then forgets it: a registry holds tools of any. */
export function defineTool<A>(tool: Tool<A>): Tool {
  return {
    name: tool.name,
    description: tool.description,
    parameters: tool.parameters,
    readOnly: tool.readOnly ?? false,
    ownWords: tool.ownWords ?? false,
    mayRepeat: tool.mayRepeat ?? false,
    ...(tool.schema ? { schema: tool.schema } : {}),
    run: (args, context) => tool.run(tool.parameters.parse(args), context),
  };
}

/** What went wrong, for the model and in one line for a person. What it repeats of the arguments can have any length. */
export const failure = (content: string, preview = content): ToolResult => ({
  ok: false,
  content: shortened(content),
  preview: shortened(preview),
});

const MOST_TOLD = 8_000;

function shortened(text: string): string {
  if (text.length <= MOST_TOLD) return text;
  const kept = new HeadAndTail(MOST_TOLD);
  kept.write(text);
  return kept.toString();
}
