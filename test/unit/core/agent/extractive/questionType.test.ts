import assert from 'node:assert/strict';
import { analyseQuestion } from '../../../../../src/core/agent/extractive/questionType';

describe('what a question asks for', () => {
  const types: Record<string, string> = {
    'Who is the manager?': 'person',
    'When did it break?': 'date',
    'In which year was it built?': 'date',
    'Where is the boat?': 'place',
    'How deep is the lake?': 'number',
    'What is the average depth?': 'number',
    'What is the serial number of the winch?': 'code',
    'Why was it moved?': 'account',
    'How is the probe cleaned?': 'account',
    'Is the lake deep?': 'polar',
    'What is a turnover?': 'thing',
    'Wer ist der Leiter?': 'person',
    'Wann wurde die Boje gefunden?': 'date',
    'Combien de stations y a-t-il ?': 'number',
    '谁找到了浮标？': 'person',
  };
  for (const [question, type] of Object.entries(types)) {
    it(`${question} ${type}`, () => assert.equal(analyseQuestion(question).type, type));
  }

  it('finds the terms that support must have, and leaves out the words that only ask', () => {
    assert.deepEqual(analyseQuestion('Please tell me who found the drifting buoy').terms, [
      'found',
      'drift',
      'buoy',
    ]);
  });

  it('knows names, numbers and the noun behind which', () => {
    const { names, keys, numbers, focus } = analyseQuestion('Which sensor did Mara Lindqvist buy in 2021?');
    assert.deepEqual(names, ['Mara Lindqvist', '2021']);
    assert.deepEqual([...keys], ['mara', 'lindqvist', '2021']);
    assert.deepEqual([...numbers], ['2021']);
    assert.equal(focus, 'sensor');
  });

  it('knows what asks for a meaning and what for the past', () => {
    assert.equal(analyseQuestion('What does CTD stand for?').defines, true);
    assert.equal(analyseQuestion('When was the CTD bought?').defines, false);
    assert.equal(analyseQuestion('What is a thermocline?').defines, true);
    assert.equal(analyseQuestion('Who was manager before Mara?').past, true);
    assert.equal(analyseQuestion('Who is manager?').past, false);
  });

  it('analyses anything', () => {
    for (const text of ['', '?', '   ', '“”', '🦆', 'a'.repeat(5000)])
      assert.equal(analyseQuestion(text).text, text);
  });
});
