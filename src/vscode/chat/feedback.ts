/** Thumbs in chat: a person's click, and so a judgement of that very run. */
import * as vscode from 'vscode';
import type { ChatServices } from './participant';
import { readMetadata } from './turn';
import { showError } from '../notifications';

export async function judgeByThumb(
  { research, logger }: Pick<ChatServices, 'research' | 'logger'>,
  feedback: vscode.ChatResultFeedback,
): Promise<void> {
  const turn = readMetadata(feedback.result);
  if (turn === undefined) return; // the answer to /cases or the like: nothing to be learned
  const reward = feedback.kind === vscode.ChatResultFeedbackKind.Helpful ? 1 : 0;
  const judged = await (await research()).judge(turn.runId, reward, reasonOf(feedback));
  if (judged.ok) return;
  // A run that failed or was stopped has no answer, and VS Code shows its thumbs nevertheless.
  if (judged.fault.code === 'not-found') logger.info(judged.fault.message);
  else void showError(vscode.l10n.t('Memento: {0}', judged.fault.message));
}

/** VS Code asks for a reason, but its API has not come to tell it yet: the field is a proposal. */
const reasonOf = (feedback: vscode.ChatResultFeedback): string | null =>
  'unhelpfulReason' in feedback && typeof feedback.unhelpfulReason === 'string'
    ? feedback.unhelpfulReason.trim() || null
    : null;
