/**
 * An extension of somebody else that provides language models to VS Code: what `vscode.lm` is tested with.
 *
 * Its vendor is `tide`; the models are `tide-1` (calls tools, sees images), `tide-plain` (does neither) and `tide-asks`,
 * whose use VS Code itself asks the user about where it lets extensions say so (the proposal `chatProvider`).
 * Tests tell it what to reply, and read what it was asked, by two commands:
 *
 *   await vscode.commands.executeCommand('testModels.script', [
 *     { when: 'You are the planner', parts: ['{"answer":"It is', ' 42."}'] },
 *     { when: 'Your task', parts: [{ tool: 'search_workspace', input: { query: 'buoy' } }] },
 *     { model: 'tide-plain', parts: ['slow', { delayMs: 500 }, 'ly'], always: true },
 *     { error: { code: 'Blocked', message: 'The quota is used up.' } },   // or NoPermissions, NotFound, any other
 *     { parts: ['It begins', { never: true }] },                         // until it is cancelled
 *   ]);
 *   const requests = await vscode.commands.executeCommand('testModels.requests');
 *
 * The first reply is taken whose `model` is asked and whose `when`, a regular expression, is found in the texts of the
 * request; it is used up unless it says `always`. A script replaces the one before, and forgets the requests. What no
 * reply is left for is answered with `You said: ` and the last message. A request is
 * `{ model, messages: [{ role, text, toolCalls, toolResults, images }], tools, toolMode, cancelled }`.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const manifest = {
  name: 'test-models',
  displayName: 'Tide Models',
  publisher: 'memento-research',
  version: '0.0.1',
  engines: { vscode: '^1.105.0' },
  main: './main.cjs',
  enabledApiProposals: ['chatProvider'],
  activationEvents: ['onStartupFinished'],
  contributes: { languageModelChatProviders: [{ vendor: 'tide', displayName: 'Tide' }] },
};

const main = `
const vscode = require('vscode');

const model = (id, name, capabilities, more) => ({
  id, name, capabilities, family: 'tide', version: '1', maxInputTokens: 32000, maxOutputTokens: 4000,
  isUserSelectable: true, ...more,
});
const MODELS = [
  model('tide-1', 'Tide One', { toolCalling: true, imageInput: true }, { isDefault: true }),
  model('tide-plain', 'Tide Plain', {}),
  model('tide-asks', 'Tide Asks', { toolCalling: true }, { requiresAuthorization: { label: 'Tide' } }),
];

let script = [];
let requests = [];

const textOf = (part) =>
  part instanceof vscode.LanguageModelTextPart ? part.value
  : part instanceof vscode.LanguageModelToolResultPart ? part.content.map(textOf).join('')
  : '';

const plainMessage = ({ role, content }) => ({
  role: role === vscode.LanguageModelChatMessageRole.Assistant ? 'assistant' : 'user',
  text: content.map((part) => part instanceof vscode.LanguageModelTextPart ? part.value : '').join(''),
  toolCalls: content.filter((part) => part instanceof vscode.LanguageModelToolCallPart)
    .map(({ callId, name, input }) => ({ callId, name, input })),
  toolResults: content.filter((part) => part instanceof vscode.LanguageModelToolResultPart)
    .map((part) => ({ callId: part.callId, text: textOf(part) })),
  images: content.filter((part) => part.mimeType && part.data)
    .map(({ mimeType, data }) => ({ mimeType, bytes: data.length })),
});

function errorOf({ code, message }) {
  const known = ['NoPermissions', 'Blocked', 'NotFound'].includes(code);
  return known ? vscode.LanguageModelError[code](message) : new Error(message);
}

const cancelled = (token) =>
  new Promise((_, reject) => {
    const stop = () => reject(new vscode.CancellationError());
    if (token.isCancellationRequested) stop();
    else token.onCancellationRequested(stop);
  });

const wait = (ms, token) =>
  Promise.race([new Promise((resolve) => setTimeout(resolve, ms)), cancelled(token)]);

let calls = 0;
async function send(part, progress, token) {
  if (typeof part === 'string') progress.report(new vscode.LanguageModelTextPart(part));
  else if (part.tool) {
    const id = part.callId ?? 'tide_' + ++calls;
    progress.report(new vscode.LanguageModelToolCallPart(id, part.tool, part.input ?? {}));
  }
  else if (part.delayMs) await wait(part.delayMs, token);
  else if (part.never) await cancelled(token);
  else if (part.error) throw errorOf(part.error);
}

const provider = {
  provideLanguageModelChatInformation: () => MODELS,
  provideTokenCount: async (_, text) =>
    Math.ceil((typeof text === 'string' ? text : text.content.map(textOf).join('')).length / 4),
  provideLanguageModelChatResponse: async (asked, messages, options, progress, token) => {
    const request = {
      model: asked.id,
      messages: messages.map(plainMessage),
      tools: (options.tools ?? []).map(({ name }) => name),
      toolMode: options.toolMode,
      cancelled: false,
    };
    requests.push(request);
    token.onCancellationRequested(() => { request.cancelled = true; });
    const texts = messages.flatMap(({ content }) => content.map(textOf)).join('\\n');
    const entry = script.find(
      (each) => (!each.model || each.model === asked.id) && (!each.when || new RegExp(each.when).test(texts)),
    );
    if (entry && !entry.always) script.splice(script.indexOf(entry), 1);
    if (entry?.error) throw errorOf(entry.error);
    const parts = entry?.parts ?? ['You said: ', request.messages.at(-1)?.text ?? ''];
    for (const part of parts) await send(part, progress, token);
  },
};

exports.activate = (context) => {
  context.subscriptions.push(
    vscode.lm.registerLanguageModelChatProvider('tide', provider),
    vscode.commands.registerCommand('testModels.script', (replies = []) => {
      script = [...replies];
      requests = [];
    }),
    vscode.commands.registerCommand('testModels.requests', () => structuredClone(requests)),
  );
};
`;

/** @param {string} extensionsDir  of an editor that has not started yet */
export function installModelExtension(extensionsDir) {
  const folder = path.join(extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'main.cjs'), main);
}
