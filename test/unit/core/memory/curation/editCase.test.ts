import assert from 'node:assert/strict';
import type { CaseBank } from '../../../../../src/core/memory/bank';
import type { StoredVector } from '../../../../../src/core/memory/storedVector';
import { editCase } from '../../../../../src/core/memory/curation/editCase';
import { storedVector } from '../../../../../src/core/memory/retrieval';
import type { Encoder } from '../../../../../src/core/ports';
import { hashEncoder } from '../../../../fakes/hashEncoder';
import { memoryBank, someCase } from '../../../../fakes/memoryBank';

const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

describe('editCase', () => {
  const record = someCase({ question: 'How deep is the harbour?' });
  const encoder = hashEncoder();
  let bank: CaseBank;
  beforeEach(async () => {
    bank = await memoryBank();
    await bank.add(record, await storedVector(encoder, record.question));
  });
  const edit = (changes: Parameters<typeof editCase>[2], more: Partial<{ encoder: Encoder }> = {}) =>
    editCase({ bank, encoder, logger: silent, ...more }, record.id, changes);
  const similarTo = async (question: string) => {
    const vector = (await storedVector(encoder, question)) as StoredVector;
    const request = { runId: 'r', question, vector, policy: 'similarity' as const, k: 4, now: 0 };
    const { candidates } = await bank.decide({ ...request, rates: { control: 0, drop: 0 } });
    return candidates[0]?.similarity ?? 0;
  };

  it('gives a new question a new vector', async () => {
    const before = await similarTo('Who built the mill?');
    const edited = await edit({ question: 'Who built the old mill?' });
    assert.ok(edited.ok);
    assert.equal(edited.value.question, 'Who built the old mill?');
    assert.deepEqual(await bank.withoutVector(encoder.id, 9), []);
    assert.ok((await similarTo('Who built the mill?')) > before);
  });

  it('keeps the vector of a question that stays', async () => {
    await edit({ tags: ['harbour'], question: record.question });
    assert.deepEqual((await bank.get(record.id))?.tags, ['harbour']);
    assert.deepEqual(await bank.withoutVector(encoder.id, 9), []);
  });

  it('edits without the vector where the encoder fails, for it to be made later', async () => {
    const broken = { ...encoder, encode: () => Promise.reject(new Error('out of order')) };
    const edited = await edit({ question: 'Who built the old mill?' }, { encoder: broken });
    assert.ok(edited.ok);
    assert.deepEqual(await bank.withoutVector(encoder.id, 9), [
      { id: record.id, question: 'Who built the old mill?' },
    ]);
  });

  it('says what became of a case that is not there', async () => {
    const missing = await editCase({ bank, encoder, logger: silent }, 'none', { pinned: true });
    assert.match(missing.ok ? '' : missing.fault.message, /no longer in the memory/);
    await bank.forget(record.id, 1);
    const forgotten = await edit({ pinned: true });
    assert.match(forgotten.ok ? '' : forgotten.fault.message, /was forgotten/);
    assert.equal((await bank.get(record.id))?.pinned, false);
  });
});
