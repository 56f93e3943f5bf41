/** Faults of a model server that answers otherwise than it should; those of its stream are in stream.ts. */
import { createOpenAiModel } from '../../src/models/openai';
import { startModelServer, type ScriptEntry } from '../fakes/modelServer';
import { startWebServer } from '../fakes/webServer';
import { ANSWER, ending, FOUND, KEY, laboratory, PLAN, plain, READ, sentenceOf, taskOf } from './modelRun';
import type { FaultRow, Produced } from './row';

const PLANNER = 'planner, over the real client';
const EXECUTOR = 'executor, over the real client';

/** Runs with these replies and says how the run ended. */
const ends =
  (replies: readonly ScriptEntry[], more: (seen: Seen) => readonly string[] = () => []): Produced['see'] =>
  async (stage) => {
    const { server, ask } = await laboratory(stage, { replies });
    const seen = await ask();
    return [ending(seen), ...more({ ...seen, server })].join('; ');
  };

type Laboratory = Awaited<ReturnType<typeof laboratory>>;
type Seen = Awaited<ReturnType<Laboratory['ask']>> & Pick<Laboratory, 'server'>;

const requests = ({ server }: Seen): string => `${server.requests.length} requests`;
const waits = ({ events }: Seen): readonly string[] =>
  events.flatMap((event) => (event.type === 'model.waiting' ? [plain(event.reason)] : []));

/** What the executor was told after its first call, the first line within its fence. */
const told = ({ server }: Seen): string => {
  const message = server.requests[2]?.body.messages.findLast(({ role }) => role === 'tool');
  return `told “${typeof message?.content === 'string' ? message.content.split('\n')[1] : ''}”`;
};

export const MODEL: readonly FaultRow[] = [
  {
    id: 'model/unauthorized',
    fault: 'The server refuses the key (401)',
    where: PLANNER,
    expected: 'The run fails at once with a sentence that names the setting; nothing is sent again.',
    shown: {
      see: ends([{ status: 401, always: true }], (seen) => [requests(seen), sentenceOf(seen)]),
      like: /^failed; unauthorized; no call; 1 requests; the server refused the API key \(401\): check OPENAI_API_KEY, or run “Memento: Set API Key” in the editor\.$/,
      guard: {
        file: 'src/models/backoff.ts',
        find: 'return status === 408 ||',
        replace: 'return status === 401 || status === 408 ||',
      },
    },
  },
  {
    id: 'model/key-repeated',
    fault: 'The server repeats the key in its refusal',
    where: PLANNER,
    expected: 'The key is in no event and not in the log.',
    shown: {
      see: async (stage) => {
        const { ask } = await laboratory(stage, {
          replies: [{ status: 400, body: { error: { message: `You sent ${KEY}` } }, always: true }],
        });
        const seen = await ask();
        const isTold = JSON.stringify([seen.events, seen.log]).includes(KEY);
        return `${ending(seen)}; the key is ${isTold ? '' : 'not '}told`;
      },
      like: 'failed; bad-request; no call; the key is not told',
      guard: {
        file: 'src/models/endpoint.ts',
        find: 'new Secrets([apiKey])\n    .hide(text)',
        replace: 'text',
      },
    },
  },
  {
    id: 'model/rate-limited',
    fault: '429 with Retry-After',
    where: PLANNER,
    expected: 'It waits as long as the server asks, with the time and the reason told, and goes on.',
    shown: {
      see: async (stage) => {
        const slept: number[] = [];
        const { ask } = await laboratory(stage, {
          replies: [{ status: 429, headers: { 'retry-after': '7' } }, PLAN, READ, FOUND, ANSWER],
          planner: { now: () => 0, sleep: async (ms) => void slept.push(ms) },
        });
        const seen = await ask();
        const told = seen.events.flatMap((event) => (event.type === 'model.waiting' ? [event.until] : []));
        return `${ending(seen)}; told ${told.join()} ms, waited ${slept.join()} ms`;
      },
      like: 'answered; read_file ok; told 7000 ms, waited 7000 ms',
      guard: {
        file: 'src/models/attempts.ts',
        find: 'asked ?? backoff(failures)',
        replace: 'backoff(failures)',
      },
    },
  },
  {
    id: 'model/countdown',
    fault: '503 twice',
    where: PLANNER,
    expected: 'It backs off and tries again, and each wait is told with its reason.',
    shown: {
      see: ends([{ status: 503 }, { status: 503 }, PLAN, READ, FOUND, ANSWER], (seen) => [
        requests(seen),
        ...waits(seen),
      ]),
      like: 'answered; read_file ok; 6 requests; the server has a fault (503); the server has a fault (503)',
      guard: {
        file: 'src/models/attempts.ts',
        find: 'options.onWaiting?.(attempts.now() + wait, waitReason(reply, endpoint));',
        replace: '',
      },
    },
  },
  {
    id: 'model/server-error',
    fault: '503 for good',
    where: PLANNER,
    expected: 'It gives up after four tries and says so.',
    shown: {
      see: async (stage) => {
        const { server, ask } = await laboratory(stage, {
          // Ends by itself, so that a client without a limit is seen to have none.
          replies: [...Array.from({ length: 9 }, () => ({ status: 503 })), { status: 400 }],
        });
        const seen = await ask();
        return `${ending(seen)}; ${server.requests.length} requests; ${sentenceOf(seen)}`;
      },
      like: /^failed; server-error; no call; 4 requests; the server .*4 times \(503\): try again later/,
      guard: {
        file: 'src/models/attempts.ts',
        find: 'failures > maxRetries ||',
        replace: '',
      },
    },
  },
  {
    id: 'model/asks-too-long',
    fault: '429 with a Retry-After of an hour',
    where: PLANNER,
    expected: 'The run ends at once and says when to try again.',
    shown: {
      see: ends([{ status: 429, headers: { 'retry-after': '3600' }, always: true }], (seen) => [
        requests(seen),
        sentenceOf(seen),
      ]),
      like: /^failed; rate-limited; no call; 1 requests; .*try again in 60 minutes/,
      guard: { file: 'src/models/attempts.ts', find: ' || wait > MAX_ASKED_MS', replace: '' },
    },
  },
  {
    id: 'model/cancelled-wait',
    fault: 'The run is cancelled while it waits for the server',
    where: 'model client',
    expected: 'The wait ends at once, and nothing more is sent.',
    shown: {
      see: async (stage) => {
        const server = await startModelServer({
          replies: [{ status: 429, headers: { 'retry-after': '200' }, always: true }],
        });
        stage.after(() => server.close());
        const controller = new AbortController();
        // With the real sleep: a wait that goes on is one of 200 seconds.
        const model = createOpenAiModel({ model: 'test-model', baseUrl: server.url });
        const work = model.complete(
          { messages: [{ role: 'user', content: 'Hello' }] },
          { signal: controller.signal, onWaiting: () => setImmediate(() => controller.abort()) },
        );
        const end = await work.then(
          () => 'a reply',
          (error: unknown) => (error instanceof Error ? error.name : 'something thrown'),
        );
        return `${end}; ${server.requests.length} requests`;
      },
      like: 'AbortError; 1 requests',
      guard: {
        file: 'src/models/backoff.ts',
        find: "    signal.addEventListener('abort', done, { once: true });",
        replace: '',
      },
    },
  },
  {
    id: 'model/redirect',
    fault: 'The server redirects to another origin',
    where: PLANNER,
    expected: 'The redirect is not followed: the other server gets neither request nor key.',
    shown: {
      see: async (stage) => {
        const other = await startWebServer((_request, response) => response.writeHead(500).end());
        stage.after(() => other.close());
        const { ask } = await laboratory(stage, {
          replies: [{ status: 307, headers: { location: `${other.origin}/v1` }, body: '', always: true }],
        });
        const seen = await ask();
        return `${ending(seen)}; ${other.requests.length} requests to the other`;
      },
      like: 'failed; bad-reply; no call; 0 requests to the other',
      guard: { file: 'src/models/exchange.ts', find: "redirect: 'manual'", replace: "redirect: 'follow'" },
    },
  },
  {
    id: 'model/web-page',
    fault: '200 with HTML',
    where: PLANNER,
    expected: 'The run fails and says to check the base URL.',
    shown: {
      see: ends(
        [{ raw: '<!doctype html><title>Welcome</title>', contentType: 'text/html', always: true }],
        (seen) => [sentenceOf(seen)],
      ),
      like: /^failed; bad-reply; no call; .* answered with a web page, not a model's reply: check the base URL/,
      guard: {
        file: 'src/models/send.ts',
        find: "if (type.includes('text/html')) return { kind: 'web-page' };",
        replace: '',
      },
    },
  },
  {
    id: 'model/malformed-plan',
    fault: 'A plan that is no JSON, then one that is',
    where: PLANNER,
    expected: 'It is asked once more, with what was wrong, and the run goes on.',
    shown: {
      see: ends([{ text: 'I would first look around.' }, PLAN, READ, FOUND, ANSWER], (seen) => [
        requests(seen),
      ]),
      like: 'answered; read_file ok; 5 requests',
      guard: {
        file: 'src/core/agent/llm/planner.ts',
        find: '  if (step.ok) return step;\n\n',
        replace: '  return step;\n\n',
      },
    },
  },
  {
    id: 'model/malformed-twice',
    fault: 'A plan that is no JSON, twice',
    where: PLANNER,
    expected: 'After one repair the run fails and says what the model did.',
    shown: {
      see: ends([{ text: 'Well.' }, { text: 'Well.' }], (seen) => [requests(seen), sentenceOf(seen)]),
      like: /^failed; bad-plan; no call; 2 requests; The planner model test-model twice gave a reply that is not a plan/,
      guard: {
        file: 'src/core/agent/llm/planner.ts',
        find: 'return repaired.ok ? repaired : failed(',
        replace: 'return repaired.ok ? repaired : nextStep(model, input).then(() => repaired) ?? failed(',
      },
    },
  },
  {
    id: 'model/malformed-arguments',
    fault: 'Tool arguments that are no JSON',
    where: EXECUTOR,
    expected: 'The tool does not run; the model is told what is wrong and calls again.',
    shown: {
      see: ends(
        [PLAN, { toolCalls: [{ name: 'read_file', arguments: '{"path": "depth' }] }, READ, FOUND, ANSWER],
        (seen) => [told(seen)],
      ),
      like: /^answered; read_file failed, read_file ok; told “The arguments of read_file are wrong\./,
      guard: {
        file: 'src/core/agent/toolbox.ts',
        find: 'if (!parsed.success) {',
        replace: 'if (!parsed.success && parsed.error === undefined) {',
      },
    },
  },
  {
    id: 'model/unknown-tool',
    fault: 'A tool that there is not',
    where: EXECUTOR,
    expected: 'The model is told which tools there are and goes on.',
    shown: {
      see: ends([PLAN, { toolCalls: [{ name: 'rm_rf', arguments: {} }] }, READ, FOUND, ANSWER], (seen) => [
        told(seen),
      ]),
      like: /^answered; rm_rf failed, read_file ok; told “There is no tool “rm_rf”\. The tools are: .*read_file/,
      guard: {
        file: 'src/core/agent/toolbox.ts',
        find: '    if (!tool) {\n',
        replace: '    if (name === "") {\n',
      },
    },
  },
  {
    id: 'model/unknown-argument',
    fault: 'An argument of the wrong type and one that there is not',
    where: EXECUTOR,
    expected: 'The model is told which one is wrong, and the tool does not run.',
    shown: {
      see: ends(
        [
          PLAN,
          { toolCalls: [{ name: 'read_file', arguments: { path: 7, mode: 'x' } }] },
          READ,
          FOUND,
          ANSWER,
        ],
        (seen) => [told(seen)],
      ),
      like: /^answered; read_file failed, read_file ok; told “The arguments of read_file are wrong\. path: /,
      guard: {
        file: 'src/core/agent/toolbox.ts',
        find: "`${issue.path.join('.') || 'arguments'}: ${issue.message}`",
        replace: '`${issue.message}`',
      },
    },
  },
  {
    id: 'model/same-id',
    fault: 'Two calls with one id',
    where: EXECUTOR,
    expected: 'Both run, and each result goes back under an id of its own.',
    shown: {
      see: ends(
        [
          PLAN,
          {
            toolCalls: [
              { name: 'read_file', arguments: { path: 'depth.md' }, id: 'same' },
              { name: 'calculate', arguments: { expression: '6*7' }, id: 'same' },
            ],
          },
          FOUND,
          ANSWER,
        ],
        ({ server }) => {
          const ids = server.requests[2]?.body.messages.flatMap((message) =>
            message.role === 'tool' ? [message.tool_call_id] : [],
          );
          return [`${new Set(ids).size} ids`];
        },
      ),
      like: 'answered; read_file ok, calculate ok; 2 ids',
      guard: {
        file: 'src/models/toolCallDrafts.ts',
        find: 'id !== undefined && !taken.has(id)',
        replace: 'id !== undefined',
      },
    },
  },
  {
    id: 'model/same-call',
    fault: 'The same call again and again',
    where: EXECUTOR,
    expected: 'From the third time on it is refused with advice.',
    shown: {
      see: ends([PLAN, READ, READ, READ, FOUND, ANSWER]),
      like: 'answered; read_file ok, read_file ok, read_file failed',
      guard: {
        file: 'src/core/agent/toolbox.ts',
        find: 'if (times < SAME_CALL_LIMIT ||',
        replace: 'if (times >= 0 ||',
      },
    },
  },
  {
    id: 'model/endless-calls',
    fault: 'A model that only ever calls tools',
    where: EXECUTOR,
    expected: 'At the limit of calls it is offered no tools any more and has to answer.',
    shown: {
      see: async (stage) => {
        let n = 0;
        const { server, ask } = await laboratory(stage, {
          limits: { toolCalls: 3, modelCalls: 12 },
          replies: (request, index) => {
            if (index === 0) return PLAN;
            if (request.body.tools) {
              return { toolCalls: [{ name: 'calculate', arguments: { expression: `${++n}+1` } }] };
            }
            return index === server.requests.length - 1 && n > 0 && !request.body.response_format
              ? FOUND
              : ANSWER;
          },
        });
        const seen = await ask();
        return `${ending(seen)}; ${server.requests.length} requests`;
      },
      like: 'answered; calculate ok, calculate ok, calculate ok; 6 requests',
      guard: {
        file: 'src/core/agent/llm/executor.ts',
        find: 'const mayCall = input.callsLeft() > 0;',
        replace: 'const mayCall = true;',
      },
    },
  },
  {
    id: 'model/endless-requests',
    fault: 'A run that needs more requests than it may make',
    where: 'budget',
    expected: 'At the limit one answer is forced from what is known, and the outcome says so.',
    shown: {
      see: async (stage) => {
        let n = 0;
        const { server, ask } = await laboratory(stage, {
          limits: { modelCalls: 4 },
          replies: (request, index) => {
            if (index === 0) return PLAN;
            if (!request.body.tools) return ANSWER;
            return { toolCalls: [{ name: 'calculate', arguments: { expression: `${++n}+1` } }] };
          },
        });
        const seen = await ask();
        return `${ending(seen)}; ${server.requests.length} requests; ${sentenceOf(seen)}`;
      },
      like: /^exhausted; limit; .*; 5 requests; The run reached its limit of 4 model calls/,
      guard: {
        file: 'src/core/agent/budget.ts',
        find: 'if (this.#calls >= modelCalls)',
        replace: 'if (this.#calls >= modelCalls + 3)',
      },
    },
  },
  {
    id: 'model/empty-result',
    fault: 'Empty content of the executor',
    where: EXECUTOR,
    expected: 'It is told once; then the task has no result, and the run goes on.',
    shown: {
      see: ends([PLAN, { text: '' }, { text: '' }, ANSWER], (seen) => [requests(seen), taskOf(seen)]),
      like: 'answered; no call; 4 requests; task done: The executor gave no result.',
      guard: {
        file: 'src/core/agent/llm/executor.ts',
        find: "if (text.trim() !== '' || nudged)",
        replace: "if (text.trim() !== '')",
      },
    },
  },
  {
    id: 'model/empty-plan',
    fault: 'Empty content of the planner',
    where: PLANNER,
    expected: 'One repair, then the run fails and says what the model did.',
    shown: {
      see: ends([{ text: '', always: true }], (seen) => [requests(seen)]),
      like: 'failed; bad-plan; no call; 2 requests',
      guard: {
        file: 'src/core/agent/llm/plannerReply.ts',
        find: "    return failed('bad-plan', 'the reply is not JSON');",
        replace: "    return ok({ kind: 'answer', answer: '', shortAnswer: '', abstained: false });",
      },
    },
  },
];
