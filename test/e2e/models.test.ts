import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startModelServer, type ModelRequest, type ModelServer } from '../fakes/modelServer';
import { openEditor, poll, type Editor } from '../integration/driver';

const QUESTION = 'How deep is the lake at the North Buoy?';
const KEYS = ['provider', 'baseUrl', 'model', 'azure.deployment', 'azure.apiVersion'];

/** The model as a person sets it up: by the palette, from what the server lists. */
describe('models', () => {
  let editor: Editor;
  let server: ModelServer;
  const configuration = () => vscode.workspace.getConfiguration('memento');
  const set = (key: string, value: unknown) =>
    configuration().update(key, value, vscode.ConfigurationTarget.Global);
  const userValue = (key: string) => configuration().inspect(key)?.globalValue;
  const script = (replies: readonly object[]) => vscode.commands.executeCommand('testModels.script', replies);

  before(async () => {
    editor = await openEditor();
    server = await startModelServer({
      models: ['tide-large', 'tide-small', 'text-embedding'],
      replies: helpful,
    });
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));
  after(async () => {
    await server.close();
    await script([]);
    await set('askForModel', false);
    for (const role of ['planner', 'executor'])
      for (const key of KEYS) await set(`${role}.${key}`, undefined);
  });

  it('is chosen from what a server lists, with a way back', async () => {
    await editor.runCommand('Memento: Choose Model…');
    await editor.pickQuickInput('An OpenAI-compatible server…');
    await editor.screenshot('model-address');
    await editor.page.locator('.quick-input-widget .codicon-quick-input-back').click();
    await editor.screenshot('model-provider');
    await editor.pickQuickInput('An OpenAI-compatible server…');
    await editor.typeInQuickInput('no address');
    await editor.quickInputWith('begins with http://');
    await editor.typeInQuickInput(server.url);
    const rows = editor.quickInputRows();
    await rows.filter({ hasText: 'tide-large' }).waitFor();
    assert.equal(await rows.filter({ hasText: 'text-embedding' }).count(), 0);
    await editor.screenshot('model-list');
    await editor.pickQuickInput('tide-large');
    await editor.pickQuickInput('Plan and work');
    await editor.toast(/Memento uses tide-large now/);
    await poll('the settings', async () => userValue('planner.model') === 'tide-large');
    assert.equal(userValue('planner.baseUrl'), server.url);
    assert.equal(userValue('planner.provider'), 'openai');
  });

  it('is tested: each ability with a word and a sentence', async () => {
    await editor.runCommand('Memento: Test Model');
    const document = await poll('the result', async () =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'memento-model-test'),
    );
    const text = document.getText();
    assert.match(text, /## Planner and executor: tide-large/);
    for (const line of [
      /✓ works · Reachable/,
      /✓ works · Streaming: .*\(\d+ pieces\)/,
      /✓ works · Tools: It called a tool and made use of the result/,
      /✓ works · JSON: Replies keep to a JSON schema/,
      /○ otherwise · Context window/,
      /○ otherwise · Price: No price is set/,
    ])
      assert.match(text, line);
    await editor.screenshot('model-test');
  });

  it('answers; a cost that is not known is not nothing', async () => {
    await vscode.commands.executeCommand('memento.research', QUESTION);
    const panel = await editor.panel(QUESTION);
    await panel.getByText('It is 42 m.').first().waitFor();
    await panel.getByText('cost unknown').waitFor();
    await editor.screenshot('model-answer');
  });

  it('is asked for once where none is set up, and the run goes on', async () => {
    for (const key of KEYS) await set(`planner.${key}`, undefined);
    await set('askForModel', true);
    await script([{ parts: ['{"answer":"It is ', '17 m.","shortAnswer":"17 m"}'] }]);
    await vscode.commands.executeCommand('memento.research', 'And at the South Buoy?');
    await editor.quickInputRows().filter({ hasText: 'A model of VS Code' }).waitFor();
    await editor.screenshot('model-asked');
    await editor.pickQuickInput(/^A model of VS Code/);
    await editor.pickQuickInput('Tide One');
    const panel = await editor.panel('And at the South Buoy?');
    await panel.getByText('It is 17 m.').first().waitFor();
    assert.equal(userValue('planner.model'), 'tide/tide-1');
    assert.equal(userValue('askForModel'), false);
    await editor.screenshot('model-of-vscode');
  });
});

/** Does whatever the test of a model asks, and answers questions. */
function helpful(request: ModelRequest) {
  const { tools, response_format: format } = request.body;
  if (request.text.includes('Count from 1')) return { text: '1 2 3 4 5 6 7 8 9 10' };
  if (format && request.text.includes('boats')) return { text: '{"harbourName":"Ebeltoft","boatCount":7}' };
  if (request.text.includes('water_level')) {
    return request.text.includes('4217')
      ? { text: 'It is 4,217 mm.' }
      : { toolCalls: [{ name: tools?.[0]?.function.name ?? '', arguments: { harbour: 'Ebeltoft' } }] };
  }
  return { text: JSON.stringify({ answer: 'It is 42 m.', shortAnswer: '42 m' }) };
}
