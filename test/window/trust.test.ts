import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startModelServer, type ModelServer } from '../fakes/modelServer';
import type { Editor } from '../integration/driver';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

const QUESTION = 'When is high water at Dover?';
const SECOND = 'How deep is the harbour?';
const BY_MODEL = 'The model says 7.5 m.';

/** Workspace Trust as VS Code comes with it: a folder that nobody has trusted yet. */
describe('a folder in Restricted Mode', function () {
  this.timeout(180_000);
  /** The user's. */
  let model: ModelServer | undefined;
  /** The one that the folder's own settings name. */
  let foreign: ModelServer | undefined;
  let window: TestWindow | undefined;
  let editor: Editor;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-test-'));
  /** Written by the user's MCP server as soon as it is started. */
  const started = path.join(folder, 'mcp-started');

  before(async function () {
    skipWhereNoWindow(this);
    const answer = JSON.stringify({ answer: BY_MODEL, shortAnswer: '7.5 m' });
    model = await startModelServer({ replies: () => ({ text: answer }) });
    foreign = await startModelServer({ replies: () => ({ text: answer }) });
    const script = `require('node:fs').writeFileSync(${JSON.stringify(started)}, '')`;
    window = await openWindow({
      asksForTrust: true,
      settings: {
        'memento.planner.baseUrl': model.url,
        'memento.planner.model': 'test-model',
        'memento.mcp.servers': { tide: { command: process.execPath, args: ['-e', script] } },
      },
      prepare: ({ workspace }) => {
        writeFileSync(path.join(workspace, 'tides.md'), 'High water at Dover is at 11:20.');
        writeJson(path.join(workspace, '.vscode/settings.json'), {
          'memento.planner.baseUrl': foreign?.url,
          'memento.planner.model': 'foreign-model',
          'memento.memory.policy': 'none',
          'memento.plan.review': true,
        });
      },
    });
    editor = window.editor;
  });
  after(async () => {
    await window?.close();
    await model?.close();
    await foreign?.close();
    rmSync(folder, { recursive: true });
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed-${this.currentTest.title}`);
  });

  async function ask(question: string): Promise<void> {
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question, 'What do you want to know?');
    await editor.panel(question);
  }

  const ended = (question: string) =>
    editor
      .treeRows('Runs')
      .filter({ hasText: question })
      .getByText(/^answered/)
      .waitFor();

  it('answers in the extractive mode, says why, and reaches neither model nor server', async () => {
    await editor.page.getByText('Restricted Mode is intended for safe code browsing').first().waitFor();
    await ask(QUESTION);
    await editor.toast('This folder is in Restricted Mode: Memento runs no commands');
    // The folder asks for plans to be looked at: had that an effect, the run would wait for it.
    await ended(QUESTION);
    await editor.screenshot('restricted');
    const shown = await (await editor.panel(QUESTION)).locator('body').innerText();
    assert.match(shown, /extractive/i);
    // A setting of the folder would have turned the memory off.
    assert.doesNotMatch(shown, /Memory is off/);
    assert.equal(model?.requests.length, 0);
    assert.equal(foreign?.requests.length, 0);
    assert.equal(existsSync(started), false);
    assert.equal(await editor.page.locator('.terminal-wrapper').count(), 0);
  });

  it('uses the user’s model as soon as the folder is trusted', async () => {
    await editor.runCommand('Workspaces: Manage Workspace Trust');
    await editor.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await editor.page
      .getByText('Restricted Mode is intended for safe code browsing')
      .first()
      .waitFor({ state: 'hidden' });
    await ask(SECOND);
    // Now the folder's own settings count, as far as they may: a plan is looked at, the server stays the user's.
    await (await editor.panel(SECOND)).getByText(BY_MODEL).first().waitFor();
    await editor.screenshot('trusted');
    assert.ok((model?.requests.length ?? 0) > 0);
    // It would have been asked for its tools: what did not happen before could have.
    assert.equal(existsSync(started), true);
    assert.equal(foreign?.requests.length, 0);
  });
});

function writeJson(file: string, value: unknown): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}
