import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SeededRandom } from '../../../../../src/core/memory/policy/random';
import { ConfidenceSequence } from '../../../../../src/core/memory/report/confidenceSequence';
import { type Measured, newcombe } from '../../../../../src/core/memory/report/intervals';

const LOOKS = 1_000;
const REPETITIONS = 300;

interface World {
  readonly rate: number;
  /** The share accepted of controls, at the start and at the end. */
  readonly share: readonly [number, number];
  readonly effect: number;
}

/** What is claimed at some look or other: by the sequence, and by intervals that are made for one look. */
function looks({ rate, share: [start, end], effect }: World, random: SeededRandom) {
  const sequence = new ConfidenceSequence();
  const [controls, others] = [
    { judged: 0, accepted: 0 },
    { judged: 0, accepted: 0 },
  ];
  const claimed = { anytime: false, oneLook: false, missed: false };
  for (let look = 0; look < LOOKS; look++) {
    const control = random.next() < rate;
    const usual = start + ((end - start) * look) / LOOKS;
    const reward = random.next() < usual + (control ? 0 : effect) ? 1 : 0;
    sequence.add({ control, controlRate: rate, reward });
    const arm = control ? controls : others;
    arm.judged++;
    arm.accepted += reward;
    if (!sequence.enough) continue;
    if (excludes(sequence.effect, 0)) claimed.anytime = true;
    if (excludes(sequence.effect, effect)) claimed.missed = true;
    if (excludes(newcombe(others, controls), 0)) claimed.oneLook = true;
  }
  return claimed;
}

const excludes = (interval: Measured | undefined, value: number) =>
  interval !== undefined && (interval.low > value || interval.high < value);

function shares(world: World, seed: number) {
  const random = new SeededRandom(seed);
  const all = Array.from({ length: REPETITIONS }, () => looks(world, random));
  const share = (kind: keyof (typeof all)[number]) => all.filter((each) => each[kind]).length / REPETITIONS;
  return { anytime: share('anytime'), oneLook: share('oneLook'), missed: share('missed') };
}

describe('an interval that holds however often it is looked at', () => {
  const worlds: readonly (readonly [string, Omit<World, 'effect'>])[] = [
    ['rare controls, low shares', { rate: 0.1, share: [0.3, 0.3] }],
    ['rare controls', { rate: 0.1, share: [0.6, 0.6] }],
    ['very rare controls', { rate: 0.05, share: [0.6, 0.6] }],
    ['even arms', { rate: 0.5, share: [0.6, 0.6] }],
    ['a learning curve', { rate: 0.2, share: [0.4, 0.8] }],
  ];
  for (const [name, world] of worlds) {
    it(`gives at most 5 % false alarms in ${LOOKS} looks: ${name}`, () => {
      const { anytime, oneLook } = shares({ ...world, effect: 0 }, 11);
      assert.ok(anytime <= 0.05, `${anytime}`);
      // What it is for: the usual interval, looked at each time, cries wolf.
      assert.ok(oneLook > 0.15, `${oneLook}`);
    });
  }

  it('holds the true effect, too, where there is one', () => {
    const { missed, anytime } = shares({ rate: 0.5, share: [0.5, 0.5], effect: 0.3 }, 12);
    assert.ok(missed <= 0.05, `${missed}`);
    assert.ok(anytime > 0.99, `${anytime}`);
  });

  it('says nothing of nothing, and claims nothing of a few', () => {
    const sequence = new ConfidenceSequence();
    assert.equal(sequence.effect, undefined);
    for (let n = 0; n < 9; n++) {
      sequence.add({ control: true, controlRate: 0.5, reward: 0 });
      sequence.add({ control: false, controlRate: 0.5, reward: 1 });
    }
    assert.equal(sequence.enough, false);
    sequence.add({ control: true, controlRate: 0.5, reward: 0 });
    assert.equal(sequence.enough, false);
    sequence.add({ control: false, controlRate: 0.5, reward: 1 });
    assert.equal(sequence.enough, true);
  });

  it('takes each run with the rate of its own coin', () => {
    // No effect in either half; runs of the better half are seldom controls.
    const random = new SeededRandom(3);
    const sequence = new ConfidenceSequence();
    for (let n = 0; n < 40_000; n++) {
      const [rate, share] = n % 2 === 0 ? [0.1, 0.9] : [0.5, 0.2];
      const control = random.next() < rate;
      sequence.add({ control, controlRate: rate, reward: random.next() < share ? 1 : 0 });
    }
    assert.ok(sequence.effect && Math.abs(sequence.effect.value) < 0.02, `${sequence.effect?.value}`);
  });
});
