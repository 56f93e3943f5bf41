import assert from 'node:assert/strict';
import { startModelServer, type ModelServer } from '../fakes/modelServer';
import type { Editor } from '../integration/driver';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

/** From outside the extension host, which a reload ends. */
describe('a window that is reloaded', function () {
  this.timeout(120_000);
  let model: ModelServer | undefined;
  let window: TestWindow | undefined;
  let editor: Editor;

  before(async function () {
    skipWhereNoWindow(this);
    const answer = JSON.stringify({ answer: 'It is **41 m** deep.', shortAnswer: '41 m' });
    model = await startModelServer({
      replies: [{ text: answer }, { text: answer, wire: { delayMs: 300_000 } }],
    });
    window = await openWindow({
      settings: { 'memento.planner.baseUrl': model.url, 'memento.planner.model': 'test-model' },
    });
    editor = window.editor;
  });

  after(async () => {
    await window?.close();
    await model?.close();
  });

  async function ask(question: string) {
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question);
    return editor.panel(question);
  }

  /** As a person does it: the window saves what is open first. */
  async function reload(): Promise<void> {
    const loaded = editor.page.waitForEvent('load');
    await editor.runCommand('Developer: Reload Window');
    await loaded;
  }

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed-${this.currentTest.title}`);
  });

  it('shows a finished run again, which can still be accepted', async () => {
    const question = 'How deep is the north basin?';
    await (await ask(question)).getByRole('button', { name: 'Accept', exact: true }).waitFor();
    await reload();
    const panel = await editor.panel(question);
    assert.match(await (await editor.webviewRegion('Answer', question)).innerText(), /It is 41 m deep\./);
    await panel.getByRole('button', { name: 'Accept', exact: true }).click();
    await panel
      .getByText(/^Accepted/)
      .first()
      .waitFor();
    await editor.openView('Memento');
    await editor.treeRows('Cases').filter({ hasText: question }).waitFor();
  });

  it('shows a run that the reload ended as interrupted', async () => {
    const question = 'How deep is the south basin?';
    await (await ask(question)).getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await reload();
    const panel = await editor.panel(question);
    await panel
      .getByText(/interrupted/i)
      .first()
      .waitFor();
    await editor.screenshot('interrupted');
  });
});
