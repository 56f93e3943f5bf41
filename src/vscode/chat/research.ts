/** A question in chat: a run like any other, told in the conversation while it is under way. */
import * as vscode from 'vscode';
import type { RunEvent } from '../../core/agent/events';
import type { RunState } from '../../core/agent/runState';
import { progressLine } from '../../core/served/progress';
import { restrictedWords } from '../announce';
import { escapeMarkdown, withoutImages } from '../../core/markdown/untrustedText';
import { runUntilEnd } from '../runUntilEnd';
import { writeAnswer } from './answer';
import type { ChatServices } from './participant';
import { questionOf, type Attachments } from './question';
import type { ChatTurn } from './requests';
import { lastRun, metadataOf } from './turn';

export async function researchInChat(
  { research }: Pick<ChatServices, 'research'>,
  { request, context, stream, token }: ChatTurn,
): Promise<vscode.ChatResult> {
  if (request.prompt.trim() === '') {
    stream.markdown(vscode.l10n.t('What would you like to know about the files of this folder?'));
    return {};
  }
  const { question, leftOut } = await questionOf(request, ATTACHMENTS);
  const parentRunId = lastRun(context);
  if (!vscode.workspace.isTrusted && parentRunId === undefined) stream.markdown(`> ${restrictedWords()}\n\n`);
  if (leftOut.length > 0) {
    stream.markdown(
      vscode.l10n.t(
        '> Only files, selections and text can be attached. Left out: {0}',
        escapeMarkdown(leftOut.join(', ')),
      ) + '\n\n',
    );
  }
  const host = await research();
  const run = host.begin(question, {
    ...(parentRunId === undefined ? {} : { parentRunId }),
    chat: request.model,
  });
  const state = await runUntilEnd(run, token, (event, now) => tell(event, now, stream));
  return resultOf(state, stream);
}

/** The answer comes at the end: what is streamed cannot be taken back, and its citations are checked first. */
function tell(event: RunEvent, state: RunState, stream: vscode.ChatResponseStream): void {
  switch (event.type) {
    case 'plan.proposed': {
      const tasks = event.tasks.map(({ id, description }) => `${id}. ${escapeMarkdown(description)}`);
      if (tasks.length > 0) stream.markdown(`**${vscode.l10n.t('Plan')}**\n\n${tasks.join('\n')}\n\n`);
      if (event.review) {
        askInPanel(vscode.l10n.t('The plan waits until you have looked at it.'), state, stream);
      }
      return;
    }
    case 'approval.requested':
      askInPanel(vscode.l10n.t('The run waits: it asks for your approval.'), state, stream);
      return;
    case 'reuse.offered':
      askInPanel(vscode.l10n.t('You accepted an answer to this question before.'), state, stream);
      return;
    case 'task.finished':
      if (event.status === 'failed') stream.progress(vscode.l10n.t('Task {0} failed', event.taskId));
      return;
    case 'answer.ready':
      return;
    default: {
      const line = progressLine(event);
      // VS Code reads it as Markdown.
      if (line !== undefined) stream.progress(withoutImages(line));
    }
  }
}

/** What needs a decision is decided where all of it is shown. */
function askInPanel(words: string, { runId }: RunState, stream: vscode.ChatResponseStream): void {
  stream.markdown(`\n\n${words}\n\n`);
  stream.button(openPanel(runId));
}

const openPanel = (runId: string): vscode.Command => ({
  command: 'memento.showRun',
  title: vscode.l10n.t('Open Panel'),
  arguments: [runId],
});

function resultOf(state: RunState, stream: vscode.ChatResponseStream): vscode.ChatResult {
  const { outcome, error, runId, caseId } = state;
  const metadata = metadataOf(state);
  if (outcome === null) {
    // The window closes, or the run was taken over by a panel.
    return {
      metadata,
      errorDetails: { message: vscode.l10n.t('The run was interrupted. It can be resumed.') },
    };
  }
  if (outcome === 'cancelled') return { metadata };
  if (outcome !== 'failed') writeAnswer(state, stream);
  stream.button(openPanel(runId));
  if (caseId !== null && outcome !== 'failed') {
    const judge = (command: string, title: string) => stream.button({ command, title, arguments: [caseId] });
    judge('memento.acceptCase', vscode.l10n.t('Accept'));
    judge('memento.rejectCase', vscode.l10n.t('Reject…'));
  }
  return outcome === 'failed' && error
    ? { metadata, errorDetails: { message: withoutImages(error.message) } }
    : { metadata };
}

const ATTACHMENTS: Attachments = {
  nameOf: (uri) => vscode.workspace.asRelativePath(uri),
  textOf: async ({ uri, range }) => {
    try {
      return (await vscode.workspace.openTextDocument(uri)).getText(range);
    } catch {
      return undefined; // no text, or gone: its name is what is left
    }
  },
};
