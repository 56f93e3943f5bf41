import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from './driver';

const QUESTIONS = ['When was the Tarn Ovrel sluice built?', 'Who keeps the Tarn Ovrel gauge?'] as const;
const [FIRST, SECOND] = QUESTIONS;
const REWORDED = 'When was the old sluice built?';

describe('curation', function () {
  this.timeout(120_000);
  let editor: Editor;
  const row = (question: string) => editor.treeRows('Cases').filter({ hasText: question });
  const rowSays = (question: string, text: string) => row(question).filter({ hasText: text }).waitFor();
  const text = (document: vscode.TextDocument) => document.getText().replaceAll('\r\n', '\n');

  before(async () => {
    editor = await openEditor();
    await editor.openView('Memento');
    for (const question of QUESTIONS) {
      await vscode.commands.executeCommand('memento.research', question);
      await row(question).waitFor({ timeout: 60_000 });
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
  after(async () => {
    await vscode.commands.executeCommand('notifications.clearAll');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('pins and unpins', async () => {
    await editor.chooseInContextMenu(row(FIRST), 'Pin Case');
    await rowSays(FIRST, 'pinned');
    await editor.chooseInContextMenu(row(SECOND), 'Pin Case');
    await rowSays(SECOND, 'pinned');
    await editor.chooseInContextMenu(row(SECOND), 'Unpin Case');
    await row(SECOND).filter({ hasNotText: 'pinned' }).waitFor();
    await rowSays(FIRST, 'pinned');
  });

  describe('a case in an editor', () => {
    let document: vscode.TextDocument;
    const replace = async (from: string, to: string) => {
      const start = document.getText().indexOf(from);
      assert.ok(start >= 0, `“${from}” is not in the document`);
      const edit = new vscode.WorkspaceEdit();
      const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
      edit.replace(document.uri, range, to);
      assert.ok(await vscode.workspace.applyEdit(edit));
    };

    before(async () => {
      await editor.chooseInContextMenu(row(FIRST), 'Edit Case…');
      document = (await poll('the document', async () => vscode.window.activeTextEditor)).document;
    });

    it('is its text', () => {
      assert.equal(document.uri.scheme, 'memento-edit');
      assert.ok(text(document).includes(`# Question\n\n${FIRST}\n\n# Short answer\n`));
    });

    it('is changed by saving it', async () => {
      await replace(FIRST, REWORDED);
      await replace('# Tags\n', '# Tags\n\n- sluice\n');
      assert.ok(await document.save());
      await rowSays(REWORDED, 'pinned');
      assert.equal(await row(FIRST).count(), 0);
    });

    it('shows what cannot be read, and stays as it was typed', async () => {
      await replace('# Plan\n', '# Plan\n\nThink hard\n');
      const typed = text(document);
      assert.equal(await document.save(), false);
      await editor.toast('begin a task with its number');
      const [fault] = vscode.languages.getDiagnostics(document.uri);
      assert.equal(document.lineAt(fault?.range.start.line ?? 0).text, 'Think hard');
      assert.deepEqual([document.isDirty, text(document)], [true, typed]);
      await vscode.commands.executeCommand('notifications.clearAll');
      await replace('Think hard\n', '9. Think hard\n');
      assert.deepEqual(vscode.languages.getDiagnostics(document.uri), []);
      assert.ok(await document.save());
    });

    it('follows what is changed elsewhere', async () => {
      const id = document.uri.path.split('/')[1] ?? '';
      await editElsewhere(id, 'Think hard', 'Think deep');
      await poll('the other text', async () => text(document).includes('9. Think deep'));
      assert.equal(document.isDirty, false);
    });

    it('is not saved over what was changed elsewhere meanwhile, even if no longer than before', async () => {
      const id = document.uri.path.split('/')[1] ?? '';
      await replace('- sluice\n', '- sluice\n- tarn\n');
      await editElsewhere(id, 'Think deep', 'Think wide');
      assert.equal(await document.save(), false);
      await editor.toast(/content of the file is newer/);
      await vscode.commands.executeCommand('notifications.clearAll');
      assert.ok(text(document).includes('- tarn'));
      await vscode.commands.executeCommand('workbench.action.files.revert');
      await poll('the other text', async () => text(document).includes('9. Think wide'));
    });

    it('is not lost where the case is forgotten meanwhile', async () => {
      await replace('- sluice\n', '- sluice\n- weir\n');
      await editor.chooseInContextMenu(row(REWORDED), 'Forget Case');
      await row(REWORDED).waitFor({ state: 'detached' });
      await vscode.commands.executeCommand('notifications.clearAll');
      assert.equal(await document.save(), false);
      await editor.toast('This case was forgotten meanwhile');
      assert.ok(document.isDirty && text(document).includes('- weir'));
      await vscode.commands.executeCommand('notifications.clearAll');
    });

    it('can be saved once the case is restored', async () => {
      void vscode.commands.executeCommand('memento.restoreCase'); // ends with the choice
      await editor.quickInputRows().filter({ hasText: REWORDED }).first().click();
      await row(REWORDED).waitFor();
      await poll('the save', async () => (await document.save()) || undefined);
      assert.ok(!document.isDirty && text(document).includes('- weir'));
    });
  });

  it('tells which sources of a case changed', async () => {
    const [file = assert.fail('no source')] = await vscode.workspace.findFiles('README.md');
    const before = await vscode.workspace.fs.readFile(file);
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('# Another\n'));
    try {
      await row(FIRST).hover();
      const hover = editor.page.locator('.workbench-hover').filter({ hasText: FIRST });
      await hover.filter({ hasText: 'README.md: changed since' }).waitFor();
    } finally {
      await vscode.workspace.fs.writeFile(file, before);
    }
  });

  describe('several cases', () => {
    before(async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      await row(SECOND).click({ modifiers: ['ControlOrMeta'] });
      await row(REWORDED).click({ modifiers: ['ControlOrMeta'] });
    });

    it('are accepted at once', async () => {
      await editor.chooseInContextMenu(row(SECOND), 'Accept Answer');
      for (const question of [REWORDED, SECOND]) await rowSays(question, 'accepted');
    });

    it('are forgotten and taken back at once', async () => {
      await editor.chooseInContextMenu(row(REWORDED), 'Forget Case');
      const toast = await editor.toast(/Memento forgot 2 cases/);
      for (const question of [REWORDED, SECOND]) await row(question).waitFor({ state: 'detached' });
      await toast.getByRole('button', { name: 'Undo' }).click();
      for (const question of [REWORDED, SECOND]) await row(question).waitFor();
    });
  });
});

/** The case's text with a word replaced, saved in a document of another name. */
async function editElsewhere(id: string, from: string, to: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: 'memento-edit', path: `/${id}/elsewhere.md` });
  const before = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  assert.ok(before.includes(from), before);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(before.replace(from, to)));
}
