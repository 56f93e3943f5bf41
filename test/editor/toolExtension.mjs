/** An extension of somebody else that offers tools for language models: what `vscode.lm.tools` is tested with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const tool = (name, modelDescription) => ({
  name,
  displayName: name,
  modelDescription,
  inputSchema: { type: 'object', properties: { harbour: { type: 'string' } } },
});

const manifest = {
  name: 'test-tools',
  publisher: 'memento-research',
  version: '0.0.1',
  engines: { vscode: '^1.105.0' },
  main: './main.cjs',
  activationEvents: ['onStartupFinished'],
  contributes: {
    languageModelTools: [
      tool('tide_level', 'Tells the level of the tide at a harbour.'),
      tool('tide_never', 'Never answers.'),
    ],
  },
};

const main = `
const vscode = require('vscode');
exports.activate = (context) => {
  context.subscriptions.push(
    vscode.lm.registerTool('tide_level', {
      invoke: ({ input }) =>
        new vscode.LanguageModelToolResult([
          new vscode.LanguageModelTextPart('The tide at ' + input.harbour + ' is 4.2 m.'),
          new vscode.LanguageModelPromptTsxPart({ node: { children: [{ text: 'It ' }, { text: 'rises.' }] } }),
        ]),
    }),
    vscode.lm.registerTool('tide_never', {
      invoke: (_, token) =>
        new Promise((_, reject) => token.onCancellationRequested(() => reject(new vscode.CancellationError()))),
    }),
  );
};
`;

/** @param {string} extensionsDir  of an editor that has not started yet */
export function installToolExtension(extensionsDir) {
  const folder = path.join(extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'main.cjs'), main);
}
