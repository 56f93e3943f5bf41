import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type Counts,
  type Measured,
  newcombe,
  stratifiedDifference,
  wilson,
} from '../../../../../src/core/memory/report/intervals';
import { sampleSize } from '../../../../../src/core/memory/report/sampleSize';

/** `7/10` */
function share(text: string): Counts {
  const [accepted, judged] = text.split('/').map(Number);
  return { accepted: accepted ?? 0, judged: judged ?? 0 };
}
const rounded = (measured: Measured | undefined) =>
  measured && [measured.low, measured.high].map((limit) => limit.toFixed(4));

describe('intervals of shares', () => {
  // Newcombe 1998, Statistics in Medicine 17: 857, table I, method 3.
  const wilsons: readonly (readonly [string, string, string])[] = [
    ['81/263', '0.2553', '0.3662'],
    ['15/148', '0.0624', '0.1605'],
    ['0/20', '0.0000', '0.1611'],
    ['1/29', '0.0061', '0.1718'],
  ];
  for (const [text, low, high] of wilsons) {
    it(`Wilson's of ${text}`, () => assert.deepEqual(rounded(wilson(share(text))), [low, high]));
  }

  // Newcombe 1998, Statistics in Medicine 17: 873, table II, method 10.
  const newcombes: readonly (readonly [string, string, string, string])[] = [
    ['56/70', '48/80', '0.0524', '0.3339'],
    ['9/10', '3/10', '0.1705', '0.8090'],
    ['6/7', '2/7', '0.0582', '0.8062'],
    ['5/56', '0/29', '-0.0381', '0.1926'],
    ['0/10', '0/20', '-0.1611', '0.2775'],
    ['10/10', '0/20', '0.6791', '1.0000'],
  ];
  for (const [first, second, low, high] of newcombes) {
    it(`Newcombe's of ${first} and ${second}`, () =>
      assert.deepEqual(rounded(newcombe(share(first), share(second))), [low, high]));
  }

  it('are not there for nothing', () => {
    assert.equal(wilson(share('0/0')), undefined);
    assert.equal(newcombe(share('1/2'), share('0/0')), undefined);
    assert.equal(stratifiedDifference([]), undefined);
  });

  it('of one stratum are those of the difference', () => {
    const stratum = { first: share('56/70'), second: share('48/80') };
    assert.deepEqual(stratifiedDifference([stratum]), newcombe(stratum.first, stratum.second));
  });

  it('over strata see no difference where there is none within any', () => {
    // Together: 65 of 110 against 25 of 110, as the better stratum has more of the first arm.
    const strata = [
      { first: share('60/100'), second: share('6/10') },
      { first: share('2/10'), second: share('20/100') },
    ];
    const found = stratifiedDifference(strata);
    assert.ok(found && Math.abs(found.value) < 1e-12 && found.low < 0 && found.high > 0);
    const apart = strata.map(({ first, second }) => newcombe(first, second));
    assert.ok(
      apart.every((one) => one && one.high - one.low > found.high - found.low),
      'more is known together',
    );
  });
});

describe('runs that are needed', () => {
  const cases: readonly (readonly [number, number, number, number, number])[] = [
    [0.1, 0.6, 0.7, 2073, 208],
    [0.5, 0.6, 0.7, 712, 356],
    [0.1, 0.6, 0.8, 512, 52],
  ];
  for (const [rate, from, to, runs, controls] of cases) {
    it(`from ${from} to ${to} at a control rate of ${rate}: ${runs}`, () =>
      assert.deepEqual(sampleSize(rate, from, to), { runs, controls, controlRate: rate, from, to }));
  }
});
