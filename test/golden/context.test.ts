/** Prompts stay within bounds however much a run reads, and nothing that it found is lost. */
import assert from 'node:assert/strict';
import type { RunEvent } from '../../src/core/agent/events';
import { runState } from '../../src/core/agent/runState';
import { tokenCounter } from '../../src/models/tokens';
import type { ModelRequest } from '../fakes/modelRequests';
import type { ScriptedReply } from '../fakes/modelServer';
import { setStage, type Stage } from './harness';

const FILES = 110;
const PARAGRAPHS = 40;
const sentence = (file: number, n: number) => `The winch number ${file} of pier ${n} lifts ${file + n} tons.`;
const harbour = Object.fromEntries(
  Array.from({ length: FILES }, (_, file) => [
    `winch${file}.md`,
    Array.from({ length: PARAGRAPHS }, (_, n) => sentence(file, n)).join('\n\n'),
  ]),
);
const LIMITS = { toolCalls: 200, modelCalls: 300 };

/** Plans one task, reads a file a reply, and at last answers with the given text. */
const reader = (reads: readonly string[], answer: string) => {
  let next = 0;
  return ({ body }: ModelRequest): ScriptedReply => {
    if (body.response_format !== undefined) {
      const reply =
        next === 0 ? { plan: [{ id: 1, description: 'Read', dependsOn: [] }] } : { answer, shortAnswer: '' };
      return { text: JSON.stringify(reply) };
    }
    const path = reads[next++];
    if (path === undefined) return { text: 'All are read: winch 0 [e1] is the first.' };
    return { toolCalls: [{ name: 'read_file', arguments: JSON.stringify({ path }) }] };
  };
};

/** Tokens of each request, as its server would count them. */
async function lengths(requests: readonly ModelRequest[], model: string): Promise<number[]> {
  const counter = tokenCounter(model);
  return Promise.all(
    requests.map(({ body, text }) =>
      counter.count([text, ...body.messages.map(callsOf), JSON.stringify(body.tools ?? [])].join('\n')),
    ),
  );
}

const callsOf = ({ tool_calls: calls = [] }: ModelRequest['body']['messages'][number]) =>
  calls.map((call) => call.function.name + call.function.arguments).join('\n');

const finished = (events: readonly RunEvent[]) => events.find((event) => event.type === 'run.finished');

describe('the context of a long run', function () {
  this.timeout(120_000);
  let stage: Stage;
  afterEach(() => stage.close());
  const everyFile = Array.from({ length: FILES }, (_, file) => `winch${file}.md`);
  const answer = `“${sentence(0, 0)}” [e1]. “${sentence(109, 39)}” [e110]. “${sentence(50, 7)}” [e51].`;

  it('is bounded over more than a hundred calls, and what was read first can still be cited', async () => {
    stage = await setStage(harbour, reader(everyFile, answer), { model: 'gpt-4o' });
    const state = runState(await stage.ask('What do the winches lift?', { limits: LIMITS }));
    assert.equal(state.toolCalls, FILES);
    assert.deepEqual(
      state.citations?.map(({ evidence, source, verdict }) => [evidence, source, verdict]),
      [
        ['e1', 'winch0.md', 'quoted'],
        ['e110', 'winch109.md', 'quoted'],
        ['e51', 'winch50.md', 'quoted'],
      ],
    );
    const requests = stage.server?.requests ?? [];
    const longest = Math.max(...(await lengths(requests, 'gpt-4o')));
    const everything = await tokenCounter('gpt-4o').count(Object.values(harbour).join('\n'));
    assert.ok(everything > 60_000 && longest < 32_000, `${longest} of ${everything}`);
    // The executor's last prompt and the planner's answer are told of the first evidence.
    assert.match(requests.at(-2)?.text ?? '', /\[e1\] winch0\.md:1-79/);
    assert.match(
      requests.at(-1)?.text ?? '',
      /<evidence id="e1" source="winch0\.md">\nThe winch number 0 of pier 0/,
    );
  });

  it('fits a model with a small window', async () => {
    stage = await setStage(harbour, reader(everyFile.slice(0, 40), answer), { model: 'gpt-4' });
    const state = runState(await stage.ask('What do the winches lift?', { limits: LIMITS }));
    assert.equal(state.outcome, 'answered');
    const longest = Math.max(...(await lengths(stage.server?.requests ?? [], 'gpt-4')));
    assert.ok(longest < 8_192, `${longest} tokens`);
    assert.equal(state.citations?.[0]?.verdict, 'quoted');
  });

  it('is made shorter once where the server says that it is too long', async () => {
    const serve = reader(everyFile.slice(0, 12), answer);
    let refused = 0;
    stage = await setStage(
      harbour,
      async (request) => {
        const [length = 0] = await lengths([request], 'gpt-4o');
        if (length < 6_000) return serve(request);
        refused++;
        const message = "This model's maximum context length is 6000 tokens.";
        return { status: 400, body: { error: { message, code: 'context_length_exceeded' } } };
      },
      { model: 'unheard-of' },
    );
    const events = await stage.ask('What do the winches lift?', { limits: LIMITS });
    assert.deepEqual(finished(events)?.outcome, 'answered');
    assert.ok(refused >= 1 && refused < 6, `${refused} refusals`);
  });

  it('answers a call that another task made with what it returned', async () => {
    const call = { toolCalls: [{ name: 'read_file', arguments: '{"path":"winch7.md"}' }] };
    const plan = [1, 2].map((id) => ({ id, description: `Read ${id}`, dependsOn: id === 2 ? [1] : [] }));
    stage = await setStage(harbour, [
      { text: JSON.stringify({ plan }) },
      call,
      { text: 'Read [e1].' },
      call,
      { text: 'Read again [e1].' },
      { text: JSON.stringify({ answer: `“${sentence(7, 3)}” [e1].`, shortAnswer: '' }) },
    ]);
    const events = await stage.ask('What does winch 7 lift?');
    const { calls, evidence, citations } = runState(events);
    assert.deepEqual(
      Object.values(calls).map(({ repeated, status }) => [repeated, status]),
      [
        [false, 'ok'],
        [true, 'ok'],
      ],
    );
    assert.deepEqual(Object.keys(evidence), ['e1']);
    assert.equal(citations?.[0]?.verdict, 'quoted');
    // The second task was shown the file like the first one.
    assert.match(stage.server?.requests[4]?.last ?? '', /winch number 7 of pier 39/);
  });
});
