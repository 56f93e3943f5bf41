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
const ANSWER = { text: JSON.stringify({ answer: 'It is **41 m** deep.', shortAnswer: '41 m' }) };
const COMMAND = {
  toolCalls: [{ name: 'run_command', arguments: JSON.stringify({ command: 'sleep 4; echo measured' }) }],
};

/** From outside the extension host, which a reload ends. */
describe('a window that is reloaded', function () {
  this.timeout(120_000);
  let model: ModelServer | undefined;
  let window: TestWindow | undefined;
  let editor: Editor;
  let asked = 0;

  before(async function () {
    skipWhereNoWindow(this);
    model = await startModelServer();
    window = await openWindow({
      settings: { 'memento.planner.baseUrl': model.url, 'memento.planner.model': 'test-model' },
    });
    editor = window.editor;
  });

  after(async () => {
    await window?.close();
    await model?.close();
  });

  /** One that no test has asked, at its second try either. */
  const newQuestion = (text: string) => `${text} (${++asked})?`;

  async function ask(question: string) {
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question);
    return editor.panel(question);
  }

  const reload = () => window?.reload();

  afterEach(async function () {
    if (this.currentTest?.state !== 'passed') await editor.screenshot(`failed-${this.currentTest?.title}`);
  });

  it('shows a finished run again, which can still be accepted', async () => {
    model?.startScript(ANSWER);
    const question = newQuestion('How deep is the north basin');
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
    model?.startScript({ ...ANSWER, wire: { delayMs: 300_000 } }, ANSWER);
    const before = model?.requests.length ?? 0;
    const question = newQuestion('How deep is the south basin');
    await (await ask(question)).getByRole('button', { name: 'Stop', exact: true }).waitFor();
    // The panel is there before the model is asked, which is to be cut off.
    await model?.received(before + 1);
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
    model?.startScript(
      { text: TWO_TASKS },
      { text: 'There are two basins.' },
      COMMAND,
      COMMAND,
      { text: 'Both were measured.' },
      ANSWER,
    );
    const question = newQuestion('How deep are both basins');
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
