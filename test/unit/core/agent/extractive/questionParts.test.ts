import assert from 'node:assert/strict';
import { questionParts } from '../../../../../src/core/agent/extractive/questionParts';

const texts = (question: string) => questionParts(question).map(({ text }) => text);
const labels = (question: string) => questionParts(question).map(({ label }) => label);

describe('the parts of a question', () => {
  const cases: Record<string, readonly string[]> = {
    'How deep is the lake?': ['How deep is the lake?'],
    'Who moved the buoy, and why?': ['Who moved the buoy, and why?'],
    'What is research and development?': ['What is research and development?'],
    'How many and which filters were used?': ['How many and which filters were used?'],
    'When did the North Buoy break loose? Who found it?': [
      'When did the North Buoy break loose?',
      'Who found the North Buoy?',
    ],
    'Who found the drifting buoy, and when did it break loose?': [
      'Who found the drifting buoy',
      'when did the drifting buoy break loose?',
    ],
    'When was the winch bought and who paid for it?': [
      'When was the winch bought',
      'who paid for the winch?',
    ],
    'What happened to the old Secchi disk, and by whom was it lost?': [
      'What happened to the old Secchi disk',
      'by whom was the old Secchi disk lost?',
    ],
    'Who is Mara Lindqvist and what is her role?': ['Who is Mara Lindqvist', 'what is Mara Lindqvist role?'],
    'Who wrote Oxygen Debt and in which year?': ['Who wrote Oxygen Debt', 'in which year wrote Oxygen Debt'],
    'Who runs the station, and where is Lake Ovrel?': ['Who runs the station', 'where is Lake Ovrel?'],
    'Which is deeper, the Kettle or Reed Bay?': [
      'Which is deeper, the Kettle?',
      'Which is deeper, Reed Bay?',
    ],
  };
  for (const [question, expected] of Object.entries(cases)) {
    it(question, () => assert.deepEqual(texts(question), expected));
  }

  it('are labelled as they were asked, with no marks of quotation', () => {
    assert.deepEqual(labels('Who wrote “Oxygen Debt”, and when did it appear?'), [
      'Who wrote Oxygen Debt',
      'When did it appear',
    ]);
    assert.deepEqual(labels('Which is deeper, the Kettle or Reed Bay?'), ['The Kettle', 'Reed Bay']);
  });

  it('are four at most, and one of a question with no words', () => {
    assert.equal(
      texts('Who is Ann Bell? Who is Bo Carr? Who is Cy Dorn? Who is Di Esk? Who is Ed Fay?').length,
      4,
    );
    assert.deepEqual(texts('Why?'), ['Why?']);
    assert.deepEqual(texts(''), ['']);
  });
});
