import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from '../integration/driver';
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

const rules = () => vscode.workspace.getConfiguration('memento').inspect('terminal.autoApprove')?.globalValue;

describe('what runs without asking', () => {
  let editor: Editor;
  let model: ScriptedModel | undefined;
  const inWorkspace = (name: string) =>
    path.join(vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '', name);

  before(async function () {
    if (process.platform === 'win32') this.skip();
    editor = await openEditor();
    await writeFile(inWorkspace('depths.txt'), 'north 7.5 m\nsouth 4.2 m\n');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await model?.close();
    model = undefined;
  });
  after(async () => {
    await vscode.workspace
      .getConfiguration('memento')
      .update('terminal.autoApprove', undefined, vscode.ConfigurationTarget.Global);
    for (const file of ['depths.txt', 'ruled', 'mistrusted']) await rm(inWorkspace(file), { force: true });
  });

  it('is what only reads, with the reason in the panel, and in no terminal', async () => {
    const terminals = vscode.window.terminals.length;
    model = await serveModel(
      plan(['Find the greatest depth']),
      command('sort -k2 -rn depths.txt | head -1'),
      says('It is 7.5 m [e1].'),
      answer('It is 7.5 m [e1].', '7.5 m'),
    );
    const page = await ask(editor, 'How deep is the deepest basin?');
    await page.answered();
    assert.match(lastMessage(model, 2), /exit code 0\s+north 7\.5 m/);
    assert.equal(vscode.window.terminals.length, terminals);
    await page.shows(/Has read text of others \(run_command\)/);
    await page.document.getByText(/not asked/).click();
    await page.shows('“sort” only reads here.');
    await editor.screenshot('not-asked');
  });

  it('is what a rule allows that was tried before it was saved', async () => {
    await editor.runCommand('Memento: Try a Command Rule…');
    await editor.typeInQuickInput('touch', 'How do commands begin that run without asking?');
    const box = editor.page.locator('.quick-input-widget');
    const says = (text: RegExp) => box.getByText(text).waitFor();
    const field = box.getByRole('textbox');
    await says(/Your rule “touch” allows “touch”/);
    await field.fill('touch a; rm b');
    await says(/Asks\. “rm” is not known to only read/);
    await field.fill('touch .vscode/settings.json');
    await says(/Asks\. “\.vscode\/settings\.json” is guarded, whatever rules say: the settings of an editor/);
    await editor.screenshot('try-rule');
    await field.fill('touch ruled');
    await says(/Runs without asking/);
    await field.press('Enter');
    await editor.toast(/Commands that begin with “touch” run without asking/);
    await poll('the rule to be saved', async () => JSON.stringify(rules()) === '{"touch":true}');
  });

  it('by a rule no more, once the run has read text of others', async () => {
    model = await serveModel(
      plan(['Touch two files']),
      command('touch ruled'),
      call('read_file', { path: 'depths.txt' }),
      command('touch mistrusted'),
      says('One was allowed.'),
      answer('One was allowed.'),
    );
    const page = await ask(editor, 'Which files can you touch?');
    await page.approval.waitFor();
    assert.match(await page.approval.innerText(), /touch mistrusted[^]*has read what others wrote/);
    await editor.screenshot('mistrusted-rule');
    await page.deny('not that');
    await page.answered();
    assert.ok(existsSync(inWorkspace('ruled')));
    assert.ok(!existsSync(inWorkspace('mistrusted')));
  });
});
