import assert from 'node:assert/strict';
import { NOT_SUPPORTED } from '../../../../../src/core/agent/extractive/compose';
import { createExtractiveExecutor } from '../../../../../src/core/agent/extractive/executor';
import { createExtractivePlanner } from '../../../../../src/core/agent/extractive/planner';
import type { PlannerInput, PlannerStep, TaskRecord } from '../../../../../src/core/agent/roles';
import type { Locator } from '../../../../../src/core/common/locator';
import { someCase } from '../../../../fakes/memoryBank';
import { memorySearch } from '../../../../fakes/memorySearch';
import { ask, evidenceOf, unreadable } from './support';

const FILES = {
  'winch.md': '# Winch\n\nThe winch was bought on 3 May 2021 by Mara Lindqvist.\nIts rope is 60 m long.\n',
  'buoy.md': '# North Buoy\n\nThe North Buoy was found by Leif Sandoe on 22 July 2023.\n',
};

describe('the extractive pair', () => {
  it('answers with a quotation that was checked', async () => {
    const { outcome, answer, shortAnswer, citations } = await ask('Who found the North Buoy?', FILES);
    assert.equal(outcome, 'answered');
    assert.equal(answer, '“The North Buoy was found by Leif Sandoe on 22 July 2023.” [e1]');
    assert.equal(shortAnswer, 'Leif Sandoe');
    assert.deepEqual(
      citations?.map(({ source, verdict }) => [source, verdict]),
      [['buoy.md', 'quoted']],
    );
  });

  it('answers each part under its label', async () => {
    const { answer } = await ask('Who found the North Buoy, and when was the winch bought?', FILES);
    const [first, second] = answer.split('\n\n');
    assert.match(first ?? '', /^\*\*Who found the North Buoy:\*\* “The North Buoy was found/);
    assert.match(second ?? '', /^\*\*When was the winch bought:\*\* “The winch was bought/);
  });

  it('says which part has no answer', async () => {
    const { outcome, answer } = await ask('Who found the North Buoy, and who painted the chapel?', FILES);
    assert.equal(outcome, 'answered');
    assert.match(answer, /\*\*Who painted the chapel:\*\* not supported by these files\.$/);
  });

  it('abstains from what only sounds alike, and shows what is closest', async () => {
    for (const question of [
      'What is the salary of Mara Lindqvist?',
      'When was the winch bought in 1999?',
      'Who found the South Buoy?',
    ]) {
      const { outcome, answer, shortAnswer } = await ask(question, FILES);
      assert.equal(outcome, 'abstained', question);
      assert.equal(shortAnswer, NOT_SUPPORTED);
      assert.match(answer, /closest passages are:\n\n- “/);
    }
  });

  it('abstains where nothing is found at all', async () => {
    const { outcome, answer } = await ask('Who is the queen?', { 'empty.md': '' });
    assert.equal(outcome, 'abstained');
    assert.match(answer, /Nothing was found/);
  });

  it('lists files', async () => {
    const { outcome, shortAnswer } = await ask('List the md files', FILES);
    assert.equal(outcome, 'answered');
    assert.equal(shortAnswer, 'buoy.md, winch.md');
  });
});

const done = (evidence: TaskRecord['evidence']): TaskRecord => ({
  task: { id: 1, description: 'Search the files for “x”', dependsOn: [] },
  status: 'done',
  result: '',
  evidence,
});

async function next(parts: Partial<PlannerInput>): Promise<PlannerStep & { streamed: string }> {
  let streamed = '';
  const step = await createExtractivePlanner({ encoder: unreadable }).next({
    question: 'Who found the North Buoy?',
    cases: [],
    cycle: 2,
    planAgain: false,
    conversation: [],
    known: [],
    tasks: [],
    steering: [],
    mustAnswer: null,
    signal: new AbortController().signal,
    onAnswerText: (delta) => (streamed += delta),
    ...parts,
  });
  assert.ok(step.ok);
  return { ...step.value, streamed };
}

describe('the extractive planner', () => {
  const right = evidenceOf('new.md', 'The North Buoy was found by Leif Sandoe.');
  const wrong = evidenceOf('old.md', 'The North Buoy was found by Ansel Okoro.', { id: 'e2' });

  it('streams the answer as it stands', async () => {
    const step = await next({ tasks: [done([right])] });
    assert.ok(step.kind === 'answer');
    assert.equal(step.streamed, step.answer);
  });

  it('answers at a limit though there is more to do', async () => {
    const parts = { cycle: 1, steering: ['only 2023'] };
    assert.equal((await next(parts)).kind, 'plan');
    assert.equal((await next({ ...parts, mustAnswer: { because: 'out of time' } })).kind, 'answer');
  });

  it('does not quote a file that a rejected case warns of', async () => {
    const rejected = someCase({ reward: 0, reason: 'old.md is outdated' });
    const step = await next({
      tasks: [done([wrong, right])],
      cases: [{ case: rejected, similarity: 0.9, use: 'avoid', lessons: [] }],
    });
    assert.ok(step.kind === 'answer');
    assert.equal(step.answer, '“The North Buoy was found by Leif Sandoe.” [e1]');
  });

  it('stops where it is told to', async () => {
    await assert.rejects(next({ tasks: [done([right])], signal: AbortSignal.abort() }), {
      name: 'AbortError',
    });
  });
});

describe('the extractive executor', () => {
  const execute = (description: string, dependencies: readonly TaskRecord[] = []) =>
    createExtractiveExecutor({ search: memorySearch(FILES) }).execute({
      question: 'Who found it?',
      task: { id: 1, description, dependsOn: [] },
      dependencies,
      signal: new AbortController().signal,
      tools: [],
      callsLeft: () => 9,
      call: async (tool) => ({ ok: false, content: `${tool} is broken`, preview: `no ${tool}` }),
    });
  const result = async (...args: Parameters<typeof execute>) => {
    const executed = await execute(...args);
    return executed.ok ? executed.value : executed.fault.code;
  };

  it('says that a tool failed, as a result', async () => {
    assert.equal(await result('Search the files for “x”'), 'Failed: no search_workspace');
    assert.equal(await result('Read a.md'), 'Failed: no read_file');
    assert.equal(await result('Calculate 1 + 1'), 'Failed: no calculate');
    assert.equal(await result('List all files'), 'Failed: no list_files');
  });

  it('follows to documents that have no lines, at their places', async () => {
    const search = memorySearch({
      'winch.md': '# Winch\n\nThe winch was made by Nordby and tested by Kvalheim.\n',
    });
    const place = { kind: 'range', sheet: "Year's tests", range: 'A1:B9' } as const;
    const document = (locator: Locator, text: string) => ({
      format: 'pdf',
      title: undefined,
      notes: [],
      parts: [{ locator, title: '', text }],
    });
    const page = { kind: 'pages', start: 2, end: 2 } as const;
    search.updateDocument('Nordby.pdf', document(page, 'Nordby is a firm in Bergen.'));
    const entry = { kind: 'entry', path: 'b/Kvalheim.xlsx', at: place } as const;
    search.updateDocument('Kvalheim.zip', document(entry, 'Kvalheim tests in Voss.'));
    const called: unknown[] = [];
    const executor = createExtractiveExecutor({ search });
    const [hit] = await search.search('winch', { limit: 1 });
    await executor.execute({
      question: 'Where is the maker of the winch, and where the tester?',
      task: { id: 2, description: 'Follow names', dependsOn: [1] },
      dependencies: [done([evidenceOf('winch.md', hit?.text ?? '')])],
      signal: new AbortController().signal,
      tools: [],
      callsLeft: () => 9,
      call: (tool, args) => {
        called.push([tool, args]);
        return Promise.resolve({ ok: true, content: '', preview: '' });
      },
    });
    assert.deepEqual(called, [
      ['read_document', { path: 'Nordby.pdf', pages: '2-2' }],
      ['read_document', { path: 'Kvalheim.zip!/b/Kvalheim.xlsx', pages: "'Year''s tests'!A1:B9" }],
    ]);
  });

  it('has nothing to follow where nothing was found', async () => {
    assert.equal(await result('Follow names'), 'There was nothing to follow.');
  });
});
