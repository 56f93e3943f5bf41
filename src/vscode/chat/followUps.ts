/** What may be asked next, from what is known of the answer: no model is called for it. */
import * as vscode from 'vscode';
import { readMetadata, type TurnMetadata } from './turn';

const MOST = 3;

export function followUpsOf(result: vscode.ChatResult): vscode.ChatFollowup[] {
  const turn = readMetadata(result);
  return turn === undefined ? [] : suggestions(turn).slice(0, MOST);
}

function suggestions({ outcome, question, sources, unverified }: TurnMetadata): vscode.ChatFollowup[] {
  switch (outcome) {
    case 'failed':
      return question ? [{ prompt: question, label: vscode.l10n.t('Try again') }] : [];
    case 'cancelled':
    case 'interrupted':
      return [];
    case 'abstained':
      return [{ prompt: vscode.l10n.t('Which files come closest to an answer?') }];
    case 'answered':
    case 'exhausted':
      return [
        ...(outcome === 'exhausted' ? [{ prompt: vscode.l10n.t('Go on with what is still missing.') }] : []),
        ...(sources.length > 0
          ? [{ prompt: '', command: 'evidence', label: vscode.l10n.t('Show the evidence') }]
          : []),
        ...(unverified > 0
          ? [{ prompt: vscode.l10n.t('What would support the claims that could not be verified?') }]
          : []),
        ...sources.map((source) => ({ prompt: vscode.l10n.t('What else does {0} say about this?', source) })),
      ];
  }
}
