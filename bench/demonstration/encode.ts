import path from 'node:path';
import type { StoredVector } from '../../src/core/memory/storedVector';
import { createWorkerEncoder } from '../../src/node/encoder';

const dist = path.resolve(import.meta.dirname, '../../dist');

/** Vectors by the product's own encoder, in the order of the texts. */
export async function encode(texts: readonly string[]): Promise<readonly StoredVector[]> {
  const encoder = createWorkerEncoder({
    assets: path.join(dist, 'encoder'),
    workerFile: path.join(dist, 'encoder-worker.js'),
  });
  const vectors = await encoder.encode(texts);
  await encoder.dispose();
  return vectors.map((values, i) => {
    if (!values) throw new Error(`The encoder cannot read “${texts[i] ?? ''}”.`);
    return { encoder: encoder.id, values };
  });
}
