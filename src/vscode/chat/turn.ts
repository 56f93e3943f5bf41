/** What a turn of the conversation leaves for those after it: the result's metadata, which VS Code keeps and gives back. */
import type * as vscode from 'vscode';
import * as z from 'zod';
import type { RunState } from '../../core/agent/runState';

const METADATA = z.object({
  runId: z.string().min(1).max(100),
  outcome: z.enum(['answered', 'abstained', 'exhausted', 'cancelled', 'failed', 'interrupted']),
  /** Of a run that failed: what can be asked again. */
  question: z.string().optional(),
  /** What the answer cites: files and addresses, each once. */
  sources: z.array(z.string()),
  /** How many citations were not verified. */
  unverified: z.int(),
});

export type TurnMetadata = z.infer<typeof METADATA>;

/** Sources that a follow-up may ask about. */
const KEPT_SOURCES = 3;

export function metadataOf({ runId, outcome, question, citations }: RunState): TurnMetadata {
  const cited = citations ?? [];
  const sources = [...new Set(cited.map(({ source }) => source).filter((source) => source !== ''))];
  return {
    runId,
    outcome: outcome ?? 'interrupted',
    ...(outcome === 'failed' ? { question } : {}),
    sources: sources.slice(0, KEPT_SOURCES),
    unverified: cited.filter(({ verdict }) => verdict === 'unverified').length,
  };
}

/** Undefined for the result of a turn in which nothing was researched. */
export function readMetadata({ metadata }: vscode.ChatResult): TurnMetadata | undefined {
  return METADATA.safeParse(metadata).data;
}

/** The run that a question of this conversation follows, undefined for the first one. */
export const lastRun = ({ history }: vscode.ChatContext): string | undefined =>
  history.flatMap((turn) => ('result' in turn ? (readMetadata(turn.result)?.runId ?? []) : [])).at(-1);
