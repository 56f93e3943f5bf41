/** A key that is set in the editor, and a server that repeats it: it stands on no page and in no file of Memento's. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { canariesBelow, canariesIn, repeated } from '../fakes/canaries';
import { openEditor, type Editor } from '../integration/driver';
import { dataDirectory } from '../../src/node/dataDirectory';
import { ask } from './runPage';
import { answer, serveModel, type ScriptedModel } from './scriptedModel';

const KEY = 'canary-editor+a/Z9q';

describe('an API key', () => {
  let editor: Editor;
  let model: ScriptedModel;
  before(async () => {
    editor = await openEditor();
    model = await serveModel(answer(`It is ${repeated(KEY)}`), {
      status: 400,
      body: { error: repeated(KEY) },
    });
  });
  after(async () => {
    await model.close();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('stands nowhere, though its server repeats it', async () => {
    await editor.runCommand('Memento: Set API Key');
    await editor.pickQuickInput(new URL(model.server.url).origin);
    await editor.typeInQuickInput(KEY, 'The key for');
    const page = await ask(editor, 'What is the key?');
    await page.answered();
    assert.equal(model.server.requests[0]?.headers.authorization, `Bearer ${KEY}`);
    await page.shows(/\[key\]/);
    const refused = await ask(editor, 'And what is it now?');
    await refused.shows(/refused the request \(400\)/);
    for (const each of [page, refused]) {
      assert.deepEqual(canariesIn(await each.document.locator('html').innerHTML(), [KEY]), []);
    }
    const toasts = await editor.page.locator('.notifications-toasts').innerText();
    assert.deepEqual(canariesIn(toasts, [KEY]), []);
    assert.deepEqual(canariesBelow(dataDirectory(process.env, process.platform), [KEY]), []);
  });
});
