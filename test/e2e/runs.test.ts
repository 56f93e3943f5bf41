import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, type Editor } from '../integration/driver';
import { assertAccessible, assertNamed } from './accessibility';
import { ask, RunPage } from './runPage';
import { answer, endless, serveHeldModel, serveModel, type ScriptedModel } from './scriptedModel';

describe('several runs', () => {
  let editor: Editor;
  let model: ScriptedModel;
  const row = (question: string) => editor.treeRows('Runs').filter({ hasText: question });

  before(async () => {
    editor = await openEditor();
    await editor.openView('Memento');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await model.close();
  });

  it('are under way at once, each in its panel, and are stopped in the Runs view', async () => {
    model = await serveModel(endless, endless);
    await ask(editor, 'How old is the pier?');
    await ask(editor, 'How old is the boathouse?');
    const [pier, boathouse] = [row('How old is the pier?'), row('How old is the boathouse?')];
    for (const each of [pier, boathouse]) await each.getByText(/^running/).waitFor();
    await model.server.received(2);
    await editor.page.locator('.statusbar-item', { hasText: 'How old is the boathouse? (+1)' }).waitFor();
    await assertNamed(editor.page, '.sidebar', 'the side bar');
    await editor.screenshot('two-runs');

    await pier.click();
    const page = await RunPage.of(editor, 'How old is the pier?');
    await page.button('Stop').waitFor();
    await pier.hover();
    await pier.getByRole('button', { name: 'Stop Run' }).click();
    await pier.getByText(/^stopped/).waitFor();
    // The other one is at work still.
    await boathouse.getByText(/^running/).waitFor();
    await boathouse.hover();
    await boathouse.getByRole('button', { name: 'Stop Run' }).click();
    await boathouse.getByText(/^stopped/).waitFor();
  });

  it('tell of their end where their panel is hidden', async () => {
    const held = await serveHeldModel(answer('It is from 1931.', '1931'));
    model = held;
    const question = 'How old is the weather station?';
    await ask(editor, question);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'in front' }));
    held.release();
    const toast = await editor.toast(question);
    await toast.getByRole('button', { name: 'Show' }).click();
    await (await RunPage.of(editor, question)).answered();
  });

  it('are what the memory report speaks of', async () => {
    model = await serveModel();
    await editor.runCommand('Memento: Memory Report');
    const report = await editor.panel('Does memory help?', 'memento-research.memento');
    await assertAccessible(report, 'the memory report');
    assert.match(await report.locator('body').innerText(), /Cases and judgements/);
    await editor.screenshot('memory-report');
  });
});
