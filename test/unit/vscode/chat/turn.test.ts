import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { initialRunState } from '../../../../src/core/agent/runState';
import { metadataOf, readMetadata } from '../../../../src/vscode/chat/turn';

const citation = { title: '', quote: '', locator: { kind: 'whole' } } as const;

describe('what a turn in chat leaves behind', () => {
  it('comes back as it was, through JSON', () => {
    const metadata = metadataOf({
      ...initialRunState,
      runId: 'r1',
      question: 'Why?',
      outcome: 'answered',
      citations: [
        { ...citation, n: 1, evidence: 'e1', source: 'a.md', verdict: 'quoted' },
        { ...citation, n: 2, evidence: 'e2', source: 'a.md', verdict: 'unverified' },
        { ...citation, n: 3, evidence: 'e3', source: '', verdict: 'unverified' },
      ],
    });
    assert.deepEqual(metadata, { runId: 'r1', outcome: 'answered', sources: ['a.md'], unverified: 2 });
    assert.deepEqual(readMetadata({ metadata: JSON.parse(JSON.stringify(metadata)) as object }), metadata);
  });

  it('keeps the question of a run that failed, to be asked again', () => {
    const failed = metadataOf({ ...initialRunState, runId: 'r1', question: 'Why?', outcome: 'failed' });
    assert.equal(failed.question, 'Why?');
  });

  it('is nothing where nothing was researched', () => {
    for (const metadata of [undefined, {}, { runId: 7 }, { runId: '' }]) {
      assert.equal(readMetadata(metadata === undefined ? {} : { metadata }), undefined);
    }
  });
});
