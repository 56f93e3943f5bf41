import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { NewVectorKernel } from '../../../../../src/core/memory/search/kernel/vectorKernel';
import { VectorIndex } from '../../../../../src/core/memory/search/vectorIndex';
import { builtKernel, scarceKernel } from '../../../../fakes/vectorKernel';

/** Mulberry32: numbers in [0, 1) that the seed decides. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
type Vectors = ReadonlyMap<string, Float32Array>;

/** Multiples of 1 / `fraction` in [-1, 1): their products and the sums of these are exact in double precision. */
const vectorOf = (random: Random, dimensions: number, fraction: number) =>
  Float32Array.from({ length: dimensions }, () => Math.floor((random() * 2 - 1) * fraction) / fraction);

/** What must be found: sorted by exact sums, equal ones in the order of the map. */
function nearest(vectors: Vectors, query: Float32Array, count: number): string[] {
  const cosine = (vector: Float32Array) => vector.reduce((sum, value, i) => sum + value * query[i]!, 0);
  return [...vectors]
    .map(([id, vector]) => ({ id, cosine: cosine(vector) }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, count)
    .map(({ id }) => id);
}

/** Adds, replaces and deletes at random, in all of the indexes and in the map that is given back. */
function fill(indexes: readonly VectorIndex[], random: Random, shape: Shape): Vectors {
  const vectors = new Map<string, Float32Array>();
  for (let step = 0; step < shape.rows; step++) {
    const id = String(Math.floor(random() * shape.rows));
    if (random() < shape.deleted) {
      vectors.delete(id);
      for (const index of indexes) index.delete(id);
    } else {
      const vector = vectorOf(random, shape.dimensions, shape.fraction);
      vectors.set(id, vector);
      for (const index of indexes) index.set(id, vector);
    }
  }
  return vectors;
}

interface Shape {
  readonly dimensions: number;
  readonly rows: number;
  /** Share of the steps. */
  readonly deleted: number;
  readonly fraction: number;
}

const shape: fc.Arbitrary<Shape> = fc.record({
  dimensions: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 600 })),
  rows: fc.integer({ min: 0, max: 500 }),
  deleted: fc.constantFrom(0, 0.1, 0.5),
  // Ones and zeros have many ties; 32-bit sums of 4096ths are rounded.
  fraction: fc.constantFrom(1, 4096),
});
const seed = fc.integer();
const count = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 1, max: 600 }));

describe('VectorIndex', () => {
  let newKernel: NewVectorKernel;
  before(async () => {
    newKernel = await builtKernel();
  });

  it('finds the nearest, of equal ones the first added, with the kernel and without', () => {
    fc.assert(
      fc.property(shape, seed, count, (wanted, seed, count) => {
        const random = randomOf(seed);
        const indexes = [new VectorIndex(newKernel), new VectorIndex()];
        const vectors = fill(indexes, random, wanted);
        const query = vectorOf(random, wanted.dimensions, wanted.fraction);
        const expected = nearest(vectors, query, count);
        for (const index of indexes) {
          assert.equal(index.size, vectors.size);
          assert.deepEqual(index.nearest(query, count), expected);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same cosines with the kernel and without', () => {
    fc.assert(
      fc.property(shape, seed, (wanted, seed) => {
        const random = randomOf(seed);
        const [withKernel, without] = [new VectorIndex(newKernel), new VectorIndex()];
        const vectors = fill([withKernel, without], random, wanted);
        const query = vectorOf(random, wanted.dimensions, wanted.fraction);
        for (const id of vectors.keys()) {
          assert.equal(withKernel.cosine(id, query), without.cosine(id, query));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('tells apart what 32-bit sums cannot', () => {
    const random = randomOf(1);
    const query = vectorOf(random, 512, 4096);
    const base = vectorOf(random, 512, 4096);
    const index = new VectorIndex(newKernel);
    const vectors = new Map<string, Float32Array>();
    for (let n = 0; n < 300; n++) {
      const vector = base.map((value) => value + Math.round(random() * 16) * 2 ** -23);
      vectors.set(String(n), vector);
      index.set(String(n), vector);
    }
    assert.deepEqual(index.nearest(query, 20), nearest(vectors, query, 20));
  });

  it('ranks vectors of any length, the longest and the shortest that there are', () => {
    const random = randomOf(2);
    for (const [of, by] of [
      [3e38, 3e38],
      [1e-20, 1e-25],
      [3e38, 1e-40],
    ] as const) {
      const scaled = (scale: number) => vectorOf(random, 37, 4096).map((value) => value * scale);
      const query = scaled(by);
      const [withKernel, without] = [new VectorIndex(newKernel), new VectorIndex()];
      for (let n = 0; n < 100; n++) {
        const vector = scaled(of);
        for (const index of [withKernel, without]) index.set(String(n), vector);
      }
      assert.deepEqual(withKernel.nearest(query, 9), without.nearest(query, 9));
      assert.equal(withKernel.nearest(query, 9).length, 9);
    }
  });

  it('is not misled by sums that overflow on the way', () => {
    const index = new VectorIndex(newKernel);
    const query = new Float32Array(9).fill(1e19);
    index.set(
      'far',
      Float32Array.from({ length: 9 }, (_, i) => (i === 0 ? 4e19 : -6e18)),
    );
    index.set(
      'near',
      Float32Array.from({ length: 9 }, (_, i) => (i === 0 ? 1e19 : 0)),
    );
    assert.deepEqual(index.nearest(query, 1), ['near']);
  });

  for (const [name, kernel] of [
    ['the kernel', () => newKernel],
    ['plain JavaScript', () => undefined],
  ] as const) {
    it(`leaves out, with ${name}, what is of another length or not finite, and what that replaces`, () => {
      const index = new VectorIndex(kernel());
      index.set('a', Float32Array.of(1, 0));
      index.set('b', Float32Array.of(0.5, 0));
      index.set('nan', Float32Array.of(NaN, 0));
      index.set('infinite', Float32Array.of(0, -Infinity));
      index.set('long', Float32Array.of(1, 0, 0));
      index.set('b', Float32Array.of(NaN, 1));
      assert.deepEqual(index.nearest(Float32Array.of(1, 0), 9), ['a']);
      assert.deepEqual(index.nearest(Float32Array.of(NaN, 0), 9), []);
      assert.deepEqual(index.nearest(Float32Array.of(1), 9), []);
      assert.equal(index.cosine('a', Float32Array.of(Infinity, 0)), undefined);
      assert.equal(index.cosine('b', Float32Array.of(1, 0)), undefined);
    });
  }

  it('takes another length once it is empty', () => {
    const index = new VectorIndex(newKernel);
    index.set('a', Float32Array.of(1, 0));
    index.delete('a');
    index.set('b', Float32Array.of(1, 0, 0));
    assert.deepEqual(index.nearest(Float32Array.of(1, 0, 0), 1), ['b']);
  });

  for (const growths of [0, 1, 3]) {
    it(`keeps all where the kernel gets no more memory after ${growths} growths`, () => {
      const random = randomOf(growths);
      const index = new VectorIndex(scarceKernel(newKernel, growths));
      const vectors = fill([index], random, { dimensions: 512, rows: 400, deleted: 0.1, fraction: 4096 });
      const query = vectorOf(random, 512, 4096);
      assert.deepEqual(index.nearest(query, 400), nearest(vectors, query, 400));
    });
  }

  it('does without a kernel that gets no memory at all', () => {
    const index = new VectorIndex(() => {
      throw new RangeError('no memory');
    });
    index.set('a', Float32Array.of(1, 0));
    assert.deepEqual(index.nearest(Float32Array.of(1, 0), 1), ['a']);
  });
});
