import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startModelServer, type ModelServer } from '../fakes/modelServer';
import { openEditor, type Editor } from './driver';

const QUESTION = 'What is the name of the survey boat?';
const LESSON = 'Boats are listed with the instruments.';
const ANSWER = { text: JSON.stringify({ answer: 'It is the Petrel.', shortAnswer: 'Petrel' }) };

describe('lessons', function () {
  this.timeout(120_000);
  let editor: Editor;
  let server: ModelServer;
  const set = (key: string, value: unknown) =>
    vscode.workspace.getConfiguration('memento').update(key, value, vscode.ConfigurationTarget.Global);
  const panel = () => editor.panel(QUESTION);
  const press = async (button: 'Accept' | 'Reject') =>
    (await panel()).getByRole('button', { name: button, exact: true }).click();
  const says = async (text: string) => (await panel()).getByText(text).first().waitFor({ timeout: 60_000 });

  before(async () => {
    editor = await openEditor();
    const lessons = { text: JSON.stringify({ lessons: [LESSON] }) };
    server = await startModelServer({ replies: [ANSWER, lessons] });
    await set('planner.provider', 'openai');
    await set('planner.baseUrl', server.url);
    await set('planner.model', 'test-model');
    await vscode.commands.executeCommand('memento.research', QUESTION);
    await says('It is the Petrel.');
  });
  after(async () => {
    for (const key of ['planner.provider', 'planner.baseUrl', 'planner.model', 'memory.lessons']) {
      await set(key, undefined);
    }
    await server.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('are not written unless the user has them on', async () => {
    await press('Reject');
    await says('Rejected');
    assert.equal(server.requests.length, 1);
  });

  it('come to the panel some time after the judgement', async () => {
    await set('memory.lessons', true);
    await press('Accept');
    await says(LESSON);
    assert.equal(server.requests.length, 2);
  });
});
