/** Faults of a model's reply on its way: a stream that ends, hangs or is garbled anywhere. */
import type { ModelRequest, RawReply, ScriptedReply, ScriptEntry } from '../fakes/modelServer';
import { ANSWER, ending, FOUND, laboratory, PLAN, READ, type RunSeen, taskOf } from './modelRun';
import { type FaultRow, PATIENCE, type Produced } from './row';

const CLIENT = 'model client, through a whole run';

const event = (data: object): string => `data: ${JSON.stringify(data)}\n\n`;
const delta = (part: object): string => event({ choices: [{ delta: part }] });
const piece = (index: number, more: object): object => ({ tool_calls: [{ index, ...more }] });

/** A reply with text of several scripts and two calls in pieces, as short as it can be. */
const REPLY = Buffer.from(
  [
    delta({ content: 'Grüße 東京 👩‍🔬' }),
    delta(piece(0, { id: 'a', function: { name: 'read_file', arguments: '{"path":' } })),
    delta(piece(0, { function: { arguments: '"depth.md"}' } })),
    delta(piece(1, { id: 'b', function: { name: 'calculate', arguments: '{"expression":"6*7"}' } })),
    event({ choices: [{ delta: {}, finish_reason: 'tool_calls' }] }),
    'data: [DONE]\n\n',
  ].join(''),
);
const ARGUMENTS = ['{"path":"depth.md"}', '{"expression":"6*7"}'];

/** In one piece, so that only what is never sent is waited for. */
const RESULT = event({ choices: [{ delta: { content: FOUND.text }, finish_reason: 'stop' }] });

/** Runs at a time. */
const TOGETHER = 16;

/** How the reply goes out that is harmed at a byte. */
type Harm = (at: number) => Omit<RawReply, 'raw'> & Partial<RawReply>;

/**
 * A run for each byte of the reply, by the bytes' places.
 * @param idleTimeoutMs of the model that gets the reply
 */
async function atEveryByte(
  stage: Parameters<Produced['see']>[0],
  harm: Harm,
  idleTimeoutMs = PATIENCE,
): Promise<readonly RunSeen[]> {
  const answer = (request: ModelRequest): ScriptedReply => {
    if (!request.body.tools) return /No more tasks|Reply with the answer/.test(request.last) ? ANSWER : PLAN;
    if (request.body.messages.some(({ role }) => role === 'tool')) return { raw: RESULT };
    const [, at] = /byte (\d+)/.exec(request.last) ?? [];
    return { raw: REPLY, ...harm(Number(at)) };
  };
  const { ask } = await laboratory(stage, {
    replies: answer,
    remembers: false,
    limits: { cycles: 1 },
    executor: { idleTimeoutMs, startTimeoutMs: PATIENCE },
  });
  const seen: RunSeen[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < REPLY.length) {
      const at = next++;
      seen[at] = await ask(`What is at byte ${at}?`);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return seen;
}

/** Stretches of bytes at which the runs ended alike. */
function stretches(seen: readonly RunSeen[]): string {
  const found: { from: number; to: number; end: string }[] = [];
  for (const [at, each] of seen.entries()) {
    const end = `${ending(each)}; ${taskOf(each)}`;
    const last = found.at(-1);
    if (last?.end === end) last.to = at;
    else found.push({ from: at, to: at, end });
  }
  return found.map(({ from, to, end }) => `bytes ${from}–${to}: ${end}`).join(' · ');
}

/** How many runs ended in the log, with how many different sentences, and what was run that the reply did not ask for. */
function census(seen: readonly RunSeen[]): string {
  const ended = seen.filter(({ state }) => state.outcome === 'answered').length;
  const half = seen.flatMap(({ state }) =>
    Object.values(state.calls).filter(
      (call) => call.status === 'ok' && !ARGUMENTS.includes(JSON.stringify(call.arguments)),
    ),
  );
  const failed = seen.filter(({ state }) => state.tasks[0]?.status === 'failed').map(taskOf);
  const sentences = [...new Set(failed)].map((text) =>
    text.replace(/^.*?(not a model's reply|broke off).*/, '$1'),
  );
  return `${ended} of ${seen.length} runs ended; ${half.length} calls with other arguments; tasks failed as: ${sentences.sort().join(', ')}`;
}

/** As sockets may do, and seldom do on loopback. */
const byteByByte: typeof fetch = async (input, init) => {
  const { body, status, headers } = await fetch(input, init);
  const split = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => {
      for (const byte of chunk) controller.enqueue(Uint8Array.of(byte));
    },
  });
  return new Response(body?.pipeThrough(split) ?? null, { status, headers });
};

const ends =
  (reply: ScriptEntry): Produced['see'] =>
  async (stage) => {
    const { ask } = await laboratory(stage, {
      replies: [PLAN, reply, { ...FOUND, when: ({ last }) => last.includes('41 m'), always: true }, ANSWER],
      limits: { cycles: 1 },
    });
    const seen = await ask();
    return `${ending(seen)}; ${taskOf(seen)}`;
  };

const BROKE_OFF = 'task failed: The reply of the server broke off before it was finished: try again.';
const WHOLE = 'answered; read_file ok, calculate ok; task done: It is 41 m deep.';
const ONE_CALL = 'answered; read_file ok; task done: It is 41 m deep.';

export const STREAM: readonly FaultRow[] = [
  {
    id: 'stream/closed-anywhere',
    fault: 'The connection closes, at every byte of a reply with text and two calls',
    where: CLIENT,
    expected: 'Before the finish reason no call is run and the task has failed; after it the reply is whole.',
    shown: {
      see: async (stage) => stretches(await atEveryByte(stage, (at) => ({ cut: { at, how: 'close' } }))),
      like: `bytes 0–501: answered; no call; ${BROKE_OFF} · bytes 502–515: ${WHOLE}`,
      guard: { file: 'src/models/failure.ts', find: "answering ? { kind: 'cut' } : ", replace: '' },
    },
  },
  {
    id: 'stream/hangs-anywhere',
    fault: 'The server falls silent, after every byte of a reply with text and two calls',
    where: CLIENT,
    expected: 'After the idle time the task has failed with no call run; a reply that was whole is taken.',
    shown: {
      see: async (stage) =>
        stretches(await atEveryByte(stage, (at) => ({ cut: { at: at + 1, how: 'hang' } }), 40)),
      like: `bytes 0–500: answered; no call; task failed: the server has sent nothing for 40 ms: try again, or check whether the server is overloaded. · bytes 501–515: ${WHOLE}`,
      guard: {
        file: 'src/models/send.ts',
        find: "return afterMs === undefined || builder.finished ? undefined : { kind: 'stalled', afterMs };",
        replace: 'return undefined;',
      },
    },
  },
  {
    id: 'stream/garbled-anywhere',
    fault: 'A byte is replaced by one that is never in UTF-8, at every byte of such a reply',
    where: CLIENT,
    expected: 'Every run ends in its log, and no call succeeds whose arguments are not those of the reply.',
    shown: {
      see: async (stage) =>
        census(await atEveryByte(stage, (at) => ({ raw: REPLY.map((byte, i) => (i === at ? 0xff : byte)) }))),
      like: "516 of 516 runs ended; 0 calls with other arguments; tasks failed as: broke off, not a model's reply",
      guard: {
        file: 'src/models/failure.ts',
        find: "if (error instanceof SyntaxError) return { kind: 'malformed' };",
        replace: '',
      },
    },
  },
  {
    id: 'stream/silent-start',
    fault: 'The server takes the request and says nothing',
    where: CLIENT,
    expected: 'After the time that a start may take the task has failed.',
    shown: {
      see: async (stage) => {
        const { ask } = await laboratory(stage, {
          replies: [
            PLAN,
            // Also where it is given up before it has arrived.
            { text: '', cut: { at: 'start', how: 'hang' }, when: ({ body }) => body.tools !== undefined },
            ANSWER,
          ],
          limits: { cycles: 1 },
          executor: { startTimeoutMs: 50 },
        });
        const seen = await ask();
        return `${ending(seen)}; ${taskOf(seen)}`;
      },
      like: 'answered; no call; task failed: the server has sent nothing for 50 ms: try again, or check whether the server is overloaded.',
      guard: { file: 'src/models/exchange.ts', find: '    alive(patience.startMs);\n', replace: '' },
    },
  },
  {
    id: 'stream/no-finish-reason',
    fault: 'A stream with a whole call that ends with no finish reason',
    where: CLIENT,
    expected: 'It is a failure, and the call is not run.',
    shown: {
      see: ends({ ...READ, finish: null }),
      like: `answered; no call; ${BROKE_OFF}`,
      guard: {
        file: 'src/models/reply.ts',
        find: "if (reason === undefined) return { kind: 'cut' };",
        replace: '',
      },
    },
  },
  {
    id: 'stream/cut-by-limit',
    fault: 'The limit of tokens cuts a call in half',
    where: CLIENT,
    expected: 'The whole call before it is run, the half one is not.',
    shown: {
      see: ends({
        toolCalls: [...READ.toolCalls, { name: 'read_file', arguments: '{"path":"no' }],
        finish: 'length',
      }),
      like: ONE_CALL,
      guard: { file: 'src/models/toolCallDrafts.ts', find: ' && !(isCut && !isJson(text))', replace: '' },
    },
  },
  {
    id: 'stream/error-event',
    fault: 'An error object in the middle of a stream, after a whole call',
    where: CLIENT,
    expected: 'The task has failed with the words of the server, and the call is not run.',
    shown: {
      see: ends({
        ...READ,
        failAfter: { chunks: 9, error: { message: 'GPU on fire', code: 'server_error' } },
      }),
      like: 'answered; no call; task failed: the server broke off its reply with an error: try again; the server says “GPU on fire”.',
      guard: {
        file: 'src/models/failure.ts',
        find: 'if (event !== undefined) return',
        replace: 'if (event === "") return',
      },
    },
  },
  {
    id: 'stream/overloaded-event',
    fault: 'An error object with code 503 in place of the first text',
    where: CLIENT,
    expected: 'The request is sent again, since nothing of the reply has been shown.',
    shown: {
      see: async (stage) => {
        const overloaded = { failAfter: { chunks: 0, error: { message: 'Overloaded', code: 503 } } };
        const { ask, server } = await laboratory(stage, {
          replies: [PLAN, { ...READ, ...overloaded }, READ, FOUND, ANSWER],
        });
        const seen = await ask();
        return `${ending(seen)}; ${server.requests.length} requests`;
      },
      like: 'answered; read_file ok; 5 requests',
      guard: { file: 'src/models/backoff.ts', find: '!trouble.started &&', replace: 'trouble.started &&' },
    },
  },
  {
    id: 'stream/split-utf8',
    fault: 'UTF-8 sequences split across chunks: one byte at a time',
    where: CLIENT,
    expected: 'The text arrives whole.',
    shown: {
      see: async (stage) => {
        const { ask } = await laboratory(stage, {
          replies: [PLAN, { text: 'Grüße aus Łódź: 東京 👩‍🔬' }, ANSWER],
          executor: { fetch: byteByByte },
        });
        const seen = await ask();
        return `${ending(seen)}; ${taskOf(seen)}`;
      },
      like: 'answered; no call; task done: Grüße aus Łódź: 東京 👩‍🔬',
      guard: {
        file: 'src/models/exchange.ts',
        find: 'controller.enqueue(chunk);',
        replace: 'controller.enqueue(new TextEncoder().encode(new TextDecoder().decode(chunk)));',
      },
    },
  },
  {
    id: 'stream/line-ends',
    fault: 'CRLF line ends and comments between the events, three bytes at a time',
    where: CLIENT,
    expected: 'The calls arrive whole.',
    shown: {
      see: ends({ ...READ, wire: { lineEnding: '\r\n', comments: true, bytesPerWrite: 3 } }),
      like: ONE_CALL,
      guard: { library: 'openai' },
    },
  },
];
