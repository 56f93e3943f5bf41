import { startModelServer, type ModelServer } from '../fakes/modelServer';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

/** Neither the panel nor the view is open: only the look at the start can find the run. */
describe('a window that opens after a run was interrupted', function () {
  this.timeout(120_000);
  let model: ModelServer | undefined;
  let window: TestWindow | undefined;

  before(async function () {
    skipWhereNoWindow(this);
    model = await startModelServer({ replies: [{ text: 'late', wire: { delayMs: 300_000 } }] });
    window = await openWindow({
      settings: { 'memento.planner.baseUrl': model.url, 'memento.planner.model': 'test-model' },
    });
  });
  after(async () => {
    await window?.close();
    await model?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window?.editor.screenshot('failed-interrupted');
  });

  it('tells of it once', async () => {
    if (!window) throw new Error('There is no window.');
    const { editor } = window;
    const question = 'How deep is the far basin?';
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question);
    await (await editor.panel(question)).getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await editor.runCommand('View: Close All Editors');
    await editor.openView('Explorer');
    const loaded = editor.page.waitForEvent('load');
    await editor.runCommand('Developer: Reload Window');
    await loaded;
    const toast = await editor.toast(`A run was interrupted: ${question}`);
    await editor.screenshot('interrupted-at-start');
    await toast.getByRole('button', { name: 'Show' }).click();
    await (await editor.panel(question)).getByRole('button', { name: 'Resume', exact: true }).waitFor();
  });
});
