import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { RunEvent } from '../../src/core/agent/events';
import { runState, type RunState } from '../../src/core/agent/runState';
import { startModelServer, type ModelServer, type ScriptEntry } from '../fakes/modelServer';
import { openEditor, poll, type Editor } from '../integration/driver';
import { ChatView } from './chatView';

const QUESTION = 'Why did the North Buoy break loose, and who found it?';

/** The real chat view, with the models of one test extension and, as the chat's default, the participant of another. */
describe('@memento in chat', function () {
  this.timeout(120_000);
  let editor: Editor;
  let chat: ChatView;
  let server: ModelServer | undefined;
  const set = (name: string, value: unknown) =>
    vscode.workspace.getConfiguration('memento').update(name, value, vscode.ConfigurationTarget.Global);

  before(async () => {
    editor = await openEditor();
    // The chat beside the panel, both readable.
    await editor.page.setViewportSize({ width: 1600, height: 1100 });
    chat = new ChatView(editor);
    await chat.open('Tide One');
    await extractive();
  });
  afterEach(async () => {
    await server?.close();
    server = undefined;
    for (const name of ['planner.baseUrl', 'planner.model']) await set(name, undefined);
    await extractive();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await chat.newConversation();
  });
  after(async () => {
    for (const name of ['mcp.offerServer', 'planner.provider']) await set(name, undefined);
  });

  /** Chosen by the user, who would else be answered by the chat's model. */
  const extractive = () => set('planner.provider', 'extractive');

  async function serve(replies: readonly ScriptEntry[]): Promise<ModelServer> {
    server = await startModelServer({ replies });
    await set('planner.provider', 'openai');
    await set('planner.baseUrl', server.url);
    await set('planner.model', 'test-model');
    return server;
  }

  it('answers with links to the lines, and thumbs judge that run', async () => {
    await chat.send(`@memento ${QUESTION}`);
    const response = await chat.says(/quote found/);
    assert.match(await response.innerText(), /Leif Sandoe[^]*incident-2023-07\.md/);
    await chat.followUp('Show the evidence').waitFor();
    await editor.screenshot('chat-answer');
    const { runId } = newestRun();
    assert.match(await search(QUESTION), judged(runId, 'not judged'));
    await chat.thumb('up');
    await poll('the acceptance', async () => judged(runId, 'accepted').test(await search(QUESTION)));
    await chat.button('Reject…').click();
    await editor.typeInQuickInput('No cause is told.');
    await poll('the rejection', async () => judged(runId, 'rejected').test(await search(QUESTION)));
    await chat.button('Accept').click();
    await poll('the acceptance', async () => judged(runId, 'accepted').test(await search(QUESTION)));
    await chat.link('incident-2023-07.md').first().click();
    await poll('the cited line', async () => vscode.window.activeTextEditor?.selection.start.line === 2);

    await chat.followUp('Show the evidence').click();
    await chat.says(/found it next morning/);
    await editor.screenshot('chat-evidence');
  });

  it('is answered by the model that is picked in chat, where nothing is set up', async () => {
    await set('planner.provider', undefined);
    await vscode.commands.executeCommand('testModels.script', [
      {
        when: 'boathouse',
        parts: ['{"answer":"It was painted in 1954.","shortAnswer":"1954"}'],
        always: true,
      },
    ]);
    await chat.send('@memento When was the boathouse painted?');
    await chat.says(/It was painted in 1954/);
    const requests = await vscode.commands.executeCommand<{ model: string }[]>('testModels.requests');
    assert.deepEqual([...new Set(requests.map(({ model }) => model))], ['tide-1']);
  });

  it('takes the next question of a conversation for a follow-up, of a new one not', async () => {
    await chat.send(`@memento ${QUESTION}`);
    await chat.says(/quote found/);
    const first = newestRun();
    await chat.send('@memento How deep was the mooring?');
    await poll('the follow-up', async () => newestRun().runId !== first.runId && isEnded(newestRun()));
    assert.equal(newestRun().parentRunId, first.runId);
    await chat.newConversation();
    await chat.send('@memento How many boats does the station have?');
    await poll('another run', async () => newestRun().question.startsWith('How many boats'));
    assert.equal(newestRun().parentRunId, null);
    await chat.says(/Open Panel/);
  });

  it('knows its cases, runs and report', async () => {
    await chat.send('@memento /cases buoy');
    await chat.says(QUESTION);
    await chat.link(QUESTION).first().click();
    await editor.panel(QUESTION);
    await chat.send('@memento /cases zeppelin');
    await chat.says('No case has “zeppelin”');
    await chat.send('@memento /runs');
    await chat.says(QUESTION);
    await chat.send('@memento /report');
    await chat.says(/Does memory help\?/);
    await editor.screenshot('chat-commands');
  });

  it('waits for an approval in the panel, and goes on', async () => {
    await serve([
      { text: JSON.stringify({ plan: [{ id: 1, description: 'Count the lines' }] }) },
      { toolCalls: [{ name: 'run_command', arguments: { command: 'echo forty-two; (exit 7)' } }] },
      { text: 'There are forty-two lines [e1].' },
      { text: JSON.stringify({ answer: 'There are “forty-two” lines [e1].', shortAnswer: '42' }) },
    ]);
    await chat.send('@memento How many lines have the notes?');
    await chat.says(/asks for your approval/);
    await editor.screenshot('chat-approval');
    await poll('the panel', async () => {
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      if (tabs.some(({ label }) => label.startsWith('How many lines'))) return true;
      // VS Code draws a response anew while it grows: a click may be lost.
      await chat.button('Open Panel').first().click({ timeout: 2_000 });
      return false;
    });
    await editor.clickInPanel('Approve', 'How many lines');
    await chat.says(/There are “forty-two” lines/);
  });

  it('stops the run with the request', async () => {
    const by = await serve([{ text: 'x', cut: { at: 'start', how: 'hang' } }]);
    await chat.send('@memento Is anybody there?');
    await by.received(1);
    await chat.stop();
    await poll('the end', async () => newestRun().outcome === 'cancelled');
  });

  it('tells why it failed, and what to do', async () => {
    await serve([{ status: 401 }]);
    await chat.send('@memento Who are you?');
    await chat.says(/API key \(401\)/);
    await chat.followUp('Try again').waitFor();
    await chat.thumb('down');
    assert.equal(newestRun().outcome, 'failed');
    assert.equal(newestRun().feedback, null);
    await editor.screenshot('chat-failed');
  });

  describe('tools for other agents', () => {
    it('research after a confirmation; a suggestion weighs nothing until a person confirms it', async () => {
      await chat.send(call('memento_start_research', { question: QUESTION }));
      await chat.says(/Research with Memento\?/);
      await editor.screenshot('chat-confirmation');
      await chat.allow();
      await chat.says(/Returned: [^]*Leif Sandoe[^]*\(quoted\)[^]*answered, run/);
      const { runId } = newestRun();

      const memory = await memoryOf(runId);
      await chat.send(
        call('memento_suggest_feedback', { runId, verdict: 'reject', reason: 'It is too old.' }),
      );
      await chat.says(/Suggest to reject an answer\?/);
      await chat.allow();
      await chat.says(/It counts only if they judge so themselves/);
      assert.deepEqual(await memoryOf(runId), memory);

      const toast = await editor.toast(/suggests to reject the answer/);
      await toast.getByRole('button', { name: 'Show' }).click();
      const panel = await editor.panel(/It is too old/);
      await panel.locator('.suggestion').scrollIntoViewIfNeeded();
      await editor.screenshot('chat-suggestion');
      await panel.getByRole('button', { name: 'Confirm, and reject' }).click();
      await poll('the judgement', async () => judged(runId, 'rejected').test(await search(QUESTION)));
      assert.equal(newestRun().feedback?.reason, 'It is too old.');
    });

    it('say what is wrong in what they are given', async () => {
      await chat.send(call('memento_search_cases', { query: ' ', limit: 500 }));
      await chat.says(/Failed: /);
    });

    it('are none of a run, which would call itself for ever', async () => {
      await vscode.workspace
        .getConfiguration('memento')
        .update('tools.fromEditor', ['memento_start_research'], vscode.ConfigurationTarget.Global);
      const { languageModelTools } = await import('../../src/vscode/languageModelTools');
      const { tools } = await languageModelTools.list(new AbortController().signal);
      await set('tools.fromEditor', undefined);
      assert.deepEqual(tools, []);
    });
  });

  it('offers its MCP server once the user has turned that on', async () => {
    const served = () => vscode.lm.tools.filter(({ name }) => /^mcp_memento/.test(name));
    assert.deepEqual(served(), []);
    await set('mcp.offerServer', true);
    await vscode.extensions.getExtension('memento-research.memento')?.activate();
    await editor.runCommand('MCP: List Servers');
    await editor.pickQuickInput(/Memento/);
    // An older VS Code starts at once what it lists for the first time.
    const start = editor.quickInputRows().filter({ hasText: 'Start Server' });
    await poll(
      'its tools',
      async () => {
        // The list is drawn anew when the server has started: then there is nothing to click.
        if (await start.isVisible()) await start.click({ timeout: 2_000 }).catch(() => undefined);
        return served().length === 3;
      },
      45_000,
    );
    await set('mcp.offerServer', false);
    // VS Code 1.105 keeps a server that runs until it is stopped.
    if (!vscode.version.startsWith('1.105.')) await poll('them to go', async () => served().length === 0);
  });
});

const call = (name: string, input: object) => `call ${name} ${JSON.stringify(input)}`;

async function search(query: string): Promise<string> {
  const options = { input: { query }, toolInvocationToken: undefined };
  const { content } = await vscode.lm.invokeTool('memento_search_cases', options);
  return content.map((part) => (part instanceof vscode.LanguageModelTextPart ? part.value : '')).join('');
}

const judged = (runId: string, verdict: string) => new RegExp(`runId="${runId}" judged="${verdict}"`);

const projects = () => path.join(process.env.XDG_DATA_HOME ?? '', 'memento/projects');

function logs(): readonly string[] {
  return readdirSync(projects())
    .map((project) => path.join(projects(), project, 'runs'))
    .flatMap((runs) => readdirSync(runs).map((name) => path.join(runs, name)))
    .filter((name) => name.endsWith('.jsonl'))
    .sort((a, b) => (path.basename(a) < path.basename(b) ? -1 : 1));
}

function newestRun(): RunState {
  const lines = readFileSync(logs().at(-1) ?? '', 'utf8').split('\n');
  return runState(lines.filter((line) => line !== '').map((line) => JSON.parse(line) as RunEvent));
}

const isEnded = ({ status }: RunState) => status === 'finished';

/** All that is learned from: the bytes of the journal, and the case as it is found. */
async function memoryOf(runId: string): Promise<readonly string[]> {
  const journals = readdirSync(projects())
    .flatMap((project) => readdirSync(path.join(projects(), project)).map((name) => path.join(project, name)))
    .filter((name) => /segment-.*\.log$|image-.*\.db$/.test(name))
    .sort();
  assert.ok(journals.length > 0, 'no journal');
  const bytes = journals.map((name) => readFileSync(path.join(projects(), name)).toString('base64'));
  const found = (await search(QUESTION)).split('<case ').find((each) => each.includes(runId));
  return [...bytes, found ?? ''];
}
