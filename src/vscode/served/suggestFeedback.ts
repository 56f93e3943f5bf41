import * as vscode from 'vscode';
import { initialRunState, runState } from '../../core/agent/runState';
import { shorten } from '../caseLabels';
import { escapeMarkdown } from '../../core/markdown/untrustedText';
import { FEEDBACK_INPUT, parseInput } from './toolInput';
import type { ServedToolServices } from './tools';
import { textResult } from './toolText';
import { showInformation } from '../notifications';

/** What the panel calls it: VS Code does not tell which agent calls. */
const BY = 'an agent in VS Code';

/** `memento_suggest_feedback`: shown to the person beside Accept and Reject. No reward and no policy changes. */
export const suggestFeedback = ({
  memory,
  research,
}: ServedToolServices): vscode.LanguageModelTool<unknown> => {
  const questionOf = async (runId: string): Promise<string> => {
    const events = await (await memory.get()).runs.read(runId);
    return shorten((events ? runState(events) : initialRunState).question, 200);
  };
  return {
    prepareInvocation: async ({ input }) => {
      const parsed = FEEDBACK_INPUT.safeParse(input);
      if (!parsed.success) return {}; // the call says what is wrong
      const { runId, verdict, reason } = parsed.data;
      return {
        invocationMessage: vscode.l10n.t('Suggesting a verdict'),
        confirmationMessages: {
          title:
            verdict === 'accept'
              ? vscode.l10n.t('Suggest to accept an answer?')
              : vscode.l10n.t('Suggest to reject an answer?'),
          message: vscode.l10n.t(
            'It is shown beside the answer to “{0}”, with the reason “{1}”. Memento learns from it only if you confirm it there.',
            escapeMarkdown(await questionOf(runId)),
            escapeMarkdown(shorten(reason ?? '', 300)),
          ),
        },
      };
    },
    invoke: async ({ input }) => {
      const { runId, verdict, reason } = parseInput(FEEDBACK_INPUT, input);
      const host = await research();
      const reward = verdict === 'accept' ? 1 : 0;
      const kept = await host.suggest(runId, { reward, reason: reason ?? null, by: BY });
      if (!kept.ok) throw new Error(kept.fault.message);
      void announce(await questionOf(runId), reward, () => void host.show(runId));
      return textResult('The user sees this beside the answer. It counts only if they judge so themselves.');
    },
  };
};

async function announce(question: string, reward: 1 | 0, show: () => void): Promise<void> {
  const words =
    reward === 1
      ? vscode.l10n.t('An agent suggests to accept the answer to “{0}”. You decide.', question)
      : vscode.l10n.t('An agent suggests to reject the answer to “{0}”. You decide.', question);
  const open = vscode.l10n.t('Show');
  if ((await showInformation(words, open)) === open) show();
}
