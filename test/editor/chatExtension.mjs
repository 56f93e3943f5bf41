/**
 * An extension of somebody else that is the chat's default participant, as the chat view takes no message without one.
 * It stands for an agent: `call NAME {…}` has it call that language-model tool and show what came back.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const manifest = {
  name: 'test-chat',
  publisher: 'memento-research',
  version: '0.0.1',
  engines: { vscode: '^1.105.0' },
  main: './main.cjs',
  enabledApiProposals: ['defaultChatParticipant', 'chatParticipantAdditions'],
  activationEvents: ['onStartupFinished'],
  contributes: {
    chatParticipants: [
      {
        id: 'test-chat.default',
        name: 'parrot',
        fullName: 'Parrot',
        isDefault: true,
        locations: ['panel'],
        modes: ['ask', 'agent', 'edit'],
      },
    ],
  },
};

const main = `
const vscode = require('vscode');
exports.activate = (context) => {
  context.subscriptions.push(
    vscode.chat.createChatParticipant('test-chat.default', async (request, _, stream, token) => {
      const [, name, input] = /^call (\\w+) (.*)$/s.exec(request.prompt) ?? [];
      if (name === undefined) {
        stream.markdown('You said: ' + request.prompt);
        return {};
      }
      try {
        const { toolInvocationToken } = request;
        const { content } = await vscode.lm.invokeTool(name, { input: JSON.parse(input), toolInvocationToken }, token);
        stream.markdown('Returned: ' + content.map((part) => part.value).join('').replaceAll('<', '‹'));
      } catch (error) {
        stream.markdown('Failed: ' + error.message);
      }
      return {};
    }),
  );
};
`;

/** What the chat suite needs of the editor beside this extension. */
export const CHAT_SETTINGS = { 'chat.disableAIFeatures': false };

/** @param {string} extensionsDir  of an editor that has not started yet */
export function installChatExtension(extensionsDir) {
  const folder = path.join(extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'main.cjs'), main);
}
