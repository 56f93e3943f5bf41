import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { GrowingCholesky } from '../../../../../src/core/memory/policy/growingCholesky';
import { SeededRandom } from '../../../../../src/core/memory/policy/random';
import { farthest } from './worlds';

/** BBᵀ + I, positive definite. */
function matrixOf(n: number, seed: number): number[][] {
  const random = new SeededRandom(seed);
  const b = Array.from({ length: n }, () => Array.from({ length: n }, () => random.normal()));
  return b.map((x, i) => b.map((y, j) => x.reduce((sum, v, k) => sum + v * (y[k] ?? 0), i === j ? 1 : 0)));
}

const lower = (matrix: number[][]) => matrix.map((row, i) => Float64Array.from(row.slice(0, i + 1)));
const times = (matrix: number[][], x: Float64Array) =>
  matrix.map((row) => row.reduce((sum, value, i) => sum + value * (x[i] ?? 0), 0));

describe('GrowingCholesky', () => {
  it('solves what was appended one by one and four by four', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 14 }), fc.nat(), fc.nat({ max: 14 }), (n, seed, single) => {
        const matrix = matrixOf(n, seed);
        const factor = new GrowingCholesky();
        const rows = lower(matrix);
        for (const row of rows.slice(0, single)) factor.append(row);
        factor.appendAll(rows.slice(single));
        const b = Float64Array.from({ length: n }, (_, i) => Math.sin(i + 1));
        assert.ok(farthest(times(matrix, factor.solve(b)), [...b]) < 1e-8);
      }),
    );
  });

  it('is the factor of the rest after a row is removed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), fc.nat(), (n, seed, place) => {
        const matrix = matrixOf(n, seed);
        const [factor, fresh] = [new GrowingCholesky(), new GrowingCholesky()];
        factor.appendAll(lower(matrix));
        const gone = place % n;
        factor.remove(gone);
        const rest = matrix.filter((_, i) => i !== gone).map((row) => row.filter((_, j) => j !== gone));
        fresh.appendAll(lower(rest));
        const b = Float64Array.from({ length: n - 1 }, (_, i) => Math.cos(i));
        assert.equal(factor.size, n - 1);
        assert.ok(farthest([...factor.halfSolve(b)], [...fresh.halfSolve(b)]) < 1e-9);
        assert.ok(farthest([...factor.solve(b)], [...fresh.solve(b)]) < 1e-9);
      }),
    );
  });

  it('refuses a matrix that is not positive definite', () => {
    const factor = new GrowingCholesky();
    factor.append(Float64Array.of(1));
    assert.throws(() => factor.append(Float64Array.of(2, 1)), RangeError);
  });
});
