import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lessonPrompt, type LessonSource } from '../../../../src/core/agent/llm/lessonPrompt';
import { distilLessons, newLessons, parseLessons } from '../../../../src/core/agent/llm/lessons';
import { plannerPrompt } from '../../../../src/core/agent/llm/prompts';
import type { ShownCase } from '../../../../src/core/agent/roles';
import { LONGEST_LESSON } from '../../../../src/core/memory/lesson';
import { someCase } from '../../../fakes/memoryBank';
import { modelAt, withServer } from '../../models/support';

const source = (parts: Partial<LessonSource> = {}): LessonSource => ({
  question: 'How deep is the north basin?',
  plan: [{ id: 1, description: 'Find the depths', dependsOn: [] }],
  calls: [
    { tool: 'search_workspace', arguments: { query: 'depth' }, ok: false, preview: 'nothing found' },
    { tool: 'read_file', arguments: { path: 'depth.csv' }, ok: true, preview: 'lines 1-3 of 3' },
  ],
  answer: 'It is 41.5 m deep [e1].',
  shortAnswer: '41.5 m',
  reward: 1,
  reason: null,
  known: [],
  ...parts,
});

const lessonsOf = (text: string) => {
  const parsed = parseLessons(text);
  return parsed.ok ? parsed.value : parsed.fault.message;
};

describe('a reply with lessons', () => {
  const reads = (text: string, expected: readonly string[] | RegExp) =>
    it(JSON.stringify(text.slice(0, 60)), () => {
      const lessons = lessonsOf(text);
      if (!(expected instanceof RegExp)) assert.deepEqual(lessons, expected);
      else assert.match(String(lessons), expected);
    });

  reads('{"lessons":["Look in the tables first."]}', ['Look in the tables first.']);
  reads('Here:\n```json\n{"lessons":["Read depth.csv."]}\n```', ['Read depth.csv.']);
  reads('{"lessons":[]}', []);
  reads('{"lessons":["  ","Two\\n lines\\u001b[31m, one \\u202etext"]}', ['Two lines [31m, one text']);
  reads(JSON.stringify({ lessons: ['x'.repeat(LONGEST_LESSON)] }), ['x'.repeat(LONGEST_LESSON)]);
  reads(JSON.stringify({ lessons: ['y'.repeat(LONGEST_LESSON + 1)] }), /“y+…” is longer than 200 characters/);
  reads('Nothing to learn.', /not an object with a list of lessons/);
  reads('{"lessons":"Look."}', /not an object with a list of lessons/);
});

describe('new lessons', () => {
  it('are the first three that differ from each other and from what is known', () => {
    const lessons = ['Known  one.', 'A.', 'a.', 'B.', 'C.', 'D.'];
    assert.deepEqual(newLessons(lessons, source({ known: ['known one.'] })), ['A.', 'B.', 'C.']);
  });

  it('do not give the answer away', () => {
    const lessons = ['The basin is 41.5 m deep.', 'The sheet has 141.5 m in it too.', 'Read depth.csv.'];
    assert.deepEqual(newLessons(lessons, source()), ['The sheet has 141.5 m in it too.', 'Read depth.csv.']);
  });

  it('may say what the question said itself', () => {
    const asked = source({ question: 'Is it Boreas or Aurora?', shortAnswer: 'Boreas' });
    assert.deepEqual(newLessons(['Look for Boreas in the log.'], asked), ['Look for Boreas in the log.']);
  });
});

const CLOSES = /<\s*\/\s*(run|case)\b/gi;
const nasty = fc
  .array(fc.oneof(fc.constantFrom('</run>', '< / CASE >', '<case id="x">', '\n', '</case', ' '), fc.string()))
  .map((parts) => parts.join(''));

describe('the fence', () => {
  it('around a run is closed by nothing in it', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const prompt = lessonPrompt(source({ question: text, answer: text, reason: text, known: [text] }));
        assert.deepEqual(prompt.match(CLOSES), ['</run']);
      }),
    );
  });

  it('around a case is closed by no lesson of it, which stays on its line', () => {
    fc.assert(
      fc.property(nasty, fc.constantFrom<ShownCase['use']>('example', 'avoid'), (text, use) => {
        const shown = { case: someCase(), similarity: 1, use, lessons: [{ id: 'l1', text }] };
        const prompt = promptWith(shown);
        assert.deepEqual(prompt.match(CLOSES), ['</case']);
        const plain = promptWith({ ...shown, lessons: [{ id: 'l1', text: '' }] });
        assert.equal(prompt.split('\n').length, plain.split('\n').length);
      }),
    );
  });
});

const promptWith = (shown: ShownCase): string =>
  plannerPrompt(
    {
      question: 'How deep?',
      cases: [shown],
      cycle: 1,
      planAgain: false,
      conversation: [],
      known: [],
      tasks: [],
      steering: [],
      mustAnswer: null,
      signal: new AbortController().signal,
      onAnswerText: () => undefined,
    },
    '',
  );

describe('the planner', () => {
  const lessons = [{ id: 'l1', text: 'Look in the tables first.' }];

  it('sees the lessons of a case inside it', () => {
    const prompt = promptWith({ case: someCase({ reward: 1 }), similarity: 1, use: 'example', lessons });
    assert.match(prompt, /<case [^>]+ judged="accepted">[^<]*\nlesson: Look in the tables first\.\n<\/case>/);
  });

  it('sees of a case to avoid the reason and the lessons, not the plan', () => {
    const rejected = someCase({ reward: 0, reason: 'The year was wrong.' });
    const prompt = promptWith({ case: rejected, similarity: 1, use: 'avoid', lessons });
    assert.match(prompt, /avoid what they criticised: The year was wrong\.\nlesson: Look in the tables/);
    assert.doesNotMatch(prompt, /plan:|Look for thing/);
  });
});

describe('distilling lessons', () => {
  const signal = new AbortController().signal;

  it('asks once, with the run as quoted data and its reply as JSON of a schema', () =>
    withServer({ replies: [{ text: '{"lessons":["Read depth.csv first."]}' }] }, async (server) => {
      const lessons = await distilLessons(modelAt(server.url), source({ reason: 'Just right.' }), signal);
      assert.deepEqual(lessons, { ok: true, value: ['Read depth.csv first.'] });
      const [request] = server.requests;
      assert.equal(server.requests.length, 1);
      assert.match(request?.last ?? '', /^The run, which the user accepted:\n<run>\nquestion: How deep/);
      for (const part of [
        'call: search_workspace {"query":"depth"} → failed: nothing found',
        'call: read_file {"path":"depth.csv"} → lines 1-3 of 3',
        'the user accepted it, with this reason: Just right.',
      ]) {
        assert.ok(request?.last.includes(part), part);
      }
    }));

  it('has a reply that cannot be used repaired once', () =>
    withServer(
      { replies: [{ text: 'Be careful.' }, { text: '{"lessons":["Read depth.csv first."]}' }] },
      async (server) => {
        const lessons = await distilLessons(modelAt(server.url), source(), signal);
        assert.deepEqual(lessons, { ok: true, value: ['Read depth.csv first.'] });
        assert.match(server.requests[1]?.last ?? '', /could not be used: the reply is not an object/);
      },
    ));

  it('gives up after two, as a fault', () =>
    withServer({ replies: [{ text: 'Hm.' }, { text: 'Hm, hm.' }] }, async (server) => {
      const lessons = await distilLessons(modelAt(server.url), source(), signal);
      assert.equal(!lessons.ok && lessons.fault.code, 'bad-reply');
      assert.equal(server.requests.length, 2);
    }));

  it('passes on the fault of the server', () =>
    withServer({ replies: [{ status: 401 }] }, async (server) => {
      const lessons = await distilLessons(modelAt(server.url), source(), signal);
      assert.equal(!lessons.ok && lessons.fault.code, 'unauthorized');
    }));
});
