import assert from 'node:assert/strict';
import { missingNames, steeringTask } from '../../../../../src/core/agent/extractive/replan';
import type { TaskRecord } from '../../../../../src/core/agent/roles';
import { evidenceOf } from './support';

const record = (description: string, ...texts: readonly string[]): TaskRecord => ({
  task: { id: 1, description, dependsOn: [] },
  status: 'done',
  result: '',
  evidence: texts.map((text) => evidenceOf('a.md', text)),
});
const SEARCHED = 'Search the files for “how deep is the Kettle”';

describe('what the user says meanwhile', () => {
  it('is searched for once, in order, with the names of the question', () => {
    const said = ['only in 2023', 'and Reed Bay'];
    const first = steeringTask('How deep is the Kettle?', said, []);
    assert.equal(first, 'As you said: Search the files for “only in 2023 Kettle”');
    const second = steeringTask('How deep is the Kettle?', said, [record(first)]);
    assert.match(second ?? '', /and Reed Bay/);
    const all = [record(first), record(second ?? '')];
    assert.equal(steeringTask('How deep is the Kettle?', said, all), undefined);
  });
  it('is nothing where it is blank', () => assert.equal(steeringTask('Why?', ['  '], []), undefined));
});

describe('names that nothing found contains', () => {
  it('are searched for alone, once', () => {
    const found = record(SEARCHED, 'The lake is deep.');
    const more = missingNames('How deep is the Kettle?', [found]);
    assert.deepEqual(more, { kind: 'search', query: 'Kettle' });
    const tasks = [found, record('Search the files for “Kettle”')];
    assert.equal(missingNames('How deep is the Kettle?', tasks), undefined);
  });
  it('are none where they were found, or where nothing was searched', () => {
    assert.equal(
      missingNames('How deep is the Kettle?', [record(SEARCHED, 'The Kettle is deep.')]),
      undefined,
    );
    assert.equal(missingNames('How deep is the Kettle?', [record('Calculate 1 + 1')]), undefined);
  });
});
