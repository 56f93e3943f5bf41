import assert from 'node:assert/strict';
import { embedMissing } from '../../../../src/core/memory/embedMissing';
import { hashEncoder } from '../../../fakes/hashEncoder';
import { memoryBank, someCase } from '../../../fakes/memoryBank';

async function bankOf(questions: readonly string[]) {
  const bank = await memoryBank();
  for (const question of questions) await bank.add(someCase({ question }));
  return bank;
}
const vectorsOf = async (bank: Awaited<ReturnType<typeof memoryBank>>) =>
  (await bank.recordsAfter('', 1000)).flatMap((record) =>
    record.type === 'case' ? record.vectors.map(({ encoder, values }) => `${encoder} ${values.length}`) : [],
  );

describe('embedMissing', () => {
  it('gives every question its vector, with progress', async () => {
    const bank = await bankOf(Array.from({ length: 130 }, (_, i) => `Where is winch ${i}?`));
    const told: string[] = [];
    const count = await embedMissing(bank, hashEncoder(), {
      onProgress: ({ done, total }) => told.push(`${done}/${total}`),
    });
    assert.equal(count, 130);
    assert.deepEqual(told, ['64/130', '128/130', '130/130']);
    assert.deepEqual(new Set(await vectorsOf(bank)), new Set(['hash-64 64']));
    assert.equal(await embedMissing(bank, hashEncoder()), 0);
  });

  it('tries a question that the encoder cannot read only once, and still finds its case', async () => {
    const bank = await bankOf(['???', 'Where is the winch?']);
    const encoder = hashEncoder();
    assert.equal(await embedMissing(bank, encoder), 2);
    assert.deepEqual((await vectorsOf(bank)).sort(), ['hash-64 0', 'hash-64 64']);
    assert.equal(await embedMissing(bank, encoder), 0);
    const [values] = await encoder.encode(['Where is the winch?']);
    const { candidates } = await bank.decide({
      runId: someCase().id,
      question: '???',
      vector: values && { encoder: encoder.id, values },
      policy: 'similarity',
      k: 4,
      rates: { control: 0, drop: 0 },
      now: 0,
    });
    assert.deepEqual(
      candidates.map(({ similarity }) => similarity > 0),
      [true, true],
    );
  });

  it('embeds anew for another encoder', async () => {
    const bank = await bankOf(['Where is the winch?']);
    await embedMissing(bank, hashEncoder());
    assert.equal(await embedMissing(bank, { ...hashEncoder(), id: 'other' }), 1);
    assert.deepEqual(await vectorsOf(bank), ['hash-64 64', 'other 64']);
  });

  it('keeps what was done when it is cancelled', async () => {
    const bank = await bankOf(Array.from({ length: 130 }, (_, i) => `Where is winch ${i}?`));
    const stop = new AbortController();
    const options = { signal: stop.signal, onProgress: () => stop.abort() };
    await assert.rejects(embedMissing(bank, hashEncoder(), options), { name: 'AbortError' });
    assert.equal((await bank.withoutVector('hash-64', 1000)).length, 66);
    assert.equal(await embedMissing(bank, hashEncoder()), 66);
  });

  it('leaves a question alone that was edited meanwhile', async () => {
    const bank = await bankOf(['Where is the winch?']);
    const encoder = hashEncoder();
    const [found] = await bank.withoutVector(encoder.id, 1);
    const editing: typeof encoder.encode = async (texts, signal) => {
      await bank.edit(found?.id ?? '', { question: 'Where is the crane?' });
      return encoder.encode(texts, signal);
    };
    await embedMissing(bank, { ...encoder, encode: editing });
    assert.deepEqual(await vectorsOf(bank), []);
    await embedMissing(bank, encoder);
    assert.deepEqual(await vectorsOf(bank), ['hash-64 64']);
  });

  it('does not go on for ever where nothing is kept', async () => {
    const bank = await bankOf(['Where is the winch?']);
    assert.equal(await embedMissing({ ...bank, embed: async () => undefined }, hashEncoder()), 1);
  });
});
