import assert from 'node:assert/strict';
import type { Assistant } from '../../../src/core/assistant';
import { createAssistant } from '../../../src/core/assistant';
import { EndedRunLog } from '../../../src/core/agent/endedRunLog';
import { type LearnerParts, LessonLearner } from '../../../src/core/agent/lessonLearner';
import type { RunEvent } from '../../../src/core/agent/events';
import { runState } from '../../../src/core/agent/runState';
import type { Reward } from '../../../src/core/memory/case';
import { setStage, type Stage } from '../../golden/harness';
import type { ScriptEntry } from '../../fakes/modelServer';

const QUESTION = 'How deep is the north basin?';
const usage = { inputTokens: 100, outputTokens: 20 };
const json = (value: unknown): ScriptEntry => ({ text: JSON.stringify(value), usage });
const lessons = (...texts: string[]): ScriptEntry => json({ lessons: texts });
const ANSWER = json({ answer: 'It is 41 metres deep.', shortAnswer: '41 metres' });
const SILENT: ScriptEntry = { text: '', cut: { at: 'start', how: 'hang' } };

describe('lessons of a judgement', () => {
  let stage: Stage;
  let runId: string;
  let caseId: string;
  afterEach(() => stage.close());

  /** A run that was answered, over a server with these replies left. */
  async function answered(...replies: ScriptEntry[]): Promise<void> {
    stage = await setStage({}, [ANSWER, ...replies]);
    const events = await stage.ask(QUESTION);
    runId = events[0]?.runId ?? '';
    caseId = runState(events).caseId ?? '';
  }
  const judge = (reward: Reward, reason: string | null = null, assistant: Assistant = stage.assistant) =>
    assistant.judge(runId, reward, reason, { lessons: {} });
  async function judged(reward: Reward, reason: string | null = null): Promise<void> {
    assert.ok((await judge(reward, reason)).ok);
    await stage.assistant.lessonsWritten();
  }
  const texts = async () => (await stage.ports.bank.get(caseId))?.lessons.map(({ text }) => text);
  const state = async () => runState((await stage.ports.runs.read(runId)) ?? []);
  const edit = (...kept: string[]) =>
    stage.ports.bank.edit(caseId, { lessons: kept.map((text, n) => ({ id: `own-${n}`, text })) });

  it('are stored with the case, told as an event and paid for in the run', async () => {
    await answered(lessons('Read the table.', 'Compare the years.'));
    await judged(1, 'right');
    assert.deepEqual(await texts(), ['Read the table.', 'Compare the years.']);
    const { learned, usage: paid } = await state();
    assert.deepEqual(learned, { lessons: ['Read the table.', 'Compare the years.'], error: null });
    assert.deepEqual([paid.modelCalls, paid.inputTokens, paid.cost], [2, 200, null]);
    assert.deepEqual(stage.later, (await stage.ports.runs.read(runId))?.slice(-2));
  });

  it('are priced by the price table', async () => {
    await answered(lessons('Read the table.'));
    const prices = { 'test-model': { input: 1000, output: 5000 } };
    await stage.assistant.judge(runId, 1, null, { lessons: { prices } });
    await stage.assistant.lessonsWritten();
    const event = stage.later.at(-1);
    assert.deepEqual(event?.type === 'lessons.learned' && event.usage, {
      inputTokens: 100,
      outputTokens: 20,
      cost: 0.2,
      modelCalls: 1,
    });
  });

  it('are of rejected runs too, with the reason', async () => {
    await answered(lessons('Check the unit.'));
    await judged(0, 'feet, not metres');
    assert.deepEqual(await texts(), ['Check the unit.']);
    assert.match(stage.server?.requests[1]?.last ?? '', /rejected it, with this reason: feet, not metres/);
  });

  it('switched off, nothing is sent', async () => {
    await answered();
    assert.ok((await stage.assistant.judge(runId, 1, null)).ok);
    await stage.assistant.lessonsWritten();
    assert.equal(stage.server?.requests.length, 1);
    assert.deepEqual(
      stage.later.map(({ type }) => type),
      ['feedback.given'],
    );
  });

  it('without a model, nothing is written, and the run says so', async () => {
    stage = await setStage({ 'depth.csv': 'basin,depth\nnorth,41\n' });
    runId = (await stage.ask(QUESTION))[0]?.runId ?? '';
    await judged(1);
    assert.equal((await state()).learned?.error?.code, 'no-model');
  });

  it('a model that fails costs the lessons, not the judgement', async () => {
    await answered({ status: 401 });
    await judged(1);
    const { learned, feedback } = await state();
    assert.equal(learned?.error?.code, 'unauthorized');
    assert.equal(feedback?.reward, 1);
    assert.deepEqual(await texts(), []);
  });

  it('a judgement does not wait for a model that is silent, and the lessons can be given up', async () => {
    await answered(SILENT);
    assert.ok((await judge(1)).ok);
    await stage.server?.received(2);
    stage.assistant.dispose();
    await stage.assistant.lessonsWritten();
    assert.deepEqual(
      stage.later.map(({ type }) => type),
      ['feedback.given'],
    );
    assert.deepEqual(await texts(), []);
  });

  it('are given up where the model takes too long, and the run says so', async () => {
    await answered(SILENT);
    const record = await stage.ports.bank.judge(caseId, { reward: 1, reason: null, at: 1 });
    assert.ok(record);
    const planner: LearnerParts['planner'] = async (signal) => {
      const models = await stage.ports.models(signal);
      return models.ok ? { ok: true, value: models.value.planner } : models;
    };
    const parts = { ...stage.ports, log: new EndedRunLog(stage.ports), planner };
    const learner = new LessonLearner(parts, 1);
    learner.learn({ record, before: [], options: {} });
    await learner.settled();
    assert.equal((await state()).learned?.error?.code, 'stalled');
  });

  it('are replaced by those of another judgement, which ends what is under way', async () => {
    await answered(lessons('Read the table.'), SILENT, lessons('Check the unit.'));
    await judged(1);
    await judge(0, 'no');
    await stage.server?.received(3);
    await judged(0, 'feet, not metres');
    assert.deepEqual(await texts(), ['Check the unit.']);
    assert.deepEqual((await state()).learned?.lessons, ['Check the unit.']);
  });

  it('stay as they are where the judgement is the same again', async () => {
    await answered(lessons('Read the table.'));
    await judged(1, 'right');
    await judged(1, 'right');
    assert.equal(stage.server?.requests.length, 2);
    assert.deepEqual(await texts(), ['Read the table.']);
    assert.deepEqual((await state()).learned?.lessons, ['Read the table.']);
  });

  it('of a person stay, and what a person took away does not come again', async () => {
    await answered(lessons('Read the table.', 'Ask twice.'), lessons('ask twice.', 'Check the unit.'));
    await judged(1);
    await edit('Read the table, all of it.');
    await judged(0, 'feet, not metres');
    assert.deepEqual(await texts(), ['Read the table, all of it.', 'Check the unit.']);
  });

  it('are at most three with those of a person; with three of them nothing is sent', async () => {
    await answered(lessons('C.', 'D.'));
    await edit('A.', 'B.');
    await judged(1);
    assert.deepEqual(await texts(), ['A.', 'B.', 'C.']);
    await edit('A.', 'B.', 'Mine.');
    await judged(0, 'no');
    assert.equal(stage.server?.requests.length, 2);
    assert.deepEqual(await texts(), ['A.', 'B.', 'Mine.']);
  });

  it('go with a judgement that is withdrawn, except those that a person edited', async () => {
    await answered(lessons('Read the table.', 'Compare the years.'));
    await judged(1);
    await edit('Read the table.', 'Compare the years with the log.');
    await judged(null);
    assert.deepEqual(await texts(), ['Compare the years with the log.']);
    assert.equal((await state()).learned, null);
    assert.equal(stage.server?.requests.length, 2);
  });

  it('are not stored with a case that was forgotten or judged elsewhere meanwhile', async () => {
    let meanwhile: (() => Promise<unknown>) | undefined;
    await answered();
    const slow = createAssistant({
      ...stage.ports,
      models: async () => {
        await meanwhile?.();
        return {
          ok: true,
          value: {
            planner: {
              id: 'slow',
              complete: async () => ({
                ok: true,
                value: { text: '{"lessons":["A."]}', toolCalls: [], finish: 'stop', usage },
              }),
            },
            executor: undefined,
          },
        };
      },
    });
    const later: RunEvent[] = [];
    slow.onDidAppend((event) => later.push(event));
    for (const act of [
      () => stage.ports.bank.judge(caseId, { reward: 0, reason: null, at: 7 }),
      () => stage.ports.bank.forget(caseId, 8),
    ]) {
      meanwhile = act;
      await judge(1, `after ${later.length}`, slow);
      await slow.lessonsWritten();
      assert.deepEqual(await texts(), []);
      const event = later.at(-1);
      assert.equal(event?.type === 'lessons.learned' && event.error?.code, 'cancelled');
    }
  });
});
