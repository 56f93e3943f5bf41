import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { LabelledQuestion, Query } from '../../../bench/difficulty/data';
import { auc, bootstrap } from '../../../bench/difficulty/metrics';
import {
  acrossFolds,
  learned,
  leaveOneOut,
  neighbours,
  type Predictor,
  withCasesShuffled,
} from '../../../bench/difficulty/predict';
import { wordNeighbours } from '../../../bench/difficulty/wordNeighbours';

/** `0.8 yes, 0.3 no` */
const said = (text: string) =>
  text.split(', ').map((part) => {
    const [predicted, outcome] = part.split(' ');
    return { predicted: Number(predicted), accepted: outcome === 'yes' };
  });

describe('difficulty: area under the curve', () => {
  it('is the share of pairs in the right order, ties counted half', () => {
    assert.equal(auc(said('0.9 yes, 0.8 yes, 0.2 no')), 1);
    assert.equal(auc(said('0.1 yes, 0.8 no')), 0);
    assert.equal(auc(said('0.5 yes, 0.5 no, 0.5 no')), 0.5);
    assert.equal(auc(said('0.3 no, 0.9 yes, 0.3 yes, 0.6 no')), (1 + 1 + 0.5 + 0) / 4);
  });

  it('is the same whatever the order, and turned round with the predictions', () => {
    const predictions = said('0.3 no, 0.9 yes, 0.3 yes, 0.6 no, 0.6 yes');
    const value = auc(predictions)!;
    assert.equal(auc(predictions.toReversed()), value);
    const turned = predictions.map((each) => ({ ...each, predicted: -each.predicted }));
    assert.ok(Math.abs(auc(turned)! - (1 - value)) < 1e-12);
  });

  it('is nothing where all went one way', () => {
    assert.equal(auc(said('0.3 no, 0.9 no')), undefined);
    assert.equal(auc([]), undefined);
  });
});

describe('difficulty: bootstrap', () => {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const values = Array.from({ length: 200 }, (_, i) => (i % 10) / 9);

  it('gives the same interval each time, around the value', () => {
    const estimate = bootstrap(values, mean);
    assert.deepEqual(bootstrap(values, mean), estimate);
    assert.equal(estimate.value, mean(values));
    assert.ok(estimate.low < estimate.value && estimate.value < estimate.high);
  });

  it('is as wide as the standard error says', () => {
    const variance = mean(values.map((value) => (value - mean(values)) ** 2));
    const expected = 2 * 1.96 * Math.sqrt(variance / values.length);
    const { low, high } = bootstrap(values, mean);
    assert.ok(Math.abs((high - low) / expected - 1) < 0.1, `${high - low} for ${expected}`);
  });

  it('pairs statistics of equally many items', () => {
    const items = values.map((value) => ({ a: value + 0.25, b: value }));
    const { low, high } = bootstrap(items, (sample) => mean(sample.map(({ a, b }) => a - b)));
    assert.deepEqual([low, high], [0.25, 0.25]);
  });
});

describe('difficulty: predictions', () => {
  const topics = ['rivers of Poland', 'the price of bread', 'tests of the parser', 'the film about bees'];
  const questions = Array.from({ length: 60 }, (_, i): LabelledQuestion => {
    const text = `question ${i} on ${topics[i % 4]!}`;
    return { id: text, text, succeeded: i % 4 < 2 ? i % 7 !== 0 : i % 5 === 0 };
  });
  const plain = (text: string) => ({ text, vector: undefined });
  const predictors: Record<string, Predictor<LabelledQuestion>> = {
    learned: learned(plain, new Map()),
    neighbours: neighbours('BM25', 0.5, plain, new Map()),
    'neighbours by score': wordNeighbours('all', 0.5),
  };

  for (const [name, predictor] of Object.entries(predictors)) {
    for (const how of [leaveOneOut, acrossFolds]) {
      it(`${name}, ${how.name}: what became of a question says nothing about itself`, () => {
        const turned = questions.map((each, i) =>
          i === 17 ? { ...each, succeeded: !each.succeeded } : each,
        );
        const [before, after] = [how(questions, predictor), how(turned, predictor)];
        assert.ok(Math.abs(before[17]! - after[17]!) < 1e-9);
        assert.ok(before.some((value, i) => i !== 17 && Math.abs(value - after[i]!) > 1e-6));
      });
    }

    it(`${name}: tells topics that succeed from topics that do not`, () => {
      const byTopic = questions.map((each, i) => ({ ...each, succeeded: i % 4 < 2 }));
      const predicted = leaveOneOut(byTopic, predictor);
      const predictions = byTopic.map(({ succeeded }, i) => ({
        predicted: predicted[i]!,
        accepted: succeeded,
      }));
      assert.ok(auc(predictions)! > 0.95, `${auc(predictions)}`);
    });
  }

  it('folds: every question is predicted once, from most of the others', () => {
    const sizes = acrossFolds(questions, (known) => (question) => {
      assert.ok(!known.includes(question));
      return known.length;
    });
    assert.equal(sizes.length, questions.length);
    assert.ok(sizes.every((size) => size > questions.length / 2));
  });

  it('shuffling moves whole lists of cases and never gives a query itself', () => {
    const queries = questions.map((each, i): Query => {
      const cases = [1, 2, 3].map((step) => questions[(i + step) % questions.length]!);
      return { ...each, inMemory: false, cases };
    });
    const shuffled = withCasesShuffled(queries, 1);
    const lists = new Set(queries.map(({ cases }) => cases.map(({ id }) => id).join()));
    for (const [i, { id, cases }] of shuffled.entries()) {
      assert.equal(id, queries[i]!.id);
      assert.ok(cases.every((each) => each.id !== id));
      assert.ok(cases.length < 3 || lists.has(cases.map((each) => each.id).join()));
    }
    assert.ok(shuffled.filter(({ cases }, i) => cases[0]?.id !== queries[i]!.cases[0]?.id).length > 40);
  });
});
