import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { selectEditorModel } from '../../src/vscode/models/editorModel';
import type { ChatRequest } from '../../src/core/ports';
import { probeImages } from '../../src/models/probe';
import { testModels } from '../../src/models/testModels';
import { editorOptions } from '../../src/vscode/models/configuredModels';

const ASK: ChatRequest = { messages: [{ role: 'user', content: 'How deep is it?' }] };

/** The adapter over `vscode.lm`, against the models of the extension in test/editor/modelExtension.mjs. */
describe('the language models of VS Code', () => {
  const { signal } = new AbortController();
  const script = (replies: readonly object[]) => vscode.commands.executeCommand('testModels.script', replies);
  const requests = () =>
    vscode.commands.executeCommand<readonly Record<string, unknown>[]>('testModels.requests');
  const model = async (name: string) => {
    const found = await selectEditorModel(name);
    if (!found.ok) assert.fail(found.fault.message);
    return found.value;
  };
  const faultOf = async (replies: readonly object[], name = 'tide/tide-1') => {
    await script(replies);
    const result = await (await model(name)).complete(ASK, { signal });
    if (result.ok) assert.fail(JSON.stringify(result.value));
    return result.fault;
  };
  after(() => script([]));

  it('stream text, and count tokens', async () => {
    await script([{ parts: ['It is ', { delayMs: 50 }, '42 m.'] }]);
    const tide = await model('tide/tide-1');
    const shown: string[] = [];
    const result = await tide.complete(ASK, { signal, onText: (delta) => shown.push(delta) });
    assert.ok(result.ok);
    assert.equal(result.value.text, 'It is 42 m.');
    assert.equal(shown.join(''), 'It is 42 m.');
    assert.equal(await tide.tokens?.count('12345678'), 2);
    assert.equal(tide.contextTokens, 32_000);
  });

  it('get system text, calls and their results in VS Code’s own terms', async () => {
    await script([{ parts: [{ tool: 'calculate', input: { expression: '6*7' }, callId: 'c2' }] }]);
    const call = { id: 'c1', name: 'read_file', arguments: '{"path":"a.md"}' };
    const result = await (
      await model('tide/tide-1')
    ).complete(
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Look.' },
          { role: 'assistant', content: '', toolCalls: [call, { ...call, id: 'c3', arguments: '{broken' }] },
          { role: 'tool', callId: 'c1', content: 'forty-two' },
          { role: 'tool', callId: 'c3', content: 'no file' },
        ],
        tools: [
          { name: 'calculate', description: 'Calculates.', parameters: { type: 'object', properties: {} } },
        ],
      },
      { signal },
    );
    if (!result.ok) assert.fail(result.fault.message);
    assert.deepEqual(result.value.toolCalls, [
      { id: 'c2', name: 'calculate', arguments: '{"expression":"6*7"}' },
    ]);
    const [sent] = await requests();
    assert.deepEqual(sent?.['tools'], ['calculate']);
    assert.deepEqual(sent['messages'], [
      { role: 'user', text: 'Be brief.', toolCalls: [], toolResults: [], images: [] },
      {
        role: 'user',
        text: 'Look.',
        toolCalls: [],
        toolResults: [],
        images: [],
      },
      {
        role: 'assistant',
        text: '',
        toolCalls: [
          { callId: 'c1', name: 'read_file', input: { path: 'a.md' } },
          { callId: 'c3', name: 'read_file', input: { malformed: '{broken' } },
        ],
        toolResults: [],
        images: [],
      },
      {
        role: 'user',
        text: '',
        toolCalls: [],
        toolResults: [
          { callId: 'c1', text: 'forty-two' },
          { callId: 'c3', text: 'no file' },
        ],
        images: [],
      },
    ]);
  });

  it('are shown images', async () => {
    await script([{ when: 'Which colour', parts: ['Red'] }]);
    assert.equal((await probeImages(await model('tide/tide-1'), signal)).verdict, 'works');
    const [sent] = await requests();
    assert.match(JSON.stringify(sent), /"images":\[\{"mimeType":"image\/\w+"/);
  });

  it('say in one sentence what went wrong', async () => {
    assert.equal(
      (await faultOf([{ error: { code: 'Blocked', message: 'The quota is used up.' } }])).code,
      'rate-limited',
    );
    assert.equal((await faultOf([{ error: { code: 'NotFound', message: 'gone' } }])).code, 'model-not-found');
    assert.equal(
      (await faultOf([{ parts: ['It', { error: { message: 'It broke.' } }] }])).code,
      'server-error',
    );
    assert.equal((await faultOf([{ error: { message: 'prompt is too long' } }])).code, 'context-too-long');
    assert.equal((await faultOf([{ parts: [] }])).code, 'bad-reply');
    const gone = await selectEditorModel('tide/none');
    assert.equal(gone.ok ? '' : gone.fault.code, 'model-not-found');
  });

  it('are not used where the user does not allow it', async () => {
    // Dialogs are refused in tests, and with it the use of the model.
    const { code, message } = await faultOf([{ parts: ['secret'] }], 'tide/tide-asks');
    assert.equal(code, 'forbidden');
    assert.match(message, /was not allowed to use tide\/tide-asks.*Choose Model/);
    assert.deepEqual(await requests(), []);
  });

  it('stop when the run does, in the provider too', async () => {
    await script([{ parts: ['It', { never: true }] }]);
    const abort = new AbortController();
    const tide = await model('tide/tide-1');
    await assert.rejects(tide.complete(ASK, { signal: abort.signal, onText: () => abort.abort() }), {
      name: 'AbortError',
    });
    for (let tries = 0; tries < 100 && !(await requests())[0]?.['cancelled']; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    assert.equal((await requests())[0]?.['cancelled'], true);
  });

  it('are tested like others; without function calling the JSON protocol is tried', async () => {
    await script([
      { when: 'Count from', parts: ['1 2', ' 3'], always: true },
      { when: '4217', parts: ['{"final":"It is 4217 mm."}'], always: true },
      { when: 'water_level', parts: ['{"tool":"water_level","arguments":{"harbour":"E"}}'], always: true },
      { when: 'boats', parts: ['{"harbourName":"E","boatCount":7}'], always: true },
    ]);
    const role = { provider: 'vscode', model: 'tide/tide-plain', source: 'settings' } as const;
    const [tested] = await testModels(
      { planner: role, executor: role },
      { ...editorOptions(signal), prices: {} },
    );
    assert.deepEqual(
      tested?.checks.map(({ name, verdict }) => `${name} ${verdict}`),
      [
        'reachable works',
        'streaming works',
        'tools instead',
        'json instead',
        'context works',
        'price instead',
      ],
    );
  });
});
