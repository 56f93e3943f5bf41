import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openTarget } from '../../src/vscode/openEvidence';
import { shownFiles, workspaceFiles } from '../../src/vscode/folderFiles';
import { poll } from './driver';

describe('files that are open from outside of the folder', () => {
  let folder: string;
  let hidden: string;
  const files = workspaceFiles();
  const target = (file: string) => ({ kind: 'lines', file, start: 1, end: 1 }) as const;
  const root = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'memento-shown-'));
    hidden = path.join(os.homedir(), '.memento-test-secret');
    for (const file of [path.join(folder, 'a.md'), path.join(folder, 'b.md'), hidden])
      await writeFile(file, 'It is 7.5 m deep.\n');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true, force: true });
    await rm(hidden, { force: true });
  });

  it('are read and opened as sources while they are, and nothing beside them', async () => {
    const [shown, other] = [path.join(folder, 'a.md'), path.join(folder, 'b.md')];
    assert.equal((await files.read(shown)).ok, false);
    for (const file of [shown, hidden, path.join(root() ?? '', 'README.md')])
      await vscode.window.showTextDocument(vscode.Uri.file(file), { preview: false });
    await poll('the tab', async () => shownFiles().includes(shown));
    assert.deepEqual(shownFiles(), [shown]);
    assert.deepEqual(await files.read(shown), { ok: true, value: 'It is 7.5 m deep.\n' });
    assert.equal((await files.read(other)).ok, false);
    assert.equal((await files.read(hidden)).ok, false);
    assert.ok((await files.list({ limit: 1_000 })).files.some((file) => file.path === shown));
    assert.equal((await openTarget(root(), target(shown))).ok, true);
    assert.equal((await openTarget(root(), target(other))).ok, false);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await poll('the tab to go', async () => shownFiles().length === 0);
    assert.equal((await files.read(shown)).ok, false);
  });
});
