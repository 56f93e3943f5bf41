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
import { poll } from '../integration/driver';
import { openWindow, skipWhereNoWindow, type TestWindow } from './window';

const PLAN = {
  plan: [
    { id: 1, description: 'Count the basins', dependsOn: [] },
    { id: 2, description: 'Measure them', dependsOn: [1] },
  ],
};
const QUESTION = 'How deep are the basins?';
const COMMAND = 'sleep 4; echo 41 m';
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
  const row = () => opened().editor.treeRows('Runs').filter({ hasText: QUESTION });

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
    await open();
    await ask();
    await approve();
    await answered();
    whole = await settledRun();
    await close();
  });
  after(() => model?.close());
  beforeEach(open);
  afterEach(async function () {
    isSlow = false;
    if (this.currentTest?.state === 'failed') {
      await window?.editor.screenshot(`failed-${this.currentTest.title}`);
    }
    await close();
  });

  async function open(): Promise<void> {
    window = await openWindow({
      settings: {
        'memento.planner.baseUrl': model?.url,
        'memento.planner.model': 'test-model',
        // The coins of a policy are cast anew in each run.
        'memento.memory.policy': 'none',
      },
    });
  }

  async function close(): Promise<void> {
    await window?.close();
    window = undefined;
  }

  async function ask(): Promise<void> {
    await opened().editor.runCommand('Memento: Research');
    await opened().editor.typeInQuickInput(QUESTION, 'What do you want to know?');
    await opened().editor.panel(QUESTION);
  }

  const approve = () => opened().editor.clickInPanel(/^Approve$/, QUESTION);

  const answered = () =>
    row()
      .getByText(/^answered/)
      .waitFor();

  /** In the middle of the terminal step: the shell is at work. */
  async function askAndRun(): Promise<void> {
    await ask();
    await approve();
    await (await opened().editor.panel(QUESTION)).getByText('running').first().waitFor();
  }

  /** From the Runs view, wherever its panel is. */
  async function resume(): Promise<void> {
    await opened().editor.openView('Memento');
    await row()
      .getByText(/^interrupted/)
      .waitFor();
    await row().hover();
    await row()
      .getByRole('button', { name: /^Resume Interrupted Run/ })
      .click();
  }

  async function resumeCommand(): Promise<void> {
    await resume();
    const asked = (await panelWith(/may have been done already/)).getByRole('button', { name: 'Approve' });
    await asked.first().click();
    await answered();
  }

  /** What an extension host that crashed left behind shows the question too. */
  const panelWith = (text: RegExp) =>
    poll(
      `a panel with ${text}`,
      () =>
        opened()
          .editor.panel(text)
          .catch(() => undefined),
      60_000,
    );

  async function settledRun(): Promise<unknown> {
    const { runId, events } = await logOf(opened().dataDirectory, QUESTION);
    // What was cut off is asked again, which is paid for again.
    const text = JSON.stringify({ ...settled(events), usage: null })
      .replaceAll(runId, 'RUN')
      .replace(/output-c\d+/g, 'output')
      // Each window is in a sandbox of its own.
      .replaceAll(new RegExp(`${opened().dataDirectory}/projects/[^/]+`, 'g'), 'PROJECT');
    return JSON.parse(text);
  }

  const isAsIfWhole = async () => assert.deepEqual(await settledRun(), whole);

  it('because its window was closed in the middle of a command', async () => {
    await askAndRun();
    await opened().reopen();
    await resumeCommand();
    await isAsIfWhole();
  });

  it('because the extension host was killed in the middle of a command', async () => {
    await askAndRun();
    await opened().killExtensionHost();
    await resumeCommand();
    await isAsIfWhole();
    // The panel that the host left behind is dead: another one is in its place.
    assert.equal(await opened().editor.page.getByRole('tab', { name: QUESTION }).count(), 1);
  });

  it('because the extension host was killed while the model was writing', async () => {
    isSlow = true;
    const asked = model?.requests.length ?? 0;
    await askAndRun();
    // A plan, two tasks, what the command told, and the answer.
    await model?.received(asked + 5);
    await opened().killExtensionHost();
    isSlow = false;
    await resume();
    await answered();
    await isAsIfWhole();
  });

  it('because the whole server was killed in the middle of a command', async () => {
    await askAndRun();
    await opened().killServer();
    await resumeCommand();
    await isAsIfWhole();
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
