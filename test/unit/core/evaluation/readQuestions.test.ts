import assert from 'node:assert/strict';
import { corpusFiles } from '../../../../src/core/evaluation/dataset/corpusFiles';
import { readCorpus } from '../../../../src/core/evaluation/dataset/gold';
import { readQuestions } from '../../../../src/core/evaluation/dataset/readQuestions';
import { recordsOf } from '../../../../src/cli/eval/records';

const one = (record: unknown) => {
  const { questions, problems, format } = readQuestions([record]);
  return { question: questions[0], problems, format };
};

describe('the records of a data set', () => {
  it('are questions with alternatives', () => {
    const record = { question: ' Who? ', ground_truth: 'Ann<|answer_split|>Ann Lee', data_source: 'nq' };
    assert.deepEqual(one(record).question, {
      id: '1',
      question: 'Who?',
      answers: ['Ann', 'Ann Lee'],
      group: 'nq',
      support: [],
      file: undefined,
    });
  });

  it('are GAIA’s, with a file and a level', () => {
    const record = {
      task_id: 'c61d',
      Question: 'How many rows?',
      Level: 2,
      'Final answer': '17',
      file_name: 'c61d.xlsx',
    };
    const { question, format } = one(record);
    assert.equal(format, 'gaia');
    assert.deepEqual(
      [question?.id, question?.answers, question?.group, question?.file],
      ['c61d', ['17'], '2', 'c61d.xlsx'],
    );
  });

  it('of GAIA’s test part have no answer to compare with', () => {
    assert.match(
      one({ Question: 'How many?', 'Final answer': '?' }).problems[0] ?? '',
      /^Record 1 has no answer/,
    );
  });

  it('are SimpleQA’s table', () => {
    const csv =
      'metadata,problem,answer\n"{\'topic\': \'Art\'}","Who, in 1901, painted it?","Anna ""Ann"" Lee"\n';
    const { questions, format } = readQuestions(recordsOf('simple_qa_test_set.csv', csv));
    assert.equal(format, 'simpleqa');
    assert.deepEqual(
      [questions[0]?.question, questions[0]?.answers],
      ['Who, in 1901, painted it?', ['Anna "Ann" Lee']],
    );
  });

  const hotpot = {
    _id: 'h1',
    question: 'Is the Orla longer than the Ende?',
    answer: 'yes',
    type: 'comparison',
    supporting_facts: [
      ['Orla', 1],
      ['Ende', 0],
      ['Ende', 9],
    ],
    context: [
      ['Orla', ['The Orla is a river.', ' It is 90 km long.']],
      ['Ende', ['The Ende is 40 km long.']],
    ],
  };

  it('are HotpotQA’s, with sentences that support the answer', () => {
    const { questions, documents, format } = readQuestions([hotpot]);
    assert.equal(format, 'hotpotqa');
    assert.deepEqual(questions[0]?.support, [
      { title: 'Orla', text: 'It is 90 km long.' },
      { title: 'Ende', text: 'The Ende is 40 km long.' },
    ]);
    assert.deepEqual(documents[0], { title: 'Orla', text: 'The Orla is a river. It is 90 km long.' });
  });

  it('are HotpotQA’s as columns', () => {
    const columns = {
      ...hotpot,
      supporting_facts: { title: ['Orla'], sent_id: [1] },
      context: { title: ['Orla'], sentences: [['The Orla is a river.', ' It is 90 km long.']] },
    };
    assert.deepEqual(one(columns).question?.support, [{ title: 'Orla', text: 'It is 90 km long.' }]);
  });

  it('are MuSiQue’s, with paragraphs that support the answer', () => {
    const paragraphs = [
      { title: 'Orla', paragraph_text: 'It is long. ', is_supporting: true },
      { title: 'Ende', paragraph_text: 'It is short.', is_supporting: false },
    ];
    const record = {
      id: '2hop',
      question: 'How long?',
      answer: 'long',
      answer_aliases: ['very long'],
      paragraphs,
    };
    const { question, format } = one(record);
    assert.equal(format, 'musique');
    assert.deepEqual(
      [question?.answers, question?.support],
      [['long', 'very long'], [{ title: 'Orla', text: 'It is long.' }]],
    );
  });

  it('that are none are told by number, and the rest is read', () => {
    const { questions, problems } = readQuestions([
      7,
      { question: 'a' },
      { ground_truth: 'b' },
      { question: 'c', answer: 3 },
    ]);
    assert.deepEqual(
      questions.map(({ id, answers }) => [id, answers]),
      [['4', ['3']]],
    );
    assert.deepEqual(
      problems.map((problem) => problem.slice(0, 20)),
      ['Record 1 is no objec', 'Record 2 has no answ', 'Record 3 has no ques'],
    );
  });

  it('with the same id are two questions', () => {
    const { questions } = readQuestions([
      { id: 'a', question: 'x', answer: '1' },
      { id: 'a', question: 'y', answer: '2' },
    ]);
    assert.deepEqual(
      questions.map(({ id }) => id),
      ['a', 'a-2'],
    );
  });

  it('are lines, a list, or a list inside', () => {
    const records = [{ question: 'a' }, { question: 'b' }];
    const lines = records.map((record) => JSON.stringify(record)).join('\r\n');
    assert.deepEqual(recordsOf('a.jsonl', `\uFEFF${lines}\n\n`), records);
    assert.deepEqual(recordsOf('a.json', JSON.stringify(records)), records);
    assert.deepEqual(recordsOf('a.json', JSON.stringify({ version: 1, data: records })), records);
    assert.throws(() => recordsOf('a.txt', 'Dear Sir'), /neither JSON, JSON Lines nor a table/);
  });
});

describe('the corpus of a data set', () => {
  it('is titles with sentences, or documents, as files', () => {
    const documents = [{ title: 'Orla', text: 'It is a river. It is long.' }];
    assert.deepEqual(readCorpus({ Orla: ['It is a river.', ' It is long.'] }), documents);
    assert.deepEqual(readCorpus(documents), documents);
    assert.equal(readCorpus('Orla'), undefined);
    assert.deepEqual(corpusFiles([{ title: 'A\n/../b', text: 'x' }]), [
      { path: '00000.md', text: '# A /../b\n\nx\n' },
    ]);
  });
});
