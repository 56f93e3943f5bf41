/** What a follow-up follows: the question and answer before it, and those before that. */
import type { Files } from '../ports';
import type { Evidence } from '../tools/evidence';
import type { EvidenceLog } from './evidenceLog';
import { stillStands } from './reuse';
import { runState } from './runState';
import type { RunStore } from './runStore';

/** How far back a conversation is remembered, in questions. */
const MOST_TURNS = 4;

export interface ConversationTurn {
  readonly runId: string;
  /** As it was understood: standing alone. */
  readonly question: string;
  /** Markdown. */
  readonly answer: string;
  readonly shortAnswer: string;
  /** What the answer cites. */
  readonly cited: readonly Evidence[];
}

/** The turns before a run, oldest first; empty where its log is gone. A run without an answer is left out. */
export async function conversationBefore(
  parentRunId: string,
  runs: Pick<RunStore, 'read'>,
): Promise<readonly ConversationTurn[]> {
  const turns: ConversationTurn[] = [];
  const seen = new Set<string>();
  for (let id: string | null = parentRunId; id !== null && !seen.has(id) && turns.length < MOST_TURNS;) {
    seen.add(id);
    const events = await runs.read(id);
    if (!events) break;
    const {
      runId,
      question,
      restated,
      answer,
      shortAnswer,
      citations,
      evidence,
      parentRunId: before,
    } = runState(events);
    const cited = (citations ?? []).flatMap((citation) => evidence[citation.evidence] ?? []);
    if (citations) turns.unshift({ runId, question: restated ?? question, answer, shortAnswer, cited });
    id = before;
  }
  return turns;
}

/**
 * What the last answer cites, and its sources still say, can be cited again under the same ids. It belongs to no call of
 * this run.
 */
export async function adoptCited(
  turns: readonly ConversationTurn[],
  { evidence, files }: { readonly evidence: EvidenceLog; readonly files: Files | undefined },
): Promise<readonly Evidence[]> {
  const known: Evidence[] = [];
  for (const cited of turns.at(-1)?.cited ?? []) {
    if (!(await stillStands(cited, files))) continue;
    const found = { ...cited, callId: '' };
    evidence.adopt(found);
    known.push(found);
  }
  return known;
}
