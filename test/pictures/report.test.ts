import { before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, type Editor } from '../integration/driver';
import { Camera, plainWindow } from './camera';

describe('the memory report', () => {
  let editor: Editor;
  let camera: Camera;

  before(async () => {
    editor = await openEditor();
    camera = await Camera.of(editor.page);
    await plainWindow();
    await vscode.commands.executeCommand('workbench.action.closeSidebar');
  });

  it('shows what was accepted with cases and without', async () => {
    await camera.frame({ width: 960, height: 800, scale: 2 });
    await editor.runCommand('Memento: Memory Report');
    const report = await editor.panel('Does memory help?', 'memento-research.memento');
    await report
      .getByText(/^Memory helps/)
      .first()
      .waitFor();
    await camera.take('acceptance');
  });
});
