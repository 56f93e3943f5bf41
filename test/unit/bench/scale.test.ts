import assert from 'node:assert/strict';
import { falseAlarms } from '../../../bench/scale/alarms';
import type { Checkpoint } from '../../../bench/scale/checkpoint';
import { exponentOf, ratioOf } from '../../../bench/scale/growth';
import { LiveCases } from '../../../bench/scale/lived';
import { type KeptCase, People, tidied } from '../../../bench/scale/people';
import { AGAIN_FROM, drifts, isFirst, LEARNED_UNTIL, World } from '../../../bench/scale/world';

const RUNS = 2_000;

describe('the world of bench scale', () => {
  const world = new World(1, RUNS);
  const kinds = Array.from({ length: RUNS }, (_, t) => world.question(t).kind);

  it('asks the same with the same seed, and something else with another', () => {
    const texts = (seed: number) => [3, 4].map((t) => new World(seed, RUNS).question(t).text);
    assert.deepEqual(texts(1), texts(1));
    assert.notDeepEqual(texts(1), texts(2));
  });

  it('asks about the first kinds at the start and at the end only', () => {
    const asked = kinds.flatMap((kind, t) => (isFirst(kind) ? [t / RUNS] : []));
    assert.ok(asked.some((share) => share < LEARNED_UNTIL) && asked.some((share) => share >= AGAIN_FROM));
    assert.deepEqual(
      asked.filter((share) => share >= LEARNED_UNTIL && share < AGAIN_FROM),
      [],
    );
  });

  it('has vectors of unit length that are nearer within a kind', () => {
    const of = (t: number) => world.question(t).values;
    const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);
    const same = kinds.findIndex((kind, t) => t > 0 && kind === kinds[0] && cosine(of(t), of(0)) < 0.99);
    const other = kinds.findIndex((kind) => kind !== kinds[0]);
    assert.ok(Math.abs(cosine(of(0), of(0)) - 1) < 1e-5);
    assert.ok(cosine(of(0), of(same)) > cosine(of(0), of(other)) + 0.2);
  });

  it('knows no better cases than its oracle, before it drifts and after', () => {
    const live = new LiveCases(world);
    for (let t = 0; t < 1_000; t++) live.add(t, world.question(t), t % 2 === 0);
    for (const t of [999, 1_001]) {
      const kind = kinds.findLast((each) => drifts(each)) ?? 0;
      const all = live.all().filter((each) => each.kind === kind);
      const effects = live.effects(
        t,
        kind,
        all.map(({ run }) => run),
      );
      const helpful = effects.filter((effect) => effect > 0);
      assert.deepEqual(live.bestEffects(t, kind), helpful.slice(0, 4));
      assert.ok(world.chance(0.5, live.bestEffects(t, kind)) >= world.chance(0.5, effects.slice(0, 4)));
    }
  });
});

describe('the people of bench scale', () => {
  it('judge some runs, some of them wrongly, and put some of these right later', () => {
    const people = new People(1);
    const verdicts = Array.from({ length: 5_000 }, (_, t) => people.judges(t, true)).filter(
      (verdict) => verdict !== undefined,
    );
    const wrong = verdicts.filter(({ reward }) => reward === 0);
    assert.ok(verdicts.length > 700 && verdicts.length < 1_300, `${verdicts.length}`);
    assert.ok(
      wrong.length > 0.07 * verdicts.length && wrong.length < 0.16 * verdicts.length,
      `${wrong.length}`,
    );
    const corrected = verdicts.filter(({ correctedAt }) => correctedAt !== undefined);
    assert.ok(corrected.length > 0 && corrected.every(({ reward }) => reward === 0));
  });

  it('throw away what nobody judged first, then what was judged anew, then what is oldest', () => {
    const kept = (run: number, question: string, judged: boolean): KeptCase => ({ run, question, judged });
    const cases = [kept(1, 'a', true), kept(2, 'b', true), kept(3, 'c', false), kept(4, 'b', true)];
    const gone = (most: number) => tidied(cases, most).map(({ run }) => run);
    assert.deepEqual([gone(4), gone(3), gone(2), gone(1)], [[], [3], [3, 2], [3, 2, 1]]);
  });
});

describe('growth', () => {
  const at = (runs: number, decision: number, reference: number): Checkpoint => {
    const spread = (median: number) => ({ count: 1, median, p95: median, wall: median });
    const sizes = { runs, cases: runs, image: 0, files: 0, written: 0, images: 0 };
    const times = { decision: spread(decision), reference: spread(reference) };
    return { ...sizes, rss: 0, heap: 0, buffers: 0, report: 0, times };
  };

  it('is told from times beside a reference, so that a slow hour does not count', () => {
    const checkpoints = [at(10, 2, 1), at(100, 40, 2), at(1_000, 200, 1)];
    const exponent = exponentOf(checkpoints, 'decision', ({ runs }) => runs) ?? 0;
    assert.ok(Math.abs(exponent - 1) < 1e-9, `${exponent}`);
    assert.equal(ratioOf(checkpoints, 'decision'), 100);
    assert.equal(ratioOf(checkpoints, 'image'), undefined);
    assert.equal(
      exponentOf(checkpoints.slice(0, 1), 'decision', ({ runs }) => runs),
      undefined,
    );
  });
});

describe('false alarms', () => {
  it('are the more, the more often it is looked, and the usual interval has more of them', () => {
    const alarms = falseAlarms(2, 3);
    const rates = alarms.map(({ usual }) => usual);
    assert.deepEqual(
      rates,
      rates.toSorted((a, b) => a - b),
    );
    for (const { anytime, usual, claimed } of alarms) assert.ok(claimed <= anytime && anytime <= usual);
  });
});
