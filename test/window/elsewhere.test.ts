import assert from 'node:assert/strict';
import { startModelServer, type ModelServer } from '../fakes/modelServer';
import type { Editor } from '../integration/driver';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

const QUESTION = 'How deep is the north basin?';

describe('two windows on one folder', function () {
  this.timeout(180_000);
  let model: ModelServer | undefined;
  let window: TestWindow | undefined;
  let other: Editor | undefined;

  before(async function () {
    skipWhereNoWindow(this);
    const answer = JSON.stringify({ answer: 'It is **41 m** deep.', shortAnswer: '41 m' });
    const plan = JSON.stringify({ plan: [{ id: 1, description: 'Measure it', dependsOn: [] }] });
    const command = { toolCalls: [{ name: 'run_command', arguments: { command: 'printf measured' } }] };
    model = await startModelServer({
      replies: [{ text: plan }, command, { text: 'It was measured.' }, { text: answer }],
    });
    window = await openWindow({
      settings: { 'memento.planner.baseUrl': model.url, 'memento.planner.model': 'test-model' },
    });
  });
  after(async () => {
    await window?.close();
    await model?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    await window?.editor.screenshot('failed-elsewhere-a');
    await other?.screenshot('failed-elsewhere-b');
  });

  it('a run of one is followed in the other, which neither resumes nor stops it', async () => {
    assert.ok(window);
    const { editor } = window;
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(QUESTION, 'What do you want to know?');
    // It waits for its approval: under way for as long as the other window is looked at.
    await (await editor.panel(QUESTION)).getByRole('button', { name: 'Approve', exact: true }).waitFor();
    other = await window.another();
    const row = other.treeRows('Runs').filter({ hasText: QUESTION });
    await row.getByText(/^running in another window/).waitFor();
    await row.hover();
    assert.equal(await row.getByRole('button', { name: /Resume/ }).count(), 0);
    await row.click();
    const panel = await other.panel(QUESTION);
    await panel
      .getByText(/That window, or a command line, is at work on it, and can stop it/)
      .first()
      .waitFor();
    for (const name of ['Approve', 'Stop', 'Resume']) {
      assert.equal(await panel.getByRole('button', { name, exact: true }).count(), 0, name);
    }
    await other.screenshot('elsewhere');
    await editor.clickInPanel(/^Approve$/, QUESTION);
    await panel.getByText('It is 41 m deep.').first().waitFor();
    await row.getByText(/^answered/).waitFor();
  });
});
