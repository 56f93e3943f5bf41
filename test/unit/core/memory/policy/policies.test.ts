/** What holds for every policy. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import fc from 'fast-check';
import type { JudgedRun, RetrievalPolicy } from '../../../../../src/core/memory/policy/judgedRun';
import { LearnedPolicy } from '../../../../../src/core/memory/policy/learned';
import { MemrlPolicy } from '../../../../../bench/policy/memrl';
import { PaperPolicy } from '../../../../../src/core/memory/policy/paper';
import { acceptedOnly, similarityPolicy } from '../../../../../src/core/memory/policy/similarityPolicy';
import { farthest, features, question, randomRuns, runId, twelveCases } from './worlds';

const policies: Readonly<Record<string, () => RetrievalPolicy>> = {
  similarity: () => similarityPolicy(),
  MemRL: () => new MemrlPolicy(),
  paper: () => new PaperPolicy(),
  learned: () => new LearnedPolicy(),
};

const asked = question(1, 2);
const numbers = (policy: RetrievalPolicy) =>
  policy
    .values(asked, twelveCases)
    .flatMap(({ value, score, interval }) => [value, score, interval?.low ?? 0, interval?.high ?? 0]);
const taught = (make: () => RetrievalPolicy, runs: readonly JudgedRun[]) => {
  const policy = make();
  for (const run of runs) policy.learn(run);
  return policy;
};
const ids = (policy: RetrievalPolicy, k: number) =>
  policy.choose(policy.values(asked, twelveCases), k).map(({ features: { caseId } }) => caseId);

for (const [name, make] of Object.entries(policies)) {
  describe(`policy ${name}`, () => {
    it('shows what similarity shows before the first judgement, whatever the cases’ labels', () => {
      assert.deepEqual(ids(make(), 4), ['case 0', 'case 1', 'case 2', 'case 3']);
      assert.deepEqual(ids(make(), 0), []);
    });

    it('shows nothing that is not relevant before the first judgement', () => {
      const policy = make();
      const far = [features('near', { similarity: 0.36 }), features('far', { similarity: 0.34 })];
      const chosen = policy.choose(policy.values(asked, far), 4);
      assert.deepEqual(
        chosen.map((each) => each.features.caseId),
        ['near'],
      );
    });

    it('does not mind in which order judgements arrive', () => {
      const runs = randomRuns(11, 30);
      const expected = numbers(taught(make, runs));
      fc.assert(
        fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (shuffled) => {
          assert.ok(farthest(numbers(taught(make, shuffled)), expected) < 1e-9);
        }),
        { numRuns: 20 },
      );
    });

    it('is, after changed and withdrawn judgements, what a rebuild is', () => {
      const change = fc.record({
        at: fc.nat({ max: 24 }),
        what: fc.constantFrom('flip', 'withdraw', 'weigh', 'look' as const),
      });
      fc.assert(
        fc.property(fc.nat(), fc.array(change, { maxLength: 12 }), (seed, changes) => {
          const log = new Map(randomRuns(seed, 25).map((run) => [run.runId, run]));
          const policy = taught(make, [...log.values()]);
          for (const { at, what } of changes) {
            const run = log.get(runId(at));
            if (what === 'look') policy.values(asked, twelveCases);
            else if (what === 'withdraw') {
              policy.withdraw(runId(at));
              log.delete(runId(at));
            } else if (run) {
              const flipped = run.reward === 1 ? (0 as const) : (1 as const);
              const changed = what === 'flip' ? { ...run, reward: flipped } : { ...run, weight: 0 };
              policy.learn(changed);
              log.set(runId(at), changed);
            }
          }
          const rebuilt = taught(make, [...log.values()]);
          assert.ok(farthest(numbers(policy), numbers(rebuilt)) < 1e-9);
        }),
        { numRuns: 60 },
      );
    });
  });
}

describe('policies that learn', () => {
  for (const name of ['MemRL', 'paper', 'learned'] as const) {
    it(`${name} prefers what was accepted to what was rejected`, () => {
      const runs = randomRuns(1, 0);
      for (let n = 0; n < 60; n++) {
        const shown = [features(n % 2 === 0 ? 'case 5' : 'case 2', { similarity: 0.7 })];
        runs.push({
          runId: runId(n),
          question: question(1, n),
          shown,
          reward: n % 2 === 0 ? 1 : 0,
          weight: 1,
        });
      }
      const policy = taught(policies[name]!, runs);
      const values = policy.values(asked, twelveCases);
      assert.ok(values[5]!.value > values[2]!.value, `${values[5]!.value} ${values[2]!.value}`);
    });

    it(`${name} learns nothing from a judgement of weight 0`, () => {
      const runs = randomRuns(4, 20);
      const shown = [twelveCases[3]!];
      const suggestion = { ...runs[0]!, runId: runId(500), shown, weight: 0 };
      const [without, with_] = [
        taught(policies[name]!, runs),
        taught(policies[name]!, [...runs, suggestion]),
      ];
      assert.ok(farthest(numbers(with_), numbers(without)) < 1e-12);
    });
  }

  it('say whether a judgement that is withdrawn was known', () => {
    const policy = taught(() => new LearnedPolicy(), randomRuns(2, 3));
    assert.equal(policy.withdraw(runId(1)), true);
    assert.equal(policy.withdraw(runId(1)), false);
  });

  it('paper gives other values for another seed', () => {
    const runs = randomRuns(3, 30);
    const [one, two] = [1, 2].map((seed) => numbers(taught(() => new PaperPolicy({ seed }), runs)));
    assert.ok(farthest(one!, two!) > 1e-6);
  });

  it('accepted only shows accepted cases', () => {
    const policy = similarityPolicy(acceptedOnly);
    const chosen = policy.choose(policy.values(asked, twelveCases), 3);
    assert.deepEqual(
      chosen.map((each) => each.features.caseId),
      ['case 0', 'case 3', 'case 6'],
    );
  });
});
