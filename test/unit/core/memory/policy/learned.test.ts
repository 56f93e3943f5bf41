import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { caseFeatures } from '../../../../../src/core/memory/policy/judgedRun';
import type { CaseFeatures } from '../../../../../src/core/memory/runRecord';
import { LearnedPolicy } from '../../../../../src/core/memory/policy/learned';
import { someCase } from '../../../../fakes/memoryBank';
import { farthest, features, judged, question, randomRuns, runId } from './worlds';

/** A policy that met `count` runs on questions of a kind, each with these cases shown. */
function after(
  count: number,
  shown: (n: number) => readonly CaseFeatures[],
  reward: (n: number) => 0 | 1,
): LearnedPolicy {
  const policy = new LearnedPolicy();
  for (let n = 0; n < count; n++) {
    policy.learn(judged(n, shown(n), reward(n), { question: question(1, n) }));
  }
  return policy;
}

const slate = ['a', 'b', 'c', 'd'].map((id) => features(id));
const chosenOf = (policy: LearnedPolicy, candidates: readonly CaseFeatures[], kind = 1) =>
  policy.choose(policy.values(question(kind, 3), candidates), 4);

describe('policy learned', () => {
  it('shows nothing once showing was rejected again and again and showing nothing was not', () => {
    const policy = after(
      80,
      (n) => (n % 2 === 0 ? slate : []),
      (n) => (n % 2 === 0 ? 0 : 1),
    );
    const values = policy.values(question(1, 3), slate);
    assert.ok(values.every(({ withheld, value }) => withheld && value < 0));
    assert.deepEqual(policy.choose(values, 4), []);
  });

  it('goes on showing what is accepted more often than nothing is', () => {
    const policy = after(
      40,
      (n) => (n % 2 === 0 ? slate : []),
      (n) => (n % 2 === 0 ? 1 : 0),
    );
    assert.equal(chosenOf(policy, slate).length, 4);
  });

  it('tries at most one case of which little is known where all seem to harm', () => {
    const policy = after(
      60,
      (n) => (n % 2 === 0 ? slate : []),
      (n) => (n % 2 === 0 ? 0 : 1),
    );
    const unknown = ['e', 'f', 'g'].map((id) => features(id));
    const values = policy.values(question(1, 3), [...slate, ...unknown]);
    const chosen = policy.choose(values, 4);
    assert.ok(values.slice(4).every(({ withheld }) => withheld));
    assert.ok(chosen.length <= 1 && chosen.every(({ trial }) => trial));
    const far = unknown.map((each) => ({ ...each, similarity: 0.2, standing: 0.2 }));
    assert.ok(policy.values(question(1, 3), far).every(({ trial }) => !trial));
  });

  it('blames the case that was there each time, not those beside it', () => {
    const others = (n: number) => slate.slice(1).filter((_, i) => (n + i) % 2 === 0);
    const policy = after(
      60,
      (n) => (n % 2 === 0 ? [slate[0]!, ...others(n >> 1)] : others(n >> 1)),
      (n) => (n % 2 === 0 ? 0 : 1),
    );
    const [first, ...rest] = policy.values(question(1, 3), slate);
    assert.ok(first!.withheld && first!.value < -0.1, `${first!.value}`);
    assert.ok(rest.every(({ value }) => value > 0));
  });

  it('says less of questions that are not alike', () => {
    const policy = after(
      40,
      (n) => (n % 2 === 0 ? slate : []),
      (n) => (n % 2 === 0 ? 0 : 1),
    );
    const worth = (kind: number) => policy.values(question(kind, 3), slate)[0]!;
    assert.ok(worth(1).value < worth(2).value);
    const width = ({ interval }: ReturnType<typeof worth>) => interval!.high - interval!.low;
    assert.ok(width(worth(1)) < width(worth(2)));
  });

  it('gives the facts that words can be made of', () => {
    const policy = new LearnedPolicy();
    const rewards = [1, 1, 0, 1] as const;
    for (const [n, reward] of rewards.entries()) {
      policy.learn(judged(n, slate, reward, { question: question(1, n) }));
    }
    policy.learn(judged(9, slate, 0, { question: { text: 'zebra', vector: undefined } }));
    const { facts, interval, value } = policy.values(question(1, 9), slate)[0]!;
    assert.equal(facts?.shown, 4);
    assert.equal(facts.accepted, 3);
    assert.ok(facts.usual > 0 && facts.usual < 1);
    assert.ok(interval!.low < value && value < interval!.high);
  });

  it('leaves out intervals and facts where they are not wanted, and changes nothing else', () => {
    const policy = after(
      5,
      () => slate,
      () => 1,
    );
    const full = policy.values(question(1, 3), slate);
    const brief = policy.values(question(1, 3), slate, 'brief');
    assert.deepEqual(
      brief,
      full.map((each) => ({ ...each, interval: null, facts: null })),
    );
  });

  it('stands on the newest 1000 runs, whichever came first', () => {
    const runs = randomRuns(8, 1004);
    const [all, newest] = [new LearnedPolicy(), new LearnedPolicy()];
    for (const run of runs.slice(0, 1003)) all.learn({ ...run, weight: 1 });
    all.values(question(1), slate);
    all.learn({ ...runs[1003]!, weight: 1 });
    for (const run of runs.slice(4)) newest.learn({ ...run, weight: 1 });
    const numbers = (policy: LearnedPolicy) => policy.values(question(1), slate).map(({ value }) => value);
    assert.ok(farthest(numbers(all), numbers(newest)) < 1e-9);
    all.withdraw(runId(1000));
    newest.withdraw(runId(1000));
    newest.learn({ ...runs[3]!, weight: 1 });
    assert.ok(farthest(numbers(all), numbers(newest)) < 1e-9);
  });

  it('reads questions that have no vector by their words', () => {
    const policy = new LearnedPolicy();
    const words = (text: string) => ({ text, vector: undefined });
    for (let n = 0; n < 30; n++) {
      const shown = n % 2 === 0 ? slate : [];
      policy.learn(judged(n, shown, n % 2 === 0 ? 0 : 1, { question: words('怎样重置数据库的密码') }));
    }
    const worth = (text: string) => policy.values(words(text), slate)[0]!.value;
    assert.ok(worth('如何重置数据库密码') < worth('珠穆朗玛峰有多高'));
  });
});

describe('caseFeatures', () => {
  it('says the order of the candidates on the scale of similarity, on either side of the floor', () => {
    const similarities = [0.6, 0.2, 0.9, 0.3, 0.5];
    const candidates = similarities.map((similarity) => ({
      case: someCase({ reward: 1 }),
      cosine: undefined,
      lexical: similarity,
      similarity,
    }));
    const made = caseFeatures(candidates, 0.35);
    assert.deepEqual(
      made.map(({ standing }) => standing),
      [0.9, 0.3, 0.6, 0.2, 0.5],
    );
    assert.deepEqual(
      made.map(({ similarity }) => similarity),
      similarities,
    );
    assert.ok(made.every(({ label }) => label === 1));
  });
});
