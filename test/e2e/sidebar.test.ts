import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from '../integration/driver';

const QUESTION = 'How many beacons has Tarn Sidebar?';

describe('the side bar', function () {
  this.timeout(60_000);
  let editor: Editor;
  let folder: string;
  const group = (name: RegExp) => editor.treeRows('Cases').and(editor.page.getByRole('treeitem', { name }));
  const row = (view: string, text: string) => editor.treeRows(view).filter({ hasText: text });

  before(async () => {
    editor = await openEditor();
    folder = mkdtempSync(path.join(os.tmpdir(), 'memento-sidebar-'));
    await editor.openView('Memento');
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(QUESTION);
    await row('Cases', QUESTION).waitFor({ timeout: 30_000 });
  });
  after(async () => {
    await vscode.commands.executeCommand('memento.groupCasesByDate');
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(folder, { recursive: true, force: true });
  });

  it('groups cases by date, and by judgement where the user says so', async () => {
    await group(/^Today, \d/).waitFor();
    await editor.runCommand('Memento: Group Cases by Judgement');
    await group(/^Not judged, \d/).waitFor();
    await group(/^Today, \d/).waitFor({ state: 'detached' });
    await row('Cases', QUESTION).hover();
    await row('Cases', QUESTION).getByRole('button', { name: 'Accept Answer' }).click();
    await editor.screenshot('sidebar-judgement');
    // The group of accepted cases may be further down than the view reaches.
    await vscode.commands.executeCommand('workbench.actions.treeView.memento.cases.collapseAll');
    await group(/^Accepted, \d/).waitFor();
    await editor.runCommand('Memento: Group Cases by Date');
    await row('Cases', QUESTION).waitFor();
  });

  it('exports the run from its panel, chosen with the keyboard', async () => {
    const file = path.join(folder, 'answer.html');
    const panel = await editor.panel(QUESTION);
    await panel.getByRole('button', { name: 'Export' }).press('ArrowDown');
    await panel.getByRole('menuitem', { name: 'Markdown…' }).press('ArrowDown');
    await editor.screenshot('export-menu');
    await panel.getByRole('menuitem', { name: 'HTML…' }).press('Enter');
    await editor.quickInputWith('Export Run');
    const input = editor.quickInput();
    const says = async (end: string) =>
      (await input.inputValue({ timeout: 500 }).catch(() => '')).endsWith(end);
    await poll('the suggested name', () => says('How many beacons has Tarn Sidebar.html'));
    const page = await poll('the file', async () => {
      if (existsSync(file)) return readFileSync(file, 'utf8');
      if (await says('answer.html')) await input.press('Enter', { timeout: 500 }).catch(() => undefined);
      else await input.fill(file, { timeout: 500 }).catch(() => undefined);
      return undefined;
    });
    assert.ok(page.includes(`<h1>${QUESTION}</h1>`));
    await (await editor.toast('Memento saved answer.html')).getByRole('button', { name: 'Open' }).waitFor();
  });

  it('forgets the selected case with a key', async () => {
    // A plain click would open the panel, which takes the focus.
    await row('Cases', QUESTION).click({ modifiers: ['Control'] });
    await row('Cases', QUESTION).and(editor.page.locator('.selected')).waitFor();
    await editor.page.keyboard.press('Delete');
    await editor.toast('Memento forgot');
    await row('Cases', QUESTION).waitFor({ state: 'detached' });
  });

  it('lists the run, which can be deleted', async () => {
    await row('Runs', QUESTION).waitFor();
    await editor.screenshot('sidebar-runs');
  });
});
