import assert from 'node:assert/strict';
import { arithmeticIn } from '../../../../../src/core/agent/extractive/arithmetic';
import { ask } from './support';

describe('arithmetic in a question', () => {
  const cases: Record<string, string | undefined> = {
    'What is 12% of 340?': '12/100 * 340',
    '(3+4)*2': '(3+4)*2',
    'What is 1,200 divided by 4?': '1200 / 4',
    'What is the square root of 2?': 'sqrt(2)',
    'Calculate the sum of 1, 2 and 3': 'sum(1, 2, 3)',
    'Convert 3 km to miles': '3 km to miles',
    'How deep is 41 m?': undefined,
    '2023-05-01': undefined,
    'What is the sum of the budget?': undefined,
    'Who scored 3 of 4 goals?': undefined,
  };
  for (const [question, expression] of Object.entries(cases)) {
    it(question, () => assert.equal(arithmeticIn(question), expression));
  }

  it('is worked out, not searched', async () => {
    const { shortAnswer, outcome, citations } = await ask('What is 12% of 340?', {
      'a.md': '12% of 340 people.',
    });
    assert.equal(outcome, 'answered');
    assert.equal(shortAnswer, '40.8');
    assert.deepEqual(
      citations?.map(({ verdict }) => verdict),
      ['quoted'],
    );
  });
});
