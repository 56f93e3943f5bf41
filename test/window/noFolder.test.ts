import { poll, type Editor } from '../integration/driver';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

describe('a window with no folder', function () {
  this.timeout(120_000);
  let window: TestWindow | undefined;
  let editor: Editor;

  before(async function () {
    skipWhereNoWindow(this);
    window = await openWindow({ empty: true });
    editor = window.editor;
  });
  after(() => window?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed-${this.currentTest.title}`);
  });

  it('says in one sentence what to do, and keeps the run', async () => {
    const question = 'How deep is the lake?';
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question);
    const panel = await editor.panel(question);
    await panel
      .getByText(
        /No folder on disk is open, so there are no files to search: open one first, or set up a model/,
      )
      .first()
      .waitFor();
    await editor.screenshot('no-folder');
    const row = editor.quickInputRows().filter({ hasText: question }).first();
    // A panel that has just opened may still take the focus, and with it close the list.
    await poll('the run in the list', async () => {
      await editor.runCommand('Memento: Show Past Run');
      return row.waitFor({ timeout: 3_000 }).then(
        () => true,
        () => false,
      );
    });
  });
});
