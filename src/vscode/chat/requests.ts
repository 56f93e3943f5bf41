/** Each request to `@memento` goes to the command that was chosen; without one the question is researched. */
import * as vscode from 'vscode';
import { showCases, showEvidence, showReport, showRuns } from './commands';
import type { ChatServices } from './participant';
import { researchInChat } from './research';

export interface ChatTurn {
  readonly request: vscode.ChatRequest;
  readonly context: vscode.ChatContext;
  readonly stream: vscode.ChatResponseStream;
  readonly token: vscode.CancellationToken;
}

export async function answerChat(services: ChatServices, turn: ChatTurn): Promise<vscode.ChatResult> {
  switch (turn.request.command) {
    case 'cases':
      return showCases(services, turn);
    case 'runs':
      return showRuns(services, turn);
    case 'report':
      return showReport(services, turn);
    case 'evidence':
      return showEvidence(services, turn);
    default:
      return researchInChat(services, turn);
  }
}
