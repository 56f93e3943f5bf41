import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { explainValue } from '../../../../../src/core/memory/policy/explain';
import { plainValue, type CaseValue } from '../../../../../src/core/memory/policy/judgedRun';
import { features } from './worlds';

const value = (
  advantage: number,
  shown: number,
  accepted: number,
  some: Partial<CaseValue> = {},
): CaseValue => ({
  ...plainValue(features('a'), advantage),
  facts: { shown, accepted, usual: 0.5 },
  ...some,
});

const said: readonly [CaseValue, string][] = [
  [value(0.18, 9, 7), 'Shown for 9 similar questions, 7 accepted; 18 points above what such questions get.'],
  [value(0.011, 1, 1), 'Shown for 1 similar question, 1 accepted; 1 point above what such questions get.'],
  [value(0.001, 2, 1), 'Shown for 2 similar questions, 1 accepted; as good as showing nothing.'],
  [value(0.04, 0, 0), 'Not shown for such questions yet; expected 4 points above what such questions get.'],
  [
    value(-0.12, 5, 0, { withheld: true }),
    'Shown for 5 similar questions, 0 accepted; 12 points below what such questions get, so it is withheld.',
  ],
  [
    value(-0.02, 0, 0, { withheld: true, trial: true }),
    'Not shown for such questions yet; expected 2 points below what such questions get, but little is known of it, so it is tried.',
  ],
  [plainValue(features('a'), 0.5), ''],
];

describe('explainValue', () => {
  for (const [each, words] of said) {
    it(words === '' ? 'says nothing without facts' : words, () => assert.equal(explainValue(each), words));
  }
});
