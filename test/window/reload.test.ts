import assert from 'node:assert/strict';
import path from 'node:path';
import { findChromium } from '../editor/chromium.mjs';
import { installEditor, runsHere } from '../editor/install.mjs';
import { openWorkbench } from '../editor/page.mjs';
import { createSandbox, removeForeignVariables } from '../editor/sandbox.mjs';
import { freePort, startServer } from '../editor/server.mjs';
import { writeMachineSettings, writeSettings } from '../editor/settings.mjs';
import { startModelServer } from '../fakes/modelServer';
import { Editor } from '../integration/driver';

/** From outside the extension host, which a reload ends. */
describe('a window that is reloaded', function () {
  this.timeout(120_000);
  const cleanups: (() => Promise<unknown>)[] = [];
  let editor: Editor;

  before(async function () {
    const reason = cannotRun();
    if (reason) {
      console.log(`    skipped: ${reason}`);
      this.skip();
    }
    // Found before HOME is the sandbox's, where nothing is installed.
    const install = await installEditor();
    const sandbox = createSandbox();
    cleanups.unshift(async () => sandbox.remove());
    removeForeignVariables();
    Object.assign(process.env, sandbox.environment);
    const answer = JSON.stringify({ answer: 'It is **41 m** deep.', shortAnswer: '41 m' });
    const model = await startModelServer({
      replies: [{ text: answer }, { text: answer, wire: { delayMs: 300_000 } }],
    });
    cleanups.unshift(() => model.close());
    writeSettings(sandbox.userDataDir, { 'security.workspace.trust.enabled': false });
    writeMachineSettings(sandbox.userDataDir, {
      'memento.planner.baseUrl': model.url,
      'memento.planner.model': 'test-model',
    });
    const server = await startServer(install, sandbox);
    cleanups.unshift(() => server.stop());
    const port = String(await freePort());
    const workbench = await openWorkbench(
      server.authority,
      { developmentPaths: [path.resolve('.')], workspace: sandbox.workspace, debuggingPort: port },
      path.join(sandbox.userDataDir, 'chromium'),
    );
    cleanups.unshift(() => workbench.close());
    editor = await Editor.connect(port);
    // The palette lists the commands that were known when it opened.
    await editor.openView('Memento');
  });

  after(async () => {
    for (const cleanup of cleanups) await cleanup();
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

function cannotRun(): string | undefined {
  if (!runsHere()) return 'VS Code’s server is tested on linux-x64 only';
  try {
    findChromium();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
