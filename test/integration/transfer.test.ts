import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from './driver';

const QUESTION = 'Which bird nests at Tarn Imported?';

describe('import and export of cases', function () {
  this.timeout(120_000);
  let editor: Editor;
  let folder: string;
  const row = () => editor.treeRows('Cases').filter({ hasText: QUESTION });
  const importFile = () =>
    void vscode.commands.executeCommand(
      'memento.importCases',
      vscode.Uri.file(path.join(folder, 'in.jsonl')),
    );

  before(async () => {
    editor = await openEditor();
    await editor.openView('Memento');
    folder = mkdtempSync(path.join(os.tmpdir(), 'memento-transfer-'));
    const line = { case: QUESTION, plan: '{"plan":[{"id":1,"description":"Look"}]}', case_label: 'positive' };
    writeFileSync(path.join(folder, 'in.jsonl'), `${JSON.stringify(line)}\nnot JSON\n`);
  });
  after(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows the counts, and writes nothing where the user says no', async () => {
    importFile();
    const list = await editor.quickInputWith('Import in.jsonl?');
    await list.getByText('1 case to add: 1 accepted, 0 rejected, 0 not judged.').waitFor();
    await list.getByText('line 2: is not JSON').waitFor();
    await editor.quickInput().press('Escape');
    await list.waitFor({ state: 'hidden' });
    assert.equal(await row().count(), 0);
  });

  it('imports what the user agreed to, and marks it', async () => {
    importFile();
    await editor.quickInputWith('Import in.jsonl?');
    await editor.quickInput().press('Enter');
    await row().filter({ hasText: 'accepted · imported' }).waitFor();
  });

  it('finds it there the second time', async () => {
    importFile();
    const list = await editor.quickInputWith('There is nothing to import in in.jsonl');
    await list.getByText('1 case here already').waitFor();
    await editor.quickInput().press('Escape');
    await list.waitFor({ state: 'hidden' });
    assert.equal(await row().count(), 1);
  });

  it('exports everything to a file', async () => {
    const file = path.join(folder, 'out.jsonl');
    void vscode.commands.executeCommand('memento.exportCases'); // ends with the export
    await editor.pickQuickInput('Everything');
    await editor.quickInputWith('Export Cases to File');
    const input = editor.quickInput();
    const says = async (end: string) =>
      (await input.inputValue({ timeout: 500 }).catch(() => '')).endsWith(end);
    await poll('the suggested name', () => says('memento-lossless.jsonl'));
    // The picker takes no Enter, and may put its own text back, while it looks into the folder that was typed.
    const text = await poll('the file', async () => {
      if (existsSync(file)) return readFileSync(file, 'utf8');
      if (await says('out.jsonl')) await input.press('Enter', { timeout: 500 }).catch(() => undefined);
      else await input.fill(file, { timeout: 500 }).catch(() => undefined);
      return undefined;
    });
    assert.match(text, /^\{"format":"memento-memory","version":1\}\n/);
    assert.ok(text.includes(QUESTION));
  });
});
