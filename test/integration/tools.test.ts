import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { startModelServer, type ModelServer, type ScriptEntry } from '../fakes/modelServer';
import { languageModelTools } from '../../src/vscode/languageModelTools';
import { openEditor, poll, type Editor } from './driver';

const QUESTION = 'How high is the tide at Dover?';
/** The bundle of the tests lies in dist/test. */
const FAKE = path.resolve(import.meta.dirname, '../../test/fakes/mcpServer.mjs');

/** The tools of another extension (test/editor/toolExtension.mjs) and of an MCP server, in runs of the editor. */
describe('tools of others', function () {
  this.timeout(120_000);
  let editor: Editor;
  let server: ModelServer | undefined;
  const set = (key: string, value: unknown) =>
    vscode.workspace.getConfiguration('memento').update(key, value, vscode.ConfigurationTarget.Global);
  const chosen = () =>
    vscode.workspace.getConfiguration('memento').get<readonly string[]>('tools.fromEditor');
  const tools = () => languageModelTools.list(new AbortController().signal);

  before(async () => {
    editor = await openEditor();
    await poll('the tools of the extension', async () =>
      vscode.lm.tools.some(({ name }) => name === 'tide_level'),
    );
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
  });
  after(async () => {
    for (const key of [
      'planner.provider',
      'planner.baseUrl',
      'planner.model',
      'tools.fromEditor',
      'mcp.servers',
      'memory.policy',
    ]) {
      await set(key, undefined);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  async function research(call: ScriptEntry): Promise<ModelServer> {
    const replies = [
      { text: JSON.stringify({ plan: [{ id: 1, description: 'Ask for the tide' }] }) },
      call,
      { text: 'It is 4.2 m [e1].' },
      { text: JSON.stringify({ answer: 'It is “4.2 m” [e1].', shortAnswer: '4.2 m' }) },
    ];
    server = await startModelServer({ replies });
    await set('planner.provider', 'openai');
    await set('planner.baseUrl', server.url);
    await set('planner.model', 'test-model');
    await vscode.commands.executeCommand('memento.research', QUESTION);
    return server;
  }
  const observed = (by: ModelServer) => by.requests[2]?.body.messages.at(-1)?.content ?? '';
  const offered = (by: ModelServer) => by.requests[1]?.body.tools?.map((tool) => tool.function.name) ?? [];

  it('are not there before the user has chosen them', async () => {
    assert.deepEqual(await tools(), { tools: [], notices: [] });
  });

  it('are chosen by name in a list', async () => {
    await editor.runCommand('Memento: Choose Tools…');
    // VS Code has tools of its own, too: the list is longer than what is seen of it.
    await editor.quickInputWith('Choose Tools');
    await editor.quickInput().fill('tide_level');
    await editor.quickInputRows().filter({ hasText: 'tide_level' }).first().click();
    await editor.page.keyboard.press('Enter');
    await poll('the setting', async () => chosen()?.includes('tide_level'));
    assert.deepEqual(chosen(), ['tide_level']);
    assert.deepEqual(
      (await tools()).tools.map(({ name, readOnly }) => [name, readOnly]),
      [['mcp__editor__tide_level', false]],
    );
  });

  it('are called by a run once the user allows it', async () => {
    const call = { name: 'mcp__editor__tide_level', arguments: { harbour: 'Dover' } };
    const by = await research({ toolCalls: [call] });
    await editor.clickInPanel('Approve', QUESTION);
    await by.received(3);
    assert.ok(offered(by).includes('mcp__editor__tide_level'));
    assert.ok(!offered(by).includes('mcp__editor__tide_never'));
    assert.match(observed(by), /The tide at Dover is 4\.2 m\.[^]*It rises\./);
  });

  it('end with the run that called them', async () => {
    await set('tools.fromEditor', ['tide_never', 'gone']);
    const { tools: found, notices } = await tools();
    assert.deepEqual(notices, ['VS Code does not offer the tool “gone” at present.']);
    const cancel = new AbortController();
    const calling = found[0]?.call({}, { signal: cancel.signal, onProgress: () => undefined });
    setTimeout(() => cancel.abort(new DOMException('enough', 'AbortError')), 100);
    await assert.rejects(async () => calling, { name: 'AbortError' });
  });

  it('of an MCP server in the user settings are called', async () => {
    await set('mcp.servers', { harbour: { command: process.execPath, args: [FAKE] } });
    // With none to read, a call that only reads is not asked about.
    await set('memory.policy', 'none');
    const by = await research({ toolCalls: [{ name: 'mcp__harbour__long', arguments: {} }] });
    await by.received(3);
    assert.match(observed(by), /^<output tool="mcp__harbour__long">\n\[e1\] long \(harbour\)\nbegin middle/);
  });
});
