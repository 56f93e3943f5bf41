import assert from 'node:assert/strict';
import { experimentNote } from '../../../../src/core/agent/experimentNote';
import { initialRunState, type RunState } from '../../../../src/core/agent/runState';

const design = {
  control: false,
  controlRate: 0.1,
  dropped: null,
  dropRate: 0.1,
  policyVersion: 'learned/1',
  seed: 1,
};
const judged = { reward: 1, reason: null } as const;
const note = (parts: Partial<RunState>) => experimentNote({ ...initialRunState, ...parts });

describe('experimentNote', () => {
  it('tells of a control once it is judged, and not before', () => {
    const control = { ...design, control: true };
    assert.equal(note({ design: control }), undefined);
    assert.match(note({ design: control, feedback: judged }) ?? '', /^This run was a control: /);
  });

  it('tells which case was left out', () => {
    const found = { caseId: 'c1', question: 'How deep is it?' };
    const cases = [found] as unknown as NonNullable<RunState['cases']>;
    const left = { design: { ...design, dropped: 'c1' }, cases };
    assert.equal(note(left), undefined);
    assert.match(note({ ...left, feedback: judged }) ?? '', /not shown “How deep is it\?”/);
  });

  it('has nothing to tell of any other run', () => {
    assert.equal(note({ design, feedback: judged }), undefined);
    assert.equal(note({ feedback: judged }), undefined);
  });
});
