import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { assembleVectorKernel } from '../../../scripts/vector-kernel.mjs';
import { readVectorKernel, vectorKernel } from '../../../src/node/vectorKernel';
import { temporaryFolder } from '../../fakes/temporaryFolder';

describe('readVectorKernel', () => {
  const folder = temporaryFolder();

  it('gives kernels with memory of their own', async () => {
    const file = path.join(folder(), 'kernel.wasm');
    await writeFile(file, await assembleVectorKernel());
    const newKernel = await readVectorKernel(file);
    const [one, other] = [newKernel?.(), newKernel?.()];
    new Float32Array(one!.memory.buffer).set([1, 2], 0);
    new Float32Array(one!.memory.buffer).set([3, 4], 32);
    one!.products(0, 128, 1, 128, 256);
    assert.equal(new Float32Array(one!.memory.buffer)[64], 11);
    assert.equal(new Float32Array(other!.memory.buffer)[64], 0);
  });

  it('gives none where there is no such file, or the platform cannot run it', async () => {
    assert.equal(await readVectorKernel(path.join(folder(), 'none.wasm')), undefined);
    assert.equal(vectorKernel(new Uint8Array([0, 0x61, 0x73, 0x6d, 9, 9, 9, 9])), undefined);
  });
});
