import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from './driver';

const QUESTION = 'How deep is the Kettle?';
const ANSWER_MS = 60_000;

describe('the memory report', function () {
  this.timeout(120_000);
  let editor: Editor;
  const report = () => editor.panel('Memory report');

  /** As the page says it; other tests leave cases, too. */
  const acceptedNow = async () => {
    const words = await (await report()).locator('main').innerText();
    return Number(/cases?: (\d+) accepted/.exec(words)?.[1] ?? 0);
  };

  before(async () => {
    editor = await openEditor();
  });
  after(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('opens from the palette, once', async () => {
    await editor.runCommand('Memento: Memory Report');
    await (await report()).getByRole('heading', { name: 'Memory report' }).waitFor();
    await vscode.commands.executeCommand('memento.showReport');
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    assert.equal(tabs.filter(({ label }) => label === 'Memory Report').length, 1);
  });

  it('follows the memory', async () => {
    const before = await acceptedNow();
    await vscode.commands.executeCommand('memento.research', QUESTION);
    await (
      await editor.panel(QUESTION)
    )
      .getByRole('button', { name: /^Accept/ })
      .first()
      .click({ timeout: ANSWER_MS });
    await vscode.commands.executeCommand('memento.showReport');
    await poll('one more accepted case', async () =>
      (await acceptedNow()) === before + 1 ? true : undefined,
    );
    await (
      await report()
    )
      .locator('p', { hasText: /Not measured yet: controls are off/ })
      .first()
      .waitFor();
  });

  it('is whole again after its page was thrown away', async () => {
    await vscode.commands.executeCommand('workbench.action.webview.reloadWebviewAction');
    await (await report()).getByRole('region', { name: 'Accepted answers' }).waitFor();
  });

  it('copies itself as JSON', async () => {
    await (await report()).getByRole('button', { name: 'Copy as JSON' }).click();
    await (await report()).getByText('Copied').waitFor({ state: 'attached' });
    const copied = JSON.parse(await vscode.env.clipboard.readText()) as { version: number };
    assert.equal(copied.version, 1);
  });
});
