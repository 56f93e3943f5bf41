import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from './driver';

const QUESTION = 'How large is Tarn Ovrel?';

describe('the Cases view', function () {
  this.timeout(120_000);
  let editor: Editor;
  const row = () => editor.treeRows('Cases').filter({ hasText: QUESTION });
  /** Text is of the row itself, as its icon, description and actions stand in it. */
  const rowSays = (text: string) => row().filter({ hasText: text }).waitFor();

  before(async () => {
    editor = await openEditor();
    await editor.openView('Memento');
    await vscode.commands.executeCommand('memento.research', QUESTION);
    await row().waitFor({ timeout: 60_000 });
  });
  after(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('shows a case as soon as its run has ended', () => rowSays('not judged'));

  it('accepts with one click', async () => {
    await row().hover();
    await row().getByRole('button', { name: 'Accept Answer' }).click();
    await rowSays('accepted');
  });

  it('tells the panel of a judgement made elsewhere', async () => {
    await (
      await editor.panel(QUESTION)
    )
      .getByText(/accepted/i)
      .first()
      .waitFor();
  });

  it('rejects with a reason', async () => {
    await row().hover();
    await row().getByRole('button', { name: 'Reject Answer' }).click();
    await editor.typeInQuickInput('the year is missing', /Why is the answer/);
    await rowSays('rejected');
  });

  it('withdraws a judgement of the run in front', async () => {
    await (await editor.panel(QUESTION)).getByRole('heading', { name: QUESTION }).click();
    await vscode.commands.executeCommand('memento.withdrawJudgement');
    await rowSays('not judged');
  });

  it('finds a case by its words', async () => {
    void vscode.commands.executeCommand('memento.searchCases'); // ends with the choice
    await editor.quickInput().fill('tarn');
    await editor.quickInputRows().filter({ hasText: QUESTION }).first().waitFor();
    await editor.quickInput().press('Escape');
  });

  it('opens a case whose log is gone as a document', async function () {
    const data = process.env.XDG_DATA_HOME;
    if (process.platform !== 'linux' || data === undefined) this.skip();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const project of readdirSync(path.join(data, 'memento/projects'))) {
      rmSync(path.join(data, 'memento/projects', project, 'runs'), { recursive: true, force: true });
    }
    await row().click();
    const document = await poll('the document', async () => vscode.window.activeTextEditor?.document);
    assert.equal(document.uri.scheme, 'memento-case');
    assert.match(document.getText(), /^# How large is Tarn Ovrel\?/);
  });

  it('forgets a case and takes it back', async () => {
    const document = vscode.window.activeTextEditor?.document;
    await vscode.commands.executeCommand('memento.forgetCase', document?.uri.path.split('/')[1]);
    const toast = await editor.toast('Memento forgot');
    await row().waitFor({ state: 'detached' });
    await toast.getByRole('button', { name: 'Undo' }).click();
    await row().waitFor();
  });
});
