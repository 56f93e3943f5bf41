import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from '../integration/driver';
import { assertAccessible } from './accessibility';
import { ask } from './runPage';
import {
  answer,
  call,
  command,
  lastMessage,
  plan,
  says,
  serveModel,
  type ScriptedModel,
} from './scriptedModel';

const PLOT = [
  'import os, struct, zlib',
  "out = os.environ['MEMENTO_OUTPUT_DIR']",
  'def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))',
  "rows = b''.join(b'\\0' + bytes(c for x in range(200) for c in (x, y, 160)) for y in range(120))",
  "png = b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 200, 120, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')",
  "open(os.path.join(out, 'heat map.png'), 'wb').write(png)",
  "open(os.path.join(out, 'table.csv'), 'w').write('depth,month\\n3.5,May\\n')",
  "print('drawn')",
].join('\n');

describe('what a run wants to run', () => {
  let editor: Editor;
  let model: ScriptedModel;
  const inWorkspace = (name: string) =>
    path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', name);

  before(async () => {
    editor = await openEditor();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await model.close();
  });

  it('runs in the terminal after approval; output and exit code come back to the model', async () => {
    model = await serveModel(
      plan(['Count the lines'], ['Explain the count', 1]),
      command('echo forty-two; (exit 7)'),
      says('There are forty-two lines [e1].'),
      says('The count is of all notes.'),
      answer('The notes have **forty-two** lines [e1].', '42'),
    );
    const page = await ask(editor, 'How many lines have the notes?');
    await page.approval.waitFor();
    assert.match(await page.approval.innerText(), /echo forty-two; \(exit 7\)/);
    await assertAccessible(page.document, 'an approval');
    await editor.screenshot('approval');
    await page.press('Approve');
    await page.answered();
    assert.match(await editor.terminalText(), /forty-two/);
    assert.equal(model.server.requests[2]?.body.messages.at(-1)?.role, 'tool');
    assert.match(lastMessage(model, 2), /exit code 7\s+forty-two/);
    assert.match(lastMessage(model, 3), /There are forty-two lines \[e1\]/);
    await editor.screenshot('terminal-step');
  });

  it('runs what the person made of it, and says so to the model', async () => {
    model = await serveModel(
      plan(['Write the date']),
      command('echo wrong > made.txt'),
      says('It is written.'),
      answer('It is written.'),
    );
    const page = await ask(editor, 'Can you write the date?');
    await page.press('Edit');
    // The keyboard is in the text already.
    await editor.page.keyboard.press('Home');
    await editor.page.keyboard.press('Shift+End');
    await editor.page.keyboard.type("printf '%s' 'as a person wrote it' > made.txt");
    await page.press('Approve as changed');
    await page.answered();
    assert.equal(await readFile(inWorkspace('made.txt'), 'utf8'), 'as a person wrote it');
    assert.match(lastMessage(model, 2), /as a person wrote it/);
  });

  it('does not run what was denied, and gives the model the reason', async () => {
    model = await serveModel(
      plan(['Clean up']),
      command('echo deleted > deleted.txt'),
      says('Not allowed.'),
      answer('Nothing was done.'),
    );
    const page = await ask(editor, 'Clean up, please.');
    await page.deny('only look, do not touch');
    await page.shows('Nothing was done.');
    assert.match(lastMessage(model, 2), /did not allow.*only look, do not touch/s);
    await assert.rejects(readFile(inWorkspace('deleted.txt')), { code: 'ENOENT' });
  });

  it('shows the image and the table that code makes', async () => {
    model = await serveModel(
      plan(['Draw it']),
      call('run_code', { language: 'python', code: PLOT }),
      says('It is drawn [e1].'),
      answer('See the plot: “drawn” [e1].'),
    );
    const page = await ask(editor, 'How warm is the lake?');
    await page.press('Approve');
    await page.answered();
    const image = page.document.getByRole('img', { name: 'Image heat map.png, made by this run' });
    await image.scrollIntoViewIfNeeded();
    await poll('the image', () =>
      image.evaluate((element: object) => 'naturalWidth' in element && element.naturalWidth === 200),
    );
    await page.document.getByText('Show the table').click();
    await page.document.getByRole('cell', { name: '3.5' }).waitFor();
    await assertAccessible(page.document, 'files that a run made');
    await editor.screenshot('made');
    assert.match(lastMessage(model, 2), /exit code 0\s+drawn/);
    assert.match(lastMessage(model, 2), /run:files\/heat map\.png \(image\/png/);
    await page.press('table.csv');
    await poll('the table', async () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'table.csv'),
    );
  });
});
