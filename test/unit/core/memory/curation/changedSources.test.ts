import assert from 'node:assert/strict';
import type { SourceRecord } from '../../../../../src/core/memory/case';
import { changedSources, changedWords } from '../../../../../src/core/memory/curation/changedSources';
import { memoryFiles } from '../../../../fakes/memoryFiles';
import { someCase } from '../../../../fakes/memoryBank';

describe('changedSources', () => {
  it('tells what changed, what is gone and what is as it was', async () => {
    const entries: Record<string, string> = { 'a.md': 'a', 'b.md': 'b', 'c.md': 'c' };
    const files = memoryFiles(entries);
    const source = async (name: string): Promise<SourceRecord> => ({
      source: name,
      title: name,
      hash: (await files.hash(name)) ?? null,
    });
    const sources = [...(await Promise.all(['a.md', 'b.md', 'c.md'].map(source))), await source('ls -l')];
    const { provenance } = someCase();
    const record = { provenance: { ...provenance, sources } };
    assert.deepEqual(await changedSources(record, files), []);
    entries['b.md'] = 'b, and more';
    delete entries['c.md'];
    const changed = await changedSources(record, files);
    assert.deepEqual(changed, [
      { source: 'b.md', now: 'changed' },
      { source: 'c.md', now: 'missing' },
    ]);
    assert.deepEqual(
      sources.map(({ source: name }) => changedWords(changed, name)),
      ['', 'changed since', 'no longer there', ''],
    );
    assert.deepEqual(await changedSources(record, undefined), []);
  });
});
