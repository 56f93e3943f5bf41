/** `@memento` in chat. Only this is loaded at start-up; what a request needs comes with the first one. */
import * as vscode from 'vscode';
import type { Logger } from '../../core/ports';
import { messageOf } from '../../core/common/result';
import type { ProjectMemory } from '../projectMemory';
import type { Research } from '../research';

export interface ChatServices {
  readonly memory: ProjectMemory;
  readonly research: () => Promise<Research>;
  readonly secrets: vscode.SecretStorage;
  readonly extensionUri: vscode.Uri;
  readonly logger: Logger;
}

export function registerChatParticipant(services: ChatServices): vscode.Disposable {
  const { extensionUri, logger } = services;
  const participant = vscode.chat.createChatParticipant(
    'memento.memento',
    async (request, context, stream, token) =>
      (await import('./requests')).answerChat(services, { request, context, stream, token }),
  );
  const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, `media/memento-${theme}.svg`);
  participant.iconPath = { light: icon('light'), dark: icon('dark') };
  participant.followupProvider = {
    provideFollowups: async (result) => (await import('./followUps')).followUpsOf(result),
  };
  const thumbs = participant.onDidReceiveFeedback((feedback) => {
    import('./feedback')
      .then(({ judgeByThumb }) => judgeByThumb(services, feedback))
      .catch((error: unknown) => logger.error(`Feedback in chat was lost: ${messageOf(error)}`));
  });
  return vscode.Disposable.from(participant, thumbs);
}
