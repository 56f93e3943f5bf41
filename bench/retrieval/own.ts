/** The product's own index, plain JavaScript as one would write it, and the limit that memory sets. */
import path from 'node:path';
import { assemble, assembleVectorKernel } from '../../scripts/vector-kernel.mjs';
import type { NewVectorKernel } from '../../src/core/memory/search/kernel/vectorKernel';
import { VectorIndex } from '../../src/core/memory/search/vectorIndex';
import { vectorKernel } from '../../src/node/vectorKernel';
import type { Contender, Search } from './contender';
import { DIMENSIONS, K, rowOf, type Vectors } from './vectors';

export const PRODUCT: Contender = {
  name: 'Memento',
  open: async () => {
    const newKernel = vectorKernel(await assembleVectorKernel());
    if (newKernel === undefined) throw new Error('no WebAssembly SIMD');
    return { load: (vectors) => productSearch(vectors, newKernel) };
  },
};

export const FALLBACK: Contender = {
  name: 'Memento without SIMD',
  open: async () => ({ load: (vectors) => productSearch(vectors) }),
};

export const PLAIN: Contender = {
  name: 'plain JavaScript',
  open: async () => ({ load: plainSearch }),
};

export const READ: Contender = {
  name: 'reading the memory',
  open: async () => {
    const module = new WebAssembly.Module(await assemble(path.join(import.meta.dirname, 'read.wat')));
    return { load: (vectors) => reading(vectors, new WebAssembly.Instance(module).exports) };
  },
};

function productSearch(vectors: Vectors, newKernel?: NewVectorKernel): Search {
  const index = new VectorIndex(newKernel);
  for (let row = 0; row < vectors.count; row++) index.set(String(row), rowOf(vectors, row));
  return (query) => index.nearest(query, K).map(Number);
}

/** One Float32Array, four sums, a list of the K best that is sorted where a better one comes. */
function plainSearch({ matrix, count }: Vectors): Search {
  return (query) => {
    const best: { row: number; sum: number }[] = [];
    for (let row = 0; row < count; row++) {
      const sum = product(matrix, row * DIMENSIONS, query);
      if (best.length === K && sum <= best[K - 1]!.sum) continue;
      best.push({ row, sum });
      best.sort((x, y) => y.sum - x.sum);
      if (best.length > K) best.pop();
    }
    return best.map(({ row }) => row);
  };
}

function product(matrix: Float32Array, start: number, query: Float32Array): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let i = 0; i < DIMENSIONS; i += 4) {
    a += matrix[start + i]! * query[i]!;
    b += matrix[start + i + 1]! * query[i + 1]!;
    c += matrix[start + i + 2]! * query[i + 2]!;
    d += matrix[start + i + 3]! * query[i + 3]!;
  }
  return a + b + c + d;
}

interface Reader {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  read(from: number, to: number): number;
}
const isReader = (exports: object): exports is Reader => 'memory' in exports && 'read' in exports;

function reading({ matrix }: Vectors, exports: object): Search {
  if (!isReader(exports)) throw new TypeError('read.wat exports something else.');
  exports.memory.grow(Math.ceil(matrix.byteLength / 65_536));
  new Float32Array(exports.memory.buffer).set(matrix);
  return () => {
    exports.read(0, matrix.byteLength);
    return undefined;
  };
}
