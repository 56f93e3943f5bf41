import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { cosineOf, type EncoderMeans, place } from '../../../src/core/memory/policy/questionKernel';
import type { Encoder } from '../../../src/core/ports';
import { createWorkerEncoder } from '../../../src/node/encoder';
import { encoderMeans } from '../../../src/node/encoderMeans';

const dist = path.resolve(import.meta.dirname, '../../../dist');
const assets = path.join(dist, 'encoder');

/** No two about the same, none of them a question that the mean was made of. */
const UNRELATED = [
  'Which river flows through Kraków?',
  'Who painted the ceiling of the chapel?',
  'How many moons does Neptune have?',
  'Why does the parser drop the last line of a file?',
  'When did the second season of the series end?',
  'What does the lease say about pets?',
  'Which enzyme breaks down lactose?',
  'How tall was the Roman wall in the north of England?',
  'Who chaired the meeting in April?',
  'What is the fastest way to peel garlic?',
];

describe('the mean direction of the encoder', function () {
  this.timeout(60_000);
  let encoder: Encoder;
  before(function () {
    if (!existsSync(path.join(assets, 'mean.f32'))) {
      console.log('    skipped: dist/encoder has no mean.f32, as it was not built (npm run build)');
      this.skip();
    }
    encoder = createWorkerEncoder({ assets, workerFile: path.join(dist, 'encoder-worker.js') });
  });
  after(async () => {
    await encoder?.dispose();
  });

  it('has the id and the length of the encoder’s vectors, and is shorter than they are', () => {
    const mean = encoderMeans(assets).get(encoder.id);
    assert.equal(mean?.length, encoder.dimensions);
    const length = Math.hypot(...mean);
    assert.ok(length > 0.2 && length < 0.8, `${length}`);
  });

  it('brings unrelated questions apart, and leaves a paraphrase near', async () => {
    const texts = [...UNRELATED, 'What river runs through the city of Kraków?'];
    const vectors = await encoder.encode(texts);
    const cosines = (means: EncoderMeans, pairs: readonly (readonly [number, number])[]) => {
      const placed = texts.map((text, i) =>
        place({ text, vector: { encoder: encoder.id, values: vectors[i]! } }, means),
      );
      return pairs.map(([a, b]) => cosineOf(placed[a]!, placed[b]!));
    };
    const pairs = UNRELATED.flatMap((_, a) => UNRELATED.slice(0, a).map((_, b) => [a, b] as const));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const [before, after] = [cosines(new Map(), pairs), cosines(encoderMeans(assets), pairs)];
    assert.ok(mean(before) > 0.2, `${mean(before)}`);
    assert.ok(mean(after) < mean(before) - 0.1, `${mean(before)} to ${mean(after)}`);
    const [paraphrase] = cosines(encoderMeans(assets), [[0, UNRELATED.length]]);
    assert.ok(paraphrase !== undefined && paraphrase > Math.max(...after), `${paraphrase}`);
  });

  it('says which file is missing', () => {
    assert.throws(() => encoderMeans(path.join(dist, 'nowhere')), /mean\.f32/);
  });
});
