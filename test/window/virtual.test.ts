import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { installVirtualExtension } from '../editor/virtualExtension.mjs';
import type { Editor } from '../integration/driver';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

const MISSING = 'This folder is not on disk: Memento searches no files of it and runs no commands';

describe('a folder that is not on disk', function () {
  this.timeout(180_000);
  let window: TestWindow | undefined;
  let editor: Editor;

  before(async function () {
    skipWhereNoWindow(this);
    window = await openWindow({
      // Somebody else's file system has the whole of the workspace.
      workspaceFile: ({ userDataDir, extensionsDir }) => {
        installVirtualExtension(extensionsDir);
        const file = path.join(userDataDir, 'virtual.code-workspace');
        writeFileSync(file, JSON.stringify({ folders: [{ name: 'tides', uri: 'memfs:/' }] }));
        return file;
      },
    });
    editor = window.editor;
  });
  after(() => window?.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await editor.screenshot(`failed-${this.currentTest.title}`);
  });

  async function ask(question: string): Promise<void> {
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question, 'What do you want to know?');
    const panel = await editor.panel(question);
    await panel
      .getByText(/No folder on disk is open, so there are no files to search/)
      .first()
      .waitFor();
  }

  it('is researched as far as it goes, and what is missing is said once', async () => {
    await ask('When is high water at Dover?');
    await editor.toast(MISSING);
    await editor.screenshot('virtual');
    await editor.runCommand('Notifications: Clear All Notifications');
    await ask('When is low water at Dover?');
    assert.equal(await editor.page.locator('.notification-toast', { hasText: MISSING }).count(), 0);
    assert.equal(await editor.page.locator('.terminal-wrapper').count(), 0);
    const kept = readdirSync(window?.dataDirectory ?? '', { recursive: true }).map(String);
    assert.ok(kept.some((file) => file.endsWith('.jsonl')));
    assert.deepEqual(
      kept.filter((file) => path.basename(file).startsWith('passages')),
      [],
    );
  });
});
