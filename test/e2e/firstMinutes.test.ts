import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from '../integration/driver';

const THEMES = {
  dark: 'Default Dark Modern',
  light: 'Default Light Modern',
  contrast: 'Default High Contrast',
};

/** Somebody who has just installed Memento, with no key: the walkthrough, its steps and the question it offers. */
describe('the first minutes', () => {
  let editor: Editor;
  before(async () => {
    editor = await openEditor();
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('workbench')
      .update('colorTheme', undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const step = (title: string) => editor.page.locator('.getting-started-step', { hasText: title });
  const done = (title: string) => step(title).locator('.codicon-getting-started-step-checked').first();

  it('opens the walkthrough, whose steps complete themselves from the first question to the judgement', async () => {
    await editor.runCommand('Memento: Get Started');
    await done('Open a folder').waitFor();
    await step('Ask a question').click();
    await editor.page.getByRole('button', { name: 'Ask a Sample Question' }).click();

    const box = await editor.quickInputWith('What do you want to know?');
    const question = await poll('the sample question', () => box.locator('input').first().inputValue());
    assert.match(question, /Tarn Ovrel/);
    await editor.page.keyboard.press('Enter');
    const panel = await editor.panel(question);
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    assert.match(await (await editor.webviewRegion('Answer', question)).innerText(), /quote found/i);
    await panel.getByRole('button', { name: 'Accept', exact: true }).click();

    await editor.runCommand('Memento: Get Started');
    await done('Ask a question').waitFor();
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
    await step('Ask a question').click();
    await done('Accept or reject the answer').waitFor();
    for (const [name, theme] of Object.entries(THEMES)) {
      await vscode.workspace
        .getConfiguration('workbench')
        .update('colorTheme', theme, vscode.ConfigurationTarget.Global);
      await editor.page
        .locator('.getting-started-media svg, .getting-started-media iframe')
        .first()
        .waitFor();
      await editor.screenshot(`walkthrough-${name}`);
    }
    await step('See whether memory helps').click();
    await editor.page.getByRole('button', { name: 'Open Memory Report' }).click();
    // A panel that has just opened takes the focus, and with it closes the palette.
    await editor.panel(/Does memory help/);
    await editor.runCommand('Memento: Get Started');
    await done('See whether memory helps').waitFor();
  });

  it('gives the sample as an example where a question is asked', async () => {
    await editor.runCommand('Memento: Research');
    await editor.page.getByPlaceholder(/^For example: .*Tarn Ovrel/).waitFor();
    await editor.page.keyboard.press('Escape');
  });
});
