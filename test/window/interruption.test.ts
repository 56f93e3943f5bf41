import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent } from '../../src/core/agent/events';
import { createRunStore } from '../../src/node/runStore';
import {
  startModelServer,
  type ModelRequest,
  type ModelServer,
  type ScriptedReply,
} from '../fakes/modelServer';
import { settled } from '../fakes/settledState';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

const PLAN = {
  plan: [
    { id: 1, description: 'Count the basins', dependsOn: [] },
    { id: 2, description: 'Measure them', dependsOn: [1] },
  ],
};
const COMMAND = 'sleep 3; echo 41 m';
const ANSWER = { answer: 'They are “41 m” deep [e1].', shortAnswer: '41 m' };
const ANSWERED = /They are/;

/** What a model would say to this request, whatever was said before: a run that is resumed asks some of it again. */
function replyTo({ body: { messages } }: ModelRequest): ScriptedReply {
  const last = messages.at(-1);
  const asked = messages.map(({ content }) => content ?? '').join('\n');
  if (last?.role === 'tool') return { text: 'They measure 41 m [e1].' };
  if (asked.includes('Your task: Count the basins')) return { text: 'There are two basins.' };
  if (asked.includes('Your task: Measure them')) {
    return { toolCalls: [{ name: 'run_command', arguments: { command: COMMAND } }] };
  }
  return { text: JSON.stringify(asked.includes('They measure 41 m') ? ANSWER : PLAN) };
}

/** What ends a window, an extension host or a server, from outside; and the run is there when they are back. */
describe('a run that is cut off', function () {
  this.timeout(180_000);
  let model: ModelServer | undefined;
  let window: TestWindow | undefined;
  /** The answer is written so slowly that it is cut off in the middle. */
  let isSlow = false;
  /** The state of the run that nobody interrupted. */
  let whole: unknown;

  const opened = (): TestWindow => {
    assert.ok(window);
    return window;
  };
  const row = (question: string) => opened().editor.treeRows('Runs').filter({ hasText: question });

  before(async function () {
    skipWhereNoWindow(this);
    model = await startModelServer({
      replies: (request) => {
        const reply = replyTo(request);
        return isSlow && 'text' in reply && ANSWERED.test(reply.text ?? '')
          ? { ...reply, wire: { delayMs: 30_000 } }
          : reply;
      },
    });
    window = await openWindow({
      settings: {
        'memento.planner.baseUrl': model.url,
        'memento.planner.model': 'test-model',
        // So that no run is planned with the cases of those before it.
        'memento.memory.policy': 'none',
      },
    });
    await ask('How deep are the basins?');
    await approve('How deep are the basins?');
    await answered('How deep are the basins?');
    whole = await settledRun('How deep are the basins?', 'How deep are the basins?');
  });
  after(async () => {
    await window?.close();
    await model?.close();
  });
  afterEach(async function () {
    isSlow = false;
    if (this.currentTest?.state === 'failed') {
      await window?.editor.screenshot(`failed-${this.currentTest.title}`);
    }
  });

  async function ask(question: string): Promise<void> {
    await opened().editor.runCommand('Memento: Research');
    await opened().editor.typeInQuickInput(question, 'What do you want to know?');
    await opened().editor.panel(question);
  }

  async function approve(question: string): Promise<void> {
    await opened().editor.clickInPanel(/^Approve$/, question);
  }

  const answered = (question: string) =>
    row(question)
      .getByText(/^answered/)
      .waitFor();

  /** In the middle of the terminal step: the shell is at work. */
  async function askAndRun(question: string): Promise<void> {
    await ask(question);
    await approve(question);
    await (await opened().editor.panel(question)).getByText('running').first().waitFor();
  }

  /** From the Runs view, wherever its panel is. */
  async function resume(question: string): Promise<void> {
    const { editor } = opened();
    await editor.openView('Memento');
    await row(question)
      .getByText(/^interrupted/)
      .waitFor({ timeout: 60_000 });
    await row(question).hover();
    await row(question)
      .getByRole('button', { name: /^Resume Interrupted Run/ })
      .click();
    await row(question)
      .getByText(/^running/)
      .waitFor();
  }

  async function resumeCommand(question: string): Promise<void> {
    await resume(question);
    await (await opened().editor.panel(question)).getByText(/may have been done already/).waitFor();
    await approve(question);
    await answered(question);
  }

  async function settledRun(question: string, asIf: string): Promise<unknown> {
    const { runId, events } = await logOf(opened().dataDirectory, question);
    // What was cut off is asked again, which is paid for again.
    const state = { ...settled(events), usage: null };
    const text = JSON.stringify(state).replaceAll(runId, 'RUN').replaceAll(question, asIf);
    return JSON.parse(text.replace(/output-c\d+/g, 'output'));
  }

  async function isAsIfWhole(question: string): Promise<void> {
    assert.deepEqual(await settledRun(question, 'How deep are the basins?'), whole);
  }

  it('because its window was closed in the middle of a command', async () => {
    const question = 'How deep are the northern basins?';
    await askAndRun(question);
    await opened().reopen();
    await resumeCommand(question);
    await isAsIfWhole(question);
  });

  it('because the extension host was killed in the middle of a command', async () => {
    const question = 'How deep are the southern basins?';
    await askAndRun(question);
    await opened().killExtensionHost();
    await resumeCommand(question);
    await isAsIfWhole(question);
    // The panel that the host left behind is dead: another one is in its place.
    assert.equal(await opened().editor.page.getByRole('tab', { name: question }).count(), 1);
  });

  it('because the extension host was killed while the model was writing', async () => {
    const question = 'How deep are the western basins?';
    isSlow = true;
    await askAndRun(question);
    const asked = model?.requests.length ?? 0;
    await model?.received(asked + 2);
    await opened().killExtensionHost();
    isSlow = false;
    await resume(question);
    await answered(question);
    await isAsIfWhole(question);
  });

  it('because the whole server was killed in the middle of a command', async () => {
    const question = 'How deep are the eastern basins?';
    await askAndRun(question);
    await opened().killServer();
    await resumeCommand(question);
    await isAsIfWhole(question);
  });
});

/** Read from disk, as the next window does. */
async function logOf(
  dataDirectory: string,
  question: string,
): Promise<{ readonly runId: string; readonly events: readonly RunEvent[] }> {
  const projects = path.join(dataDirectory, 'projects');
  for (const project of await readdir(projects)) {
    const runs = createRunStore(path.join(projects, project));
    const found = (await runs.list(100)).find((run) => run.question === question);
    const events = found && (await runs.read(found.runId));
    if (events) return { runId: found.runId, events };
  }
  throw new Error(`There is no run “${question}”.`);
}
