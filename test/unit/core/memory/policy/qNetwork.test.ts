import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import { Adam, QNetwork } from '../../../../../src/core/memory/policy/qNetwork';
import { SeededRandom } from '../../../../../src/core/memory/policy/random';

const STEP = 1e-6;

function trainedNetwork(seed: number): { network: QNetwork; input: Float64Array } {
  const random = new SeededRandom(seed);
  const network = new QNetwork(5, 4, seed);
  for (let i = 0; i < network.parameters.length; i++) network.parameters[i]! += 0.5 * random.normal();
  return { network, input: Float64Array.from({ length: 5 }, () => random.normal()) };
}

describe('QNetwork', () => {
  it('has the gradient that finite differences have, for both rewards', () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom(0, 1), (seed, reward) => {
        const { network, input } = trainedNetwork(seed);
        const gradient = new Float64Array(network.parameters.length);
        network.addGradient(input, reward, 1, gradient);
        for (const [i, value] of [...network.parameters].entries()) {
          network.parameters[i] = value + STEP;
          const above = network.loss(input, reward);
          network.parameters[i] = value - STEP;
          const below = network.loss(input, reward);
          network.parameters[i] = value;
          const difference = (above - below) / (2 * STEP);
          assert.ok(
            Math.abs(difference - gradient[i]!) < 1e-6,
            `parameter ${i}: ${difference} ${gradient[i]}`,
          );
        }
      }),
    );
  });

  it('has the cross-entropy of its Q as its loss', () => {
    const { network, input } = trainedNetwork(3);
    assert.ok(Math.abs(network.loss(input, 1) + Math.log(network.q(input))) < 1e-12);
    assert.ok(Math.abs(network.loss(input, 0) + Math.log(1 - network.q(input))) < 1e-12);
  });

  it('calls everything one half before it has learned', () => {
    const { input } = trainedNetwork(1);
    assert.equal(new QNetwork(5, 4, 9).q(input), 0.5);
  });
});

describe('Adam', () => {
  it('moves every parameter by the rate in the first step, against the gradient', () => {
    const parameters = Float64Array.of(1, 1, 1);
    new Adam(3, 0.1).step(parameters, Float64Array.of(5, -0.01, 0));
    assert.ok(Math.abs(parameters[0]! - 0.9) < 1e-6);
    assert.ok(Math.abs(parameters[1]! - 1.1) < 1e-6);
    assert.equal(parameters[2], 1);
  });

  it('finds the minimum of a quadratic', () => {
    const parameters = Float64Array.of(3, -2);
    const adam = new Adam(2, 0.05);
    for (let i = 0; i < 2000; i++) {
      adam.step(parameters, Float64Array.of(2 * (parameters[0]! - 1), 20 * (parameters[1]! - 4)));
    }
    assert.ok(Math.abs(parameters[0]! - 1) < 1e-3 && Math.abs(parameters[1]! - 4) < 1e-3);
  });
});
