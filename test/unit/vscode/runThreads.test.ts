import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { threadsOf } from '../../../src/vscode/runThreads';

const run = (runId: string, parentRunId: string | null = null) => ({
  ...{ runId, parentRunId, question: runId, startedAt: 0, outcome: 'answered' },
});
const told = (...runs: ReturnType<typeof run>[]) =>
  threadsOf(runs).map(({ first, followUps }) =>
    [first.runId, ...followUps.map(({ runId }) => runId)].join(' '),
  );

describe('threads of runs', () => {
  it('puts what follows a run below it, and the thread with the latest run first', () => {
    assert.deepEqual(told(run('d', 'b'), run('c'), run('b', 'a'), run('a')), ['a b d', 'c']);
  });

  it('begins with a follow-up where what it follows is not listed', () => {
    assert.deepEqual(told(run('b', 'gone'), run('a')), ['b', 'a']);
  });

  it('ends where logs name each other', () => {
    assert.equal(told(run('a', 'b'), run('b', 'a')).join(' ').split(' ').length, 2);
  });
});
