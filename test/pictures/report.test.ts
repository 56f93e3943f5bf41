import { before, describe, it } from 'mocha';
import { openEditor, type Editor } from '../integration/driver';
import { Camera, plainWindow } from './camera';

describe('the memory report', () => {
  let editor: Editor;
  let camera: Camera;

  before(async () => {
    editor = await openEditor();
    camera = await Camera.of(editor.page);
    await plainWindow();
    await editor.openView('Memento');
    await editor.runCommand('Memento: Group Cases by Judgement');
  });

  it('shows what was accepted with cases and without', async () => {
    await camera.frame({ width: 1200, height: 860, scale: 1.5 });
    await editor.runCommand('Memento: Memory Report');
    const report = await editor.panel('Does memory help?', 'memento-research.memento');
    await report.getByText(/^Memory helps/).first().waitFor();
    await camera.take('acceptance');
  });
});
