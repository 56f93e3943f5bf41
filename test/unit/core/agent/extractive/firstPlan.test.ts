import assert from 'node:assert/strict';
import { avoidedSources, firstPlan, globIn } from '../../../../../src/core/agent/extractive/firstPlan';
import { describe as describeTask, parseTask } from '../../../../../src/core/agent/extractive/taskKinds';
import type { ShownCase } from '../../../../../src/core/agent/roles';
import type { Case } from '../../../../../src/core/memory/case';
import { someCase } from '../../../../fakes/memoryBank';

const shown = (parts: Partial<Case>, more: Partial<ShownCase> = {}): ShownCase => ({
  case: someCase({ reward: 1, ...parts }),
  similarity: 0.8,
  use: 'example',
  lessons: [],
  ...more,
});
const sources = (...names: readonly string[]): Case['provenance'] => ({
  ...someCase().provenance,
  sources: names.map((source) => ({ source, title: source, hash: 'aa' })),
});
const planned = (question: string, cases: readonly ShownCase[] = []) =>
  firstPlan(question, cases).tasks.map(({ description }) => description);
const FOLLOW = 'Follow names, titles and links in what was found';

describe('the first plan', () => {
  it('searches for each part, then follows what was found', () => {
    const { tasks, usedCases } = firstPlan('Who found the drifting buoy, and when did it break loose?', []);
    assert.deepEqual(tasks, [
      { id: 1, description: 'Search the files for “Who found the drifting buoy”', dependsOn: [] },
      { id: 2, description: 'Search the files for “when did the drifting buoy break loose”', dependsOn: [] },
      { id: 3, description: FOLLOW, dependsOn: [1, 2] },
    ]);
    assert.deepEqual(usedCases, []);
  });

  it('calculates and lists with no search', () => {
    assert.deepEqual(planned('What is 12% of 340?'), ['Calculate 12/100 * 340']);
    assert.deepEqual(planned('List the csv files'), ['List the files that match **/*.csv']);
  });

  it('reads first what an accepted answer to the same subject stood on', () => {
    const example = shown({ provenance: sources('a.md', 'b.md', 'c.md'), plan: [] });
    const { tasks, usedCases } = firstPlan('How deep is it?', [example]);
    assert.deepEqual(
      tasks.map(({ description }) => description),
      ['Read a.md', 'Read b.md', 'Search the files for “How deep is it”', FOLLOW],
    );
    assert.deepEqual(tasks.at(-1)?.dependsOn, [1, 2, 3]);
    assert.deepEqual(usedCases, [example.case.id]);
  });

  it('leaves out the second hop where the accepted plan did with one search', () => {
    const plan = [{ id: 1, description: 'Search the files for “depth”', dependsOn: [] }];
    const example = shown({ plan, provenance: sources() });
    assert.deepEqual(planned('How deep is it?', [example]), ['Search the files for “How deep is it”']);
  });

  it('takes the nearest accepted case, and none that was rejected or not judged', () => {
    const far = shown({}, { similarity: 0.6 });
    const near = shown({}, { similarity: 0.9 });
    assert.deepEqual(firstPlan('How deep is it?', [far, near]).usedCases, [near.case.id]);
    assert.deepEqual(firstPlan('How deep is it?', [shown({ reward: null })]).usedCases, []);
    assert.deepEqual(firstPlan('How deep is it?', [shown({ reward: 0 }, { use: 'avoid' })]).usedCases, []);
  });

  it('does not read the files of a case that is only a little alike', () => {
    const example = shown({ provenance: sources('a.md') }, { similarity: 0.3 });
    assert.ok(!planned('How deep is it?', [example]).includes('Read a.md'));
  });

  it('does not read a file that a rejected case warns of', () => {
    const example = shown({ provenance: sources('old.md', 'new.md'), plan: [] });
    const rejected = shown({ reward: 0, reason: 'old.md is wrong' }, { use: 'avoid' });
    const plan = planned('How deep is it?', [example, rejected]);
    assert.deepEqual(plan.slice(0, 2), ['Read new.md', 'Search the files for “How deep is it”']);
  });
});

describe('files that rejected cases warn of', () => {
  const avoided = (reason: string | null, use: ShownCase['use'] = 'avoid') =>
    avoidedSources([shown({ reward: 0, reason, provenance: sources('notes/2022.md') }, { use })]);
  it('are those that the reason names', () => {
    assert.deepEqual(avoided('Do not use 2022.md'), ['2022.md', 'notes/2022.md']);
  });
  it('are its own where it calls them outdated', () => {
    assert.deepEqual(avoided('This is outdated'), ['notes/2022.md']);
    assert.deepEqual(avoided('Too long'), []);
    assert.deepEqual(avoided(null), []);
    assert.deepEqual(avoided('This is outdated', 'example'), []);
  });
});

describe('a question for files', () => {
  const cases: Record<string, string | undefined> = {
    'which files are there?': '**',
    'how many markdown files in notes?': 'notes/**/*.md',
    'which files mention the winch?': undefined,
    'What is in the files?': undefined,
  };
  for (const [question, glob] of Object.entries(cases))
    it(question, () => assert.equal(globIn(question), glob));
});

describe('a task in words', () => {
  it('is read back as it was written', () => {
    for (const task of [
      { kind: 'search', query: 'who said "no"' },
      { kind: 'follow' },
      { kind: 'calculate', expression: '2 + 2' },
      { kind: 'list', glob: 'notes/**/*.md' },
      { kind: 'read', path: 'notes/2023-02.md' },
    ] as const)
      assert.deepEqual(parseTask(describeTask(task)), task);
  });
  it('of anyone else is read too, at worst as a search', () => {
    assert.deepEqual(parseTask('Open data/stations.json'), { kind: 'read', path: 'data/stations.json' });
    assert.deepEqual(parseTask('List all files'), { kind: 'list', glob: '**' });
    assert.deepEqual(parseTask('Find out who runs it'), { kind: 'search', query: 'who runs it' });
    assert.deepEqual(parseTask('Calculate the cost of 3 boats'), {
      kind: 'search',
      query: 'Calculate the cost of 3 boats',
    });
  });
});
