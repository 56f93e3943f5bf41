/**
 * Universal Sentence Encoder lite (Cer et al. 2018) on tfjs with its WebAssembly backend. Import it from a worker only:
 * the backend's loader installs handlers for uncaughtException and unhandledRejection that end the process.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { loadGraphModelSync } from '@tensorflow/tfjs-converter';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Vocabulary } from '../core/common/unigram';

export interface SentenceModel {
  readonly vocabulary: Vocabulary;
  /**
   * @param ids token ids of n texts, none of them empty
   * @returns n × 512, row by row; each row of unit length
   */
  embed(ids: readonly (readonly number[])[]): Promise<Float32Array>;
}

/**
 * @param assets the folder that scripts/encoder-assets.mjs writes
 * @throws where a file is missing or the WebAssembly does not start
 */
export async function loadSentenceModel(assets: string): Promise<SentenceModel> {
  const [manifest, weights, vocabulary] = await Promise.all([
    readFile(path.join(assets, 'model.json'), 'utf8'),
    readFile(path.join(assets, 'weights.bin')),
    readFile(path.join(assets, 'vocab.json'), 'utf8'),
  ]);
  // With the separator: tfjs joins folder and file by concatenation.
  setWasmPaths(assets + path.sep);
  if (!(await tf.setBackend('wasm'))) {
    throw new Error('The WebAssembly backend of the sentence encoder did not start.');
  }
  // Files of our own build: their shape is fixed by scripts/encoder-assets.mjs.
  const { modelTopology, weightsManifest } = JSON.parse(manifest) as tf.io.ModelJSON;
  const model = loadGraphModelSync({
    modelTopology,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: new Uint8Array(weights).buffer,
  });
  return { vocabulary: JSON.parse(vocabulary) as Vocabulary, embed: (ids) => embed(model, ids) };
}

/** The graph takes the ragged batch as a sparse matrix: (row, column) and the id that stands there. */
async function embed(
  model: ReturnType<typeof loadGraphModelSync>,
  ids: readonly (readonly number[])[],
): Promise<Float32Array> {
  const places = ids.flatMap((row, i) => row.flatMap((_, j) => [i, j]));
  const indices = tf.tensor2d(places, [places.length / 2, 2], 'int32');
  const values = tf.tensor1d(ids.flat(), 'int32');
  let output: tf.Tensor | tf.Tensor[] | undefined;
  try {
    output = await model.executeAsync({ indices, values });
    const rows = Array.isArray(output) ? output[0] : output;
    if (rows === undefined) throw new Error('The sentence encoder returned nothing.');
    return normaliseRows(Float32Array.from(await rows.data()), ids.length);
  } finally {
    tf.dispose([indices, values, ...(output === undefined ? [] : [output].flat())]);
  }
}

/** The graph ends in a normalisation in single precision; once more in double makes the length 1 to the last bit. */
function normaliseRows(vectors: Float32Array, rows: number): Float32Array {
  const dimensions = vectors.length / rows;
  for (let row = 0; row < rows; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] ?? 0) / length;
  }
  return vectors;
}
