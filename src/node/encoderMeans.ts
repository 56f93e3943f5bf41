import { readFileSync } from 'node:fs';
import path from 'node:path';
import { WORKER_ENCODER_ID } from './encoder';

/**
 * The mean direction of the worker encoder's vectors (512, shorter than 1), by encoder id, as questionKernel.ts takes it.
 * scripts/encoder-mean.mjs makes it at build time.
 *
 * @param assets absolute path of the folder that scripts/encoder-assets.mjs writes
 * @throws where the file cannot be read
 */
export function encoderMeans(assets: string): ReadonlyMap<string, Float32Array> {
  const bytes = readFileSync(path.join(assets, 'mean.f32'));
  const mean = Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
  return new Map([[WORKER_ENCODER_ID, mean]]);
}
