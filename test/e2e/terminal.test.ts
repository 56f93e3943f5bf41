import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startModelServer, type ModelServer, type ScriptEntry } from '../fakes/modelServer';
import { openEditor, poll, type Editor } from '../integration/driver';

/** Commands as a person sees them: in the terminal, stopped, and in the background. */
describe('commands in the terminal', () => {
  let editor: Editor;
  let server: ModelServer;
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('memento').update(name, value, vscode.ConfigurationTarget.Global);
  const json = (value: unknown): ScriptEntry => ({ text: JSON.stringify(value) });
  const command = (line: string, more: object = {}): ScriptEntry => ({
    toolCalls: [{ name: 'run_command', arguments: { command: line, ...more } }],
  });

  before(async function () {
    if (process.platform === 'win32') this.skip();
    editor = await openEditor();
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const terminal of vscode.window.terminals) terminal.dispose();
    await server.close();
  });
  after(async () => {
    await set('planner.baseUrl', undefined);
    await set('planner.model', undefined);
  });

  async function ask(question: string, replies: readonly ScriptEntry[]) {
    server = await startModelServer({ replies });
    await set('planner.baseUrl', server.url);
    await set('planner.model', 'test-model');
    await editor.runCommand('Memento: Research');
    await editor.typeInQuickInput(question);
    const panel = await editor.panel(question);
    await panel.getByRole('button', { name: 'Approve', exact: true }).click();
    return panel;
  }

  const inTerminal = (text: RegExp) =>
    poll(`${text} in the terminal`, async () => text.test(await editor.terminalText()));

  it('leaves a server running, with a way back to it after the answer', async () => {
    const panel = await ask('What does the server say?', [
      json({ plan: [{ id: 1, description: 'Start the server', dependsOn: [] }] }),
      command('echo serving on 8000; sleep 300', { background: true }),
      { text: 'It serves on 8000 [e1].' },
      json({ answer: 'It says “serving on 8000” [e1].', shortAnswer: '' }),
    ]);
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    await panel
      .getByText(/A command of this run is still running: echo serving on 8000; sleep 300/)
      .waitFor();
    await panel.getByText('in the background', { exact: false }).first().waitFor();
    const observation = server.requests[2]?.body.messages.at(-1)?.content ?? '';
    assert.match(observation, /still running in the background as c1\s+serving on 8000/);
    await editor.screenshot('background');
    await panel.getByRole('button', { name: 'Show terminal' }).click();
    await inTerminal(/serving on 8000/);
    await panel.getByRole('button', { name: 'Stop command' }).click();
    await panel.getByText('stopped in the background').waitFor();
    await inTerminal(/\^C/);
    assert.equal(await panel.getByRole('button', { name: 'Stop command' }).count(), 0);
  });

  it('offers to kill the terminal of a command that does not heed Ctrl+C', async () => {
    const panel = await ask('How stubborn is it?', [
      json({ plan: [{ id: 1, description: 'Run it', dependsOn: [] }] }),
      command(`sh -c 'trap "" INT; echo stubborn; sleep 300; sleep 300'`),
    ]);
    await inTerminal(/^stubborn/m);
    await panel.getByRole('button', { name: 'Stop', exact: true }).click();
    await panel
      .getByText(/cancelled/i)
      .first()
      .waitFor();
    const toast = await editor.toast(/has not stopped after Ctrl\+C/);
    await editor.screenshot('kill-terminal');
    await toast.getByRole('button', { name: 'Kill Terminal' }).click();
    await poll('the terminal to go', async () => vscode.window.terminals.length === 0);
  });

  it('says that a command waits for an answer, which is typed into the terminal', async () => {
    const panel = await ask('Who asks?', [
      json({ plan: [{ id: 1, description: 'Ask', dependsOn: [] }] }),
      command(`sh -c 'printf "Your name: "; read name; echo "hello $name"'`),
      { text: 'It says hello [e1].' },
      json({ answer: 'It says hello [e1].', shortAnswer: '' }),
    ]);
    await panel.getByText(/A command seems to wait for you/).waitFor();
    await editor.screenshot('asks');
    vscode.window.terminals.at(-1)?.sendText('Ann');
    await panel.getByRole('button', { name: 'Accept', exact: true }).waitFor();
    assert.match(server.requests[2]?.body.messages.at(-1)?.content ?? '', /hello Ann/);
  });
});
