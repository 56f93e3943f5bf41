import assert from 'node:assert/strict';
import { runLabels, standingOf } from '../../../src/vscode/runLabels';

describe('a run in the list of runs', () => {
  const now = Date.UTC(2026, 4, 4, 12);
  const run = (outcome: string | null, question = 'How deep?') => ({
    runId: '01J00000000000000000000001',
    question,
    startedAt: now - 3_600_000,
    outcome,
    parentRunId: null,
  });

  it('stands as its log and who is at work on it say', () => {
    assert.equal(standingOf(run(null), true), 'elsewhere');
    assert.equal(standingOf(run(null), false), 'interrupted');
    assert.equal(standingOf(run('answered'), true), 'ended');
  });

  const looks = [
    [null, 'live', 'running', 'loading~spin'],
    [null, 'elsewhere', 'running in another window', 'multiple-windows'],
    [null, 'interrupted', 'interrupted', 'debug-disconnect'],
    ['answered', 'ended', 'answered', 'pass'],
    ['abstained', 'ended', 'no supported answer', 'circle-slash'],
    ['exhausted', 'ended', 'ended at a limit', 'warning'],
    ['cancelled', 'ended', 'stopped', 'circle-slash'],
    ['failed', 'ended', 'failed', 'error'],
    // Of a later version.
    ['postponed', 'ended', 'postponed', 'circle-outline'],
  ] as const;
  for (const [outcome, standing, words, icon] of looks) {
    it(outcome ?? standing, () => {
      const labels = runLabels(run(outcome), standing, now);
      assert.deepEqual(
        [labels.description, labels.icon, labels.contextValue],
        [`${words} · 1 hour ago`, icon, `run.${standing}`],
      );
      assert.equal(labels.accessibleLabel, `How deep?, ${words} · 1 hour ago`);
    });
  }

  it('has a name where nothing was asked', () => {
    assert.equal(runLabels(run('failed', ' '), 'ended', now).label, '(empty question)');
  });
});
