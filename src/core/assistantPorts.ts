/** What a host plugs into the core. */
import type { RunStore } from './agent/runStore';
import type { Result } from './common/result';
import type { Secrets } from './common/secrets';
import type { CaseBank } from './memory/bank';
import type {
  Calculator,
  ChatModel,
  CommandRunner,
  DiskCache,
  DocumentReader,
  Encoder,
  Files,
  ForeignTools,
  HttpClient,
  Ids,
  Logger,
  RunFiles,
  SteadyClock,
  Transcriber,
  VideoReader,
  WorkspaceSearch,
} from './ports';
import type { CommandPlace } from './tools/shell/commandPolicy';
import type { Tool } from './tools/tool';
import type { WebRules } from './tools/web/webReader';
import type { SearchConfig } from './tools/web/search/searchConfig';

/** `undefined` chooses the extractive planner or executor. */
export interface ModelPair {
  readonly planner: ChatModel | undefined;
  readonly executor: ChatModel | undefined;
  /** For images, where the user named one; else the executor is asked. */
  readonly vision?: ChatModel | undefined;
  readonly transcriber?: Transcriber | undefined;
}

export interface Ports {
  readonly bank: CaseBank;
  readonly runs: RunStore;
  readonly encoder: Encoder;
  /** Name of the folder that is searched, undefined with none open. */
  readonly workspace: string | undefined;
  readonly files: Files | undefined;
  readonly search: WorkspaceSearch | undefined;
  readonly commands: CommandRunner | undefined;
  /** Where commands run, for what may run without asking; absent: nothing may. */
  readonly commandPlace?: CommandPlace | undefined;
  /** What calls of the same run left behind. */
  readonly runFiles?: RunFiles | undefined;
  readonly calculator: Calculator;
  /** Undefined where nothing may be asked of the web: Restricted Mode. */
  readonly http?: HttpClient | undefined;
  /** The user's search providers and their keys; asked at each search. Absent: Wikipedia and the archives of papers. */
  readonly webSearch?: (() => Promise<SearchConfig>) | undefined;
  /** What was read of the web, on disk. */
  readonly cache?: DiskCache | undefined;
  readonly webRules?: WebRules | undefined;
  readonly documents?: DocumentReader | undefined;
  readonly video?: VideoReader | undefined;
  /** MCP servers' tools and those that other extensions offer. */
  readonly foreignTools?: ForeignTools | undefined;
  /** Of the program that embeds the core. One that has the name of a tool of ours takes its place. */
  readonly ownTools?: readonly Tool[] | undefined;
  /** Asked anew for each run, so that a changed setting counts at once. */
  models(signal: AbortSignal): Promise<Result<ModelPair>>;
  /** What this program was given to log in with: it stands in no event, no case and no prompt. */
  readonly secrets: Secrets;
  readonly clock: SteadyClock;
  readonly ids: Ids;
  readonly logger: Logger;
}
