/** The mean direction of the encoder: what is subtracted from vectors of questions before they are compared. */
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { QUESTIONS } from './encoder-questions.mjs';

/** Like encoder.ts. */
const BATCH = 4;

/**
 * The mean of the vectors of our questions, as little-endian float32; shorter than 1, as they do not agree. Throws
 * where the thread does not start.
 * @param {string} assets absolute path of the folder with model, weights, vocabulary and WebAssembly
 * @param {string} workerFile the built src/node/encoder-worker.ts
 */
export async function meanVector(assets, workerFile) {
  const worker = new Worker(workerFile, { workerData: { assets }, execArgv: [] });
  const died = new Promise((_, reject) => worker.once('error', reject));
  const rpc = createBirpc(
    {},
    {
      post: (message) => worker.postMessage(message),
      on: (listener) => void worker.on('message', listener),
      timeout: -1,
    },
  );
  try {
    let sum = [];
    const texts = QUESTIONS.toSorted((a, b) => a.length - b.length);
    for (let i = 0; i < texts.length; i += BATCH) {
      const batch = texts.slice(i, i + BATCH);
      const { readable, vectors } = await Promise.race([rpc.encode(batch), died]);
      const unread = readable.indexOf(false);
      if (unread >= 0) throw new Error(`The encoder cannot read “${batch[unread]}”.`);
      const dimensions = vectors.length / batch.length;
      sum = Array.from({ length: dimensions }, (_, d) =>
        batch.reduce((total, _text, row) => total + vectors[row * dimensions + d], sum[d] ?? 0),
      );
    }
    const bytes = Buffer.alloc(4 * sum.length);
    sum.forEach((value, d) => bytes.writeFloatLE(value / texts.length, 4 * d));
    return bytes;
  } finally {
    await worker.terminate();
  }
}
