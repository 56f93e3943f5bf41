import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from './driver';

const QUESTION = 'How deep is the Kettle?';
/** The first question of a window loads the encoder and indexes the folder. */
const FIRST_ANSWER_MS = 60_000;

describe('the panel of a run', function () {
  this.timeout(120_000);
  let editor: Editor;
  const answered = async () =>
    (await editor.panel(QUESTION))
      .getByRole('button', { name: /^Accept/ })
      .first()
      .waitFor({ timeout: FIRST_ANSWER_MS });

  before(async () => {
    editor = await openEditor();
    await vscode.commands.executeCommand('memento.research', QUESTION);
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('shows question, plan and answer', async () => {
    await answered();
    for (const heading of ['Retrieved cases', 'Plan', 'Answer']) {
      await (await editor.panel(QUESTION)).getByRole('heading', { name: heading }).first().waitFor();
    }
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, QUESTION);
  });

  it('is whole again after its page was thrown away', async () => {
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await answered();
  });

  it('is whole again after it was hidden', async () => {
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: 'in front' }));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await answered();
  });

  it('has its style, and the font of its icons', async () => {
    const body = (await editor.panel(QUESTION)).locator('body');
    const found: unknown = await body.evaluate(`document.fonts
      .load('16px codicon')
      .then((fonts) => [fonts.length, getComputedStyle(document.querySelector('main')).maxWidth])`);
    assert.deepEqual(found, [1, '960px']);
  });

  it('lets nothing out and no script in', async () => {
    const body = (await editor.panel(QUESTION)).locator('body');
    // In the page's own language: this file is checked without the DOM's types.
    const outcome: unknown = await body.evaluate(`(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.wasRun = true';
      document.body.append(script);
      const request = await fetch('https://memento.example/').then(() => 'sent', () => 'blocked');
      return { request, wasRun: 'wasRun' in window };
    })()`);
    assert.deepEqual(outcome, { request: 'blocked', wasRun: false });
  });

  it('opens a source beside it, at its lines', async () => {
    await (
      await editor.panel(QUESTION)
    )
      .getByText(/^[\w./-]+:\d+(-\d+)?$/)
      .first()
      .click();
    const opened = await poll('the source', async () => vscode.window.activeTextEditor);
    assert.equal(opened.document.uri.scheme, 'file');
    assert.equal(opened.selection.isEmpty, false);
    assert.equal(opened.viewColumn, vscode.ViewColumn.Two);
  });

  it('opens a source at the very lines that a mark quotes', async () => {
    const panel = await editor.panel(QUESTION);
    const chip = panel.locator('button[data-evidence]').first();
    const tooltip = (await chip.getAttribute('title')) ?? '';
    assert.match(tooltip, /\(quote found\)/);
    await chip.click();
    const quoted = tooltip.slice(tooltip.indexOf('\n') + 1);
    await poll('the quoted lines', async () => {
      const opened = vscode.window.activeTextEditor;
      return opened?.document.getText(opened.selection).replace(/\s+/g, ' ').includes(quoted);
    });
  });

  it('refuses an empty question in one sentence', async () => {
    await vscode.commands.executeCommand('memento.research', '  ');
    await editor.toast('The question is empty: type what you want to know.');
    await vscode.commands.executeCommand('notifications.clearAll');
  });
});
