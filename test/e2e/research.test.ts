import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startModelServer, type ModelServer, type ScriptEntry } from '../fakes/modelServer';
import { openEditor, poll, type Editor } from '../integration/driver';

const QUESTION = 'Why did the North Buoy break loose, and who found it?';

/** A person at work: the palette, the panel, the tree. Everything runs: no part of the product is replaced. */
describe('research, as a person does it', () => {
  let editor: Editor;
  before(async () => {
    editor = await openEditor();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  async function ask(question: string): Promise<void> {
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question);
  }

  const region = async (name: string, content: string) =>
    (await editor.webviewRegion(name, content)).innerText();

  it('answers with citations, is accepted, and becomes a case in the tree', async () => {
    await ask(QUESTION);
    const panel = await editor.panel(QUESTION);
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    assert.match(await region('Retrieved cases', QUESTION), /no/i);
    assert.match(await region('Plan', QUESTION), /search_workspace|Search/);
    assert.match(await region('Answer', QUESTION), /quote found/i);

    await panel.getByRole('button', { name: 'Accept', exact: true }).click();
    await panel
      .getByText(/^Accepted/)
      .first()
      .waitFor();
    await editor.openView('Memento');
    await editor
      .treeRows('Cases')
      .filter({ hasText: QUESTION })
      .filter({ hasText: /accepted/i })
      .first()
      .waitFor();
    await editor.screenshot('accepted');
  });

  it('retrieves the accepted case and offers to reuse it', async () => {
    await ask(QUESTION);
    const panel = await editor.panel(QUESTION);
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    const cases = await region('Retrieved cases', QUESTION);
    assert.match(cases, /accepted/i);
    assert.ok(cases.includes(QUESTION), cases);
    await panel.getByText(/You accepted an answer to this question before/).waitFor();
    // All of it on one picture, which is the one in the README.
    const { width, height } = editor.page.viewportSize() ?? { width: 1280, height: 800 };
    await editor.page.setViewportSize({ width, height: 1340 });
    await editor.screenshot('panel');
    await editor.page.setViewportSize({ width, height });
  });

  it('opens a source at the line that is cited', async () => {
    await ask(QUESTION);
    const panel = await editor.panel(QUESTION);
    await panel
      .getByRole('button', { name: /^Source 1/ })
      .first()
      .click();
    const opened = await poll('the cited file', async () => vscode.window.activeTextEditor);
    assert.equal(opened.selection.isEmpty, false);
  });

  it('says so when the files do not support an answer', async () => {
    await ask('Which orchestra played at the opening of the opera house?');
    const panel = await editor.panel('orchestra');
    await panel
      .getByText(/Not supported by these files/)
      .first()
      .waitFor();
    await editor.screenshot('abstained');
  });

  it('rejects with a reason, and forgets with undo', async () => {
    await ask('How many boats does the station have?');
    const panel = await editor.panel('How many boats');
    await panel.getByRole('button', { name: 'Reject', exact: true }).waitFor();
    await panel.getByLabel(/Reason/).fill('too old');
    await panel.getByRole('button', { name: 'Reject', exact: true }).click();
    await panel
      .getByText(/too old/)
      .first()
      .waitFor();
    await editor.openView('Memento');
    const row = editor.treeRows('Cases').filter({ hasText: 'How many boats' });
    await row.filter({ hasText: /rejected/i }).waitFor();
    await editor.chooseInContextMenu(row, 'Forget Case');
    const toast = await editor.toast(/How many boats|orgotten/);
    await poll('the row to go', async () => (await row.count()) === 0);
    await toast.getByRole('button', { name: 'Undo' }).click();
    await row.waitFor();
  });
});

describe('research with a model', () => {
  let editor: Editor;
  let server: ModelServer;
  const settings = () => vscode.workspace.getConfiguration('memento');
  const set = (name: string, value: unknown) =>
    settings().update(name, value, vscode.ConfigurationTarget.Global);

  before(async () => {
    editor = await openEditor();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await server.close();
  });
  after(async () => {
    await set('planner.baseUrl', undefined);
    await set('planner.model', undefined);
  });

  async function serve(replies: readonly ScriptEntry[]): Promise<void> {
    server = await startModelServer({ replies });
    await set('planner.baseUrl', server.url);
    await set('planner.model', 'test-model');
  }

  async function ask(question: string, replies: readonly ScriptEntry[]): Promise<void> {
    await serve(replies);
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question);
  }

  const json = (value: unknown): ScriptEntry => ({ text: JSON.stringify(value) });
  const command = (line: string): ScriptEntry => ({
    toolCalls: [{ name: 'run_command', arguments: { command: line } }],
  });

  it('runs a terminal step after approval; its output and exit code come back to the model', async () => {
    await ask('How many lines have the notes?', [
      json({
        plan: [
          { id: 1, description: 'Count the lines', dependsOn: [] },
          { id: 2, description: 'Explain the count', dependsOn: [1] },
        ],
      }),
      command('echo forty-two; (exit 7)'),
      { text: 'There are forty-two lines [e1].' },
      { text: 'The count is of all notes.' },
      json({ answer: 'The notes have **forty-two** lines [e1].', shortAnswer: '42' }),
    ]);
    const panel = await editor.panel('How many lines');
    await panel.getByRole('button', { name: 'Approve', exact: true }).waitFor();
    assert.match(await panel.locator('body').innerText(), /echo forty-two; \(exit 7\)/);
    await editor.screenshot('approval');
    await panel.getByRole('button', { name: 'Approve', exact: true }).click();
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    assert.match(await editor.terminalText(), /forty-two/);
    const observation = server.requests[2]?.body.messages.at(-1);
    assert.equal(observation?.role, 'tool');
    assert.match(observation.content ?? '', /exit code 7\s+forty-two/);
    const dependent = server.requests[3]?.body.messages.at(-1)?.content ?? '';
    assert.match(dependent, /There are forty-two lines \[e1\]/);
    await editor.screenshot('terminal-step');
  });

  it('shows the image and the table that code makes', async () => {
    const code = [
      'import os, struct, zlib',
      "out = os.environ['MEMENTO_OUTPUT_DIR']",
      'def chunk(kind, data): return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))',
      "rows = b''.join(b'\\0' + bytes(c for x in range(200) for c in (x, y, 160)) for y in range(120))",
      "png = b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 200, 120, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')",
      "open(os.path.join(out, 'heat map.png'), 'wb').write(png)",
      "open(os.path.join(out, 'table.csv'), 'w').write('depth,month\\n3.5,May\\n')",
      "print('drawn')",
    ].join('\n');
    await ask('How warm is the lake?', [
      json({ plan: [{ id: 1, description: 'Draw it', dependsOn: [] }] }),
      { toolCalls: [{ name: 'run_code', arguments: { language: 'python', code } }] },
      { text: 'It is drawn [e1].' },
      json({ answer: 'See the plot: “drawn” [e1].', shortAnswer: '' }),
    ]);
    const panel = await editor.panel('How warm is the lake?');
    await panel.getByRole('button', { name: 'Approve', exact: true }).click();
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    const image = panel.getByRole('img', { name: 'Image heat map.png, made by this run' });
    await image.scrollIntoViewIfNeeded();
    await poll('the image', () =>
      image.evaluate((element: object) => 'naturalWidth' in element && element.naturalWidth === 200),
    );
    await panel.getByText('Show the table').click();
    await panel.getByRole('cell', { name: '3.5' }).waitFor();
    await editor.screenshot('made');
    const observation = server.requests[2]?.body.messages.at(-1)?.content ?? '';
    assert.match(observation, /exit code 0\s+drawn/);
    assert.match(observation, /run:files\/heat map\.png \(image\/png/);
    await panel.getByRole('button', { name: 'table.csv' }).click();
    const opened = await poll('the table', async () =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).find(({ label }) => label === 'table.csv'),
    );
    assert.ok(opened);
  });

  it('does not run what was denied', async () => {
    await ask('Clean up, please.', [
      json({ plan: [{ id: 1, description: 'Clean up', dependsOn: [] }] }),
      command('echo deleted > deleted.txt'),
      { text: 'Not allowed.' },
      json({ answer: 'Nothing was done.', shortAnswer: '' }),
    ]);
    const panel = await editor.panel('Clean up, please.');
    await panel.getByRole('button', { name: 'Deny', exact: true }).click();
    await panel.getByText('Nothing was done.').first().waitFor();
    assert.match(server.requests[2]?.body.messages.at(-1)?.content ?? '', /did not allow/);
    assert.deepEqual(await vscode.workspace.findFiles('deleted.txt'), []);
  });

  it('stops within a second', async () => {
    await ask('What takes for ever?', [{ text: '{"plan"', wire: { delayMs: 60_000 } }]);
    const panel = await editor.panel('What takes for ever?');
    await panel.getByRole('button', { name: 'Stop', exact: true }).click();
    await panel
      .getByText(/cancelled|stopped/i)
      .first()
      .waitFor({ timeout: 2_000 });
  });

  it('a refused key ends in one sentence that says what to do', async () => {
    await ask('Who are you?', [{ status: 401 }]);
    const panel = await editor.panel('Who are you?');
    await panel
      .getByText(/API key \(401\).*Memento: Set API Key/s)
      .first()
      .waitFor();
    await editor.screenshot('unauthorized');
  });

  it('a server that is not there ends in one sentence that says what to do', async () => {
    await serve([]);
    await server.close();
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput('Is anybody there?');
    const panel = await editor.panel('Is anybody there?');
    await panel
      .getByText(/Nothing answers at http:\/\/127\.0\.0\.1/)
      .first()
      .waitFor();
  });
});
