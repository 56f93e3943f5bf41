import assert from 'node:assert/strict';
import { analyseQuestion } from '../../../../../src/core/agent/extractive/questionType';
import { rank } from '../../../../../src/core/agent/extractive/sentenceScore';
import { shortAnswer } from '../../../../../src/core/agent/extractive/shortAnswer';
import { spansOf } from '../../../../../src/core/agent/extractive/spans';
import { evidenceOf, unreadable } from './support';

const spans = (question: string, sentence: string) =>
  spansOf(sentence, analyseQuestion(question)).map(({ text }) => text);

async function short(question: string, text: string, source = 'a.md'): Promise<string> {
  const asked = analyseQuestion(question);
  const [best] = (await rank(asked, [evidenceOf(source, text)], unreadable)).ranked;
  return best === undefined ? '' : shortAnswer(best, asked);
}

describe('spans of the kind that is asked for', () => {
  const cases: readonly (readonly [question: string, sentence: string, expected: readonly string[]])[] = [
    [
      'When did it break?',
      'It broke on 22 July 2023, a Saturday, at 14:30.',
      ['22 July 2023', 'Saturday', '14:30'],
    ],
    ['When was it?', 'Since 2021-05-03 or May 2019.', ['2021-05-03', 'May 2019']],
    ['How deep is it?', 'In 2023 it was 41 m deep.', ['41 m']],
    ['How much is it?', 'It cost €1,875 and 12% tax.', ['€1,875', '12%']],
    ['Who found it?', 'The buoy was found by Leif Sandoe.', ['Leif Sandoe']],
    ['Where is it?', 'It lies behind the boathouse.', ['the boathouse']],
    ['What is the serial number?', 'Its serial is VF2-088.', ['VF2-088']],
    ['Why did it sink?', 'It sank as it was heavy in 2021.', []],
  ];
  for (const [question, sentence, expected] of cases) {
    it(`${question} ${sentence}`, () => assert.deepEqual(spans(question, sentence), expected));
  }

  it('are not words of the question', () => {
    assert.deepEqual(spans('Who supervises Ansel Okoro?', 'Ansel Okoro reports to Mara Lindqvist.'), [
      'Mara Lindqvist',
    ]);
  });
});

describe('the short answer', () => {
  it('is the span nearest to what is asked', async () => {
    const text = 'The winch of 1998 got a new rope on 4 March 2023.';
    assert.equal(await short('When did the winch get a new rope?', text), '4 March 2023');
  });

  it('is the cell under the column that is asked for', async () => {
    const csv = 'supplier,contact,phone\nFjellmark,Ida Moen,555-0142';
    assert.equal(await short('What is the phone number of Fjellmark?', csv, 's.csv'), '555-0142');
    assert.equal(await short('Who is the contact at Fjellmark?', csv, 's.csv'), 'Ida Moen');
  });

  it('is the value behind a key', async () => {
    assert.equal(await short('What is the firmware of the buoy?', 'firmware: heron\n', 'buoy.yaml'), 'heron');
  });

  it('is the sentence where nothing stands out', async () => {
    assert.equal(
      await short('Why did the boat sink?', 'The boat sank in a\nstorm.'),
      'The boat sank in a storm.',
    );
  });
});
