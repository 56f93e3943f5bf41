import assert from 'node:assert/strict';
import { startModelServer, type ModelServer } from '../fakes/modelServer';
import type { Editor } from '../integration/driver';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

const TWO_TASKS = JSON.stringify({
  plan: [
    { id: 1, description: 'Count the basins', dependsOn: [] },
    { id: 2, description: 'Measure them', dependsOn: [1] },
  ],
});
const command = {
  toolCalls: [{ name: 'run_command', arguments: JSON.stringify({ command: 'sleep 4; echo measured' }) }],
};

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
      replies: [
        { text: answer },
        { text: answer, wire: { delayMs: 300_000 } },
        { text: answer },
        { text: TWO_TASKS },
        { text: 'There are two basins.' },
        command,
        command,
        { text: 'Both were measured.' },
        { text: answer },
      ],
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

  const reload = () => window?.reload();

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

  it('goes on with a run that the reload interrupted', async () => {
    const question = 'How deep is the south basin?';
    await (await ask(question)).getByRole('button', { name: 'Stop', exact: true }).waitFor();
    // The panel is there before the model is asked, which is to be cut off.
    await model?.received(2);
    await reload();
    const panel = await editor.panel(question);
    await panel
      .getByText(/interrupted/i)
      .first()
      .waitFor();
    const row = editor.treeRows('Runs').filter({ hasText: question });
    await row.getByText(/^interrupted/).waitFor();
    await editor.screenshot('interrupted');
    await panel.getByRole('button', { name: 'Resume', exact: true }).click();
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    await row.getByText(/^answered/).waitFor();
    assert.match(await (await editor.webviewRegion('Answer', question)).innerText(), /It is 41 m deep\./);
  });

  it('goes on in the middle of a command: what was finished stays, what may have been done asks', async () => {
    const question = 'How deep are both basins?';
    await (await ask(question)).getByRole('button', { name: 'Approve', exact: true }).click();
    await (await editor.panel(question)).getByText('running').first().waitFor();
    await reload();
    const panel = await editor.panel(question);
    const row = editor.treeRows('Runs').filter({ hasText: question });
    await row.getByText(/^interrupted/).waitFor();
    await row.hover();
    await row.getByRole('button', { name: /^Resume Interrupted Run/ }).click();
    await panel.getByText(/may have been done already/).waitFor();
    await editor.screenshot('resumed');
    await panel.getByRole('button', { name: 'Approve', exact: true }).click();
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    const plan = await (await editor.webviewRegion('Plan', question)).innerText();
    assert.match(plan, /2 of 2 tasks done/);
    // The first task was not done again.
    assert.equal(plan.match(/There are two basins\./g)?.length, 1);
    await editor.chooseInContextMenu(row, 'Delete Run');
    await editor.page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
    await row.waitFor({ state: 'detached' });
  });
});
