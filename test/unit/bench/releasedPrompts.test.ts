import assert from 'node:assert/strict';
import { releasedCalls, RELEASED_SYSTEM, trimmed, type Trace } from '../../../bench/overhead/released';
import { compare } from '../../../bench/overhead/promptTokens';
import type { ChatMessage, TokenCounter } from '../../../src/core/ports';

/** A token a word. */
const words: TokenCounter = {
  exact: true,
  count: async (text) => text.split(/\s+/).filter((word) => word !== '').length,
};

const call = { id: 'call_1', name: 'read_file', arguments: '{"path":"a.md"}' };
const TRACE: Trace = {
  question: 'How deep?',
  tools: [],
  plans: [
    [
      {
        id: 1,
        description: 'Read a.',
        turns: [{ calls: [{ call, output: 'It is deep.' }] }],
        result: 'Very deep.',
      },
      { id: 2, description: 'Add up.', turns: [], result: 'Ten.' },
    ],
  ],
};

const textsOf = (messages: readonly ChatMessage[]) =>
  messages.map(({ role, content }) => `${role}: ${content}`);

describe('the prompts of the released code', () => {
  it('have the whole history of the planner with each task, and of calls those of the task alone', () => {
    const calls = releasedCalls(TRACE);
    const plan = 'assistant: {"plan":[{"id":1,"description":"Read a."},{"id":2,"description":"Add up."}]}';
    const asked = calls.map(({ role, task, request }) => [role, task, ...textsOf(request.messages)]);
    assert.deepEqual(asked, [
      ['planner', null, 'user: How deep?'],
      ['executor', 1, 'user: How deep?', plan, 'user: Task 1: Read a.'],
      ['executor', 1, 'user: How deep?', plan, 'user: Task 1: Read a.', 'assistant: ', 'tool: It is deep.'],
      [
        ...['executor', 2, 'user: How deep?', plan],
        ...['assistant: Task 1 result: Very deep.', 'user: Task 2: Add up.'],
      ],
      [
        ...['planner', null, 'user: How deep?', plan],
        ...['assistant: Task 1 result: Very deep.', 'assistant: Task 2 result: Ten.'],
      ],
    ]);
  });

  it('have as many tokens as are counted by hand', async () => {
    const { tasks, planner } = await compare(TRACE, [], words);
    // A prompt is three tokens for the reply, three a message, and its words; the system prompt one message of its own.
    const around = (messages: number, texts: number) => 3 + 3 * messages + texts;
    const system = 3 + RELEASED_SYSTEM.executor;
    // Words: the question 2, the plan 3, a task 4; the call with its name 2, the output 3; result 1 5, result 2 4.
    const first = system + around(3, 2 + 3 + 4) + system + around(5, 2 + 3 + 4 + 2 + 3);
    const second = system + around(4, 2 + 3 + 5 + 4);
    assert.deepEqual(
      tasks.map(({ theirs }) => theirs),
      [first, second],
    );
    const plans = 2 * (3 + RELEASED_SYSTEM.planner) + around(1, 2) + around(4, 2 + 3 + 5 + 4);
    assert.equal(planner.theirs, plans);
  });

  it('lose the oldest messages where they are too long', async () => {
    const messages: ChatMessage[] = ['one two', 'three', 'four five six'].map((content) => ({
      role: 'user',
      content,
    }));
    // The system prompt and six tokens around it; four a message.
    const fixed = RELEASED_SYSTEM.executor + 6;
    const within = async (most: number) =>
      textsOf(await trimmed(messages, (text) => words.count(text), fixed + most));
    assert.equal((await within(18)).length, 3);
    assert.deepEqual(await within(17), ['user: three', 'user: four five six']);
    assert.deepEqual(await within(11), ['user: four five six']);
    assert.deepEqual(await within(6), []);
  });
});
