import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Case, CaseEdit } from '../../../../../src/core/memory/case';
import { caseText, parseCaseText } from '../../../../../src/core/memory/curation/caseText';
import { someCase } from '../../../../fakes/memoryBank';

const LESSON_A = { id: 'A', text: 'Look at the table first' };
const LESSON_B = { id: 'B', text: 'Mind the year' };
const RECORD = someCase({
  question: 'How deep is the harbour?',
  shortAnswer: '7.5 m',
  answer: 'It is 7.5 m deep [e1].\n\n## Sources\n\nnotes.md',
  plan: [
    { id: 1, description: 'Look it up', dependsOn: [] },
    { id: 2, description: 'Compare\nwith the chart', dependsOn: [1] },
  ],
  tags: ['harbour', 'depth'],
  lessons: [LESSON_A, LESSON_B],
});

const HINT = `<!-- Save to change the case. A task: “2. What to do (after 1)”. Tags and lessons: “- …”. -->`;
const TEXT = `${HINT}

# Question

How deep is the harbour?

# Short answer

7.5 m

# Answer

It is 7.5 m deep [e1].

## Sources

notes.md

# Plan

1. Look it up
2. Compare (after 1)
   with the chart

# Tags

- harbour
- depth

# Lessons

- Look at the table first
- Mind the year
`;

const counting = () => {
  let made = 0;
  return { next: () => `new${++made}` };
};
const parse = (text: string, record: Case = RECORD) => parseCaseText(text, record, counting());

/** The text of the case with one part of it replaced. */
function edited(from: string, to: string): string {
  const parts = TEXT.slice(HINT.length).split(from);
  assert.equal(parts.length, 2, `“${from}” is not there once`);
  return HINT + parts.join(to);
}

describe('caseText', () => {
  it('is Markdown with a section for each part', () => assert.equal(caseText(RECORD), TEXT));

  const changes = (what: string, text: string, expected: CaseEdit) =>
    it(`reads ${what}`, () => assert.deepEqual(parse(text), { ok: true, value: expected }));

  changes('itself as no change', TEXT, {});
  changes('lines that end with CRLF', TEXT.replaceAll('\n', '\r\n'), {});
  changes('blank lines and white space at the ends of lines', TEXT.replaceAll('\n', '  \n\n\n'), {
    answer: 'It is 7.5 m deep [e1].  \n\n\n  \n\n\n## Sources  \n\n\n  \n\n\nnotes.md',
    plan: [RECORD.plan[0]!, { id: 2, description: 'Compare\n\n\nwith the chart', dependsOn: [1] }],
  });
  changes('a question', edited('How deep is', 'How wide is'), { question: 'How wide is the harbour?' });
  changes('a short answer that is taken away', edited('7.5 m\n', ''), { shortAnswer: '' });
  changes('an answer', edited('notes.md', 'log.md\n'), {
    answer: 'It is 7.5 m deep [e1].\n\n## Sources\n\nlog.md',
  });
  changes('a heading of a section as text where it is escaped', edited('notes.md', '\\# Plan\n\\\\# plan'), {
    answer: 'It is 7.5 m deep [e1].\n\n## Sources\n\n# Plan\n\\# plan',
  });
  changes('a task', edited('with the chart', 'with the chart\n   twice\n3) Add up  (After 2 and 1, 2) '), {
    plan: [
      RECORD.plan[0]!,
      { id: 2, description: 'Compare\nwith the chart\ntwice', dependsOn: [1] },
      { id: 3, description: 'Add up', dependsOn: [2, 1] },
    ],
  });
  changes('brackets that are no dependency', edited('Look it up', 'Look it up \\(after 2)'), {
    plan: [{ id: 1, description: 'Look it up (after 2)', dependsOn: [] }, RECORD.plan[1]!],
  });
  changes('tags, each once', edited('- depth', '- depth\n* draught\n-\n- depth'), {
    tags: ['harbour', 'depth', 'draught'],
  });
  changes('an empty plan', TEXT.replace(/1\. [^]*chart/, ''), { plan: [] });
  changes('a reworded lesson as the same one', edited('the table', 'the chart'), {
    lessons: [{ id: 'A', text: 'Look at the chart first' }, LESSON_B],
  });
  changes(
    'lessons in another order',
    edited(`- ${LESSON_A.text}\n- Mind the year`, `- Mind the year\n- ${LESSON_A.text}`),
    {
      lessons: [LESSON_B, LESSON_A],
    },
  );
  changes('a new lesson before one that stays', edited(LESSON_A.text, `Ask first\n- ${LESSON_A.text}`), {
    lessons: [{ id: 'new1', text: 'Ask first' }, LESSON_A, LESSON_B],
  });
  changes(
    'a new lesson in place of one that is gone',
    edited(`${LESSON_A.text}\n- Mind the year`, 'Mind the year\n- Ask'),
    {
      lessons: [LESSON_B, { id: 'new1', text: 'Ask' }],
    },
  );

  const refuses = (what: string, text: string, line: number, message: RegExp) =>
    it(`refuses ${what}`, () => {
      const parsed = parse(text);
      assert.ok(!parsed.ok);
      assert.equal(parsed.fault.line, line, parsed.fault.message);
      assert.match(parsed.fault.message, message);
      assert.match(parsed.fault.message, new RegExp(`^Line ${line}: [^\n]*\\.$`));
    });

  refuses('no question', edited('How deep is the harbour?', ''), 3, /question is missing/);
  refuses('no text', '', 1, /“# Question” is missing/);
  refuses('a heading that is gone', edited('# Question\n', ''), 4, /“# Question” is missing/);
  refuses('a second heading of a section', edited('## Sources', '# answer'), 15, /second heading/);
  refuses('text before the headings', `Note\n${TEXT}`, 1, /under no heading/);
  refuses(
    'a task that waits for none that is there',
    edited('after 1', 'after 7'),
    22,
    /task 7, which is not/,
  );
  refuses('a task that waits for itself', edited('after 1', 'after 2'), 22, /depends on itself/);
  refuses(
    'tasks in a circle',
    edited('1. Look it up', '3. Wait (after 2)\n1. Look it up (after 2)'),
    23,
    /circle/,
  );
  refuses('two tasks of one number', edited('2. Compare', '1. Compare'), 22, /two tasks have the number 1/);
  refuses('a task that says nothing', edited('Look it up', ''), 21, /does not say/);
  refuses('a line that is no task', edited('   with', 'with'), 23, /its number/);
  refuses('a tag that is none', edited('- depth', 'depth'), 28, /begin with “- ”/);
  refuses('a fourth lesson', edited('- Mind', '- Two\n- Three\n- Mind'), 35, /3 lessons at most/);
  refuses('a long lesson', edited('Mind', 'M'.repeat(200)), 33, /200 characters at most, this one 209/);
});

describe('caseText, whatever the case has in it', () => {
  const mark = fc.constantFrom(
    ...[
      '\n',
      '\r\n',
      '\r',
      '\ud800',
      ' ',
      '\\',
      '# ',
      '# Plan',
      '\n# Answer',
      '\n\\# Tags',
      ' (after 1)',
      '\\(after 2)',
    ],
    ...['\n- ', '\n2. ', '\n   ', '\t', '\u2028', '\0', '<!--'],
  );
  const text = fc
    .array(fc.oneof(mark, fc.string({ unit: 'binary' })), { maxLength: 6 })
    .map((parts) => parts.join(''));
  const lessons = fc
    .array(text, { maxLength: 4 })
    .map((texts) => texts.map((each, i) => ({ id: `L${i}`, text: each })));
  const anyCase = fc.record({
    question: text,
    shortAnswer: text,
    answer: text,
    plan: fc.array(
      fc.record({ id: fc.nat(9), description: text, dependsOn: fc.array(fc.nat(9), { maxLength: 3 }) }),
      {
        maxLength: 4,
      },
    ),
    tags: fc.array(text, { maxLength: 3 }),
    lessons,
  });
  /** What is left of a text by a file, and by an editor that opens it. */
  const saved = (written: string) =>
    Buffer.from(Buffer.from(written).toString()).toString().replace(/\r\n?/g, '\n');

  it('changes nothing when it is read again, from a file too', () => {
    fc.assert(
      fc.property(anyCase, (parts) => {
        const record = someCase(parts);
        assert.deepEqual(parse(caseText(record), record), { ok: true, value: {} });
        assert.deepEqual(parse(saved(caseText(record)), record), { ok: true, value: {} });
      }),
      { numRuns: 1000 },
    );
  });

  /** As a person can write it: what the text cannot keep is taken away. */
  const tidy = (value: string) =>
    value
      .replace(/\r\n?/g, '\n')
      .replace(/\p{Cs}/gu, '\ufffd')
      .trim();
  const word = text.map((value) => tidy(value) || 'x');

  it('makes of another case that it is saved over all that this one is', () => {
    const possible = fc.record({
      question: word,
      shortAnswer: word,
      answer: word,
      plan: fc.array(fc.tuple(word, fc.array(fc.nat(9))), { maxLength: 4 }).map((tasks) =>
        tasks.map(([description, after], i) => ({
          id: i + 1,
          description,
          dependsOn: [...new Set(after)].filter((id) => id > 0 && id <= i),
        })),
      ),
      tags: fc.uniqueArray(word, { maxLength: 3 }),
      lessons: fc
        .uniqueArray(
          word.filter((each) => each.length <= 200),
          { maxLength: 3 },
        )
        .map((texts) => texts.map((each) => ({ id: 'L', text: each }))),
    });
    const withoutIds = ({ lessons: all, ...parts }: CaseEdit) => ({
      ...parts,
      lessons: all?.map((lesson) => lesson.text),
    });
    fc.assert(
      fc.property(possible, (parts) => {
        const other = someCase({ question: 'q', shortAnswer: 's', answer: 'a', plan: [], lessons: [] });
        const read = parse(caseText(someCase(parts)), other);
        assert.ok(read.ok, read.ok ? '' : read.fault.message);
        const { question, shortAnswer, answer, plan, tags, lessons: left } = { ...other, ...read.value };
        assert.deepEqual(
          withoutIds({ question, shortAnswer, answer, plan, tags, lessons: left }),
          withoutIds(parts),
        );
      }),
      { numRuns: 1000 },
    );
  });
});
