import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, type Editor } from '../integration/driver';
import { assertAccessible } from './accessibility';
import { ask } from './runPage';
import { serveModel, type ScriptedModel } from './scriptedModel';

describe('a model that cannot be had', () => {
  let editor: Editor;
  let model: ScriptedModel;
  before(async () => {
    editor = await openEditor();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await model.close();
  });

  it('refuses the key: one sentence says what to do', async () => {
    model = await serveModel({ status: 401 });
    const page = await ask(editor, 'Who are you?');
    await page.shows(/API key \(401\).*Memento: Set API Key/s);
    await assertAccessible(page.document, 'a fault');
    await editor.screenshot('unauthorized');
  });

  it('is not there: one sentence says what to do', async () => {
    model = await serveModel();
    await model.server.close();
    const page = await ask(editor, 'Is anybody there?');
    await page.shows(/Nothing answers at http:\/\/127\.0\.0\.1/);
  });
});
