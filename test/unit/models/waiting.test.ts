import assert from 'node:assert/strict';
import { isAbortError } from '../../../src/core/common/abort';
import type { ScriptEntry } from '../../fakes/modelServer';
import { ask, exchange, faultIn, modelAt, NOW, withServer, withTools } from './support';

const busy = (status: number, headers: Record<string, string> = {}): ScriptEntry => ({ status, headers });

describe('backing off', () => {
  const asked: [string, Record<string, string>, number][] = [
    ['seconds', { 'retry-after': '7' }, 7000],
    ['a date', { 'retry-after': new Date(NOW + 12_000).toUTCString() }, 12_000],
    ['a date that is past', { 'retry-after': new Date(NOW - 5000).toUTCString() }, 0],
    ['milliseconds', { 'retry-after-ms': '250' }, 250],
    ['milliseconds before seconds', { 'retry-after-ms': '250', 'retry-after': '9' }, 250],
  ];
  for (const [name, headers, ms] of asked) {
    it(`waits as long as the server asks, in ${name}`, () =>
      withServer({ replies: [busy(429, headers), { text: 'hi' }] }, async (server) => {
        const { result, waits } = await exchange(modelAt(server.url), ask('Hello'));
        assert.ok(result.ok);
        assert.deepEqual(waits, [{ ms, reason: `127.0.0.1:${server.port} limits requests (429)` }]);
      }));
  }

  it('doubles its own waits, and says so at each', () =>
    withServer(
      { replies: [busy(500), busy(503), busy(429, { 'retry-after': 'soon' }), { text: 'hi' }] },
      async (server) => {
        const slept: number[] = [];
        const model = modelAt(server.url, {
          sleep: (ms) => {
            slept.push(ms);
            return Promise.resolve();
          },
        });
        const { result, waits } = await exchange(model, ask('Hello'));
        assert.ok(result.ok);
        assert.deepEqual(
          waits.map(({ reason }) => reason.replace(/^\S+ /, '')),
          ['has a fault (500)', 'has a fault (503)', 'limits requests (429)'],
        );
        waits.forEach(({ ms }, i) =>
          assert.ok(ms > 750 * 2 ** i - 1 && ms <= 1000 * 2 ** i, `wait ${i}: ${ms}`),
        );
        assert.deepEqual(
          slept.map(Math.round),
          waits.map(({ ms }) => Math.round(ms)),
        );
      },
    ));

  for (const [status, code] of [
    [429, 'rate-limited'],
    [503, 'server-error'],
  ] as const) {
    it(`gives up after four tries with ${code}`, () =>
      withServer({ replies: [{ status, always: true }] }, async (server) => {
        const { result, waits } = await exchange(modelAt(server.url), ask('Hello'));
        assert.match(faultIn(result, code), new RegExp(`4 t(?:imes|ries) \\(${status}\\): try again later`));
        assert.deepEqual([waits.length, server.requests.length], [3, 4]);
      }));
  }

  it('ends at once where the server asks for more than five minutes', () =>
    withServer({ replies: [busy(429, { 'retry-after': '3600' })] }, async (server) => {
      const { result, waits } = await exchange(modelAt(server.url), ask('Hello'));
      assert.match(faultIn(result, 'rate-limited'), /try again in 60 minutes/);
      assert.deepEqual(waits, []);
    }));

  it('obeys x-should-retry', () =>
    withServer(
      {
        replies: [
          busy(500, { 'x-should-retry': 'false' }),
          busy(400, { 'x-should-retry': 'true' }),
          { text: 'hi' },
        ],
      },
      async (server) => {
        const model = modelAt(server.url);
        faultIn((await exchange(model, ask('Hello'))).result, 'server-error');
        assert.equal((await exchange(model, ask('Hello'))).waits.length, 1);
      },
    ));

  it('tries again where the connection breaks before the answer', () =>
    withServer(
      { replies: [{ text: '', cut: { at: 'start', how: 'close' } }, { text: 'hi' }] },
      async (server) => {
        const { result, waits } = await exchange(modelAt(server.url), ask('Hello'));
        assert.ok(result.ok);
        assert.match(waits[0]?.reason ?? '', /closed the connection$/);
      },
    ));

  it('tries again after an error in place of the first text, but never once text has arrived', () => {
    const overloaded = { message: 'Overloaded', code: 503 };
    return withServer(
      {
        replies: [
          { text: 'a word', failAfter: { chunks: 0, error: overloaded } },
          { text: 'a word', failAfter: { chunks: 1, error: overloaded } },
        ],
      },
      async (server) => {
        const { result, waits, shown } = await exchange(modelAt(server.url), ask('Hello'));
        faultIn(result, 'server-error');
        assert.deepEqual([waits.length, server.requests.length, shown], [1, 2, 'a word']);
      },
    );
  });
});

describe('a stream that stalls', () => {
  it('before the answer', () =>
    withServer({ replies: [{ text: 'x', cut: { at: 'start', how: 'hang' } }] }, async (server) => {
      const model = modelAt(server.url, { startTimeoutMs: 500 });
      const { result } = await exchange(model, ask('Hello'));
      assert.match(faultIn(result, 'stalled'), /has sent nothing for 500 ms: try again/);
      await closedEarly(server.requests[0]);
    }));
  it('in the middle', () =>
    withServer({ replies: [{ text: 'one two three', cut: { at: 300, how: 'hang' } }] }, async (server) => {
      const { result } = await exchange(
        modelAt(server.url, { idleTimeoutMs: 40, startTimeoutMs: 10_000 }),
        withTools('Hello'),
      );
      faultIn(result, 'stalled');
      await closedEarly(server.requests[0]);
    }));
  it('in the body of an error', () =>
    withServer(
      { replies: [{ raw: '{"choi', contentType: 'application/json', cut: { at: 3, how: 'hang' } }] },
      async (server) => {
        const { result } = await exchange(
          modelAt(server.url, { idleTimeoutMs: 40, startTimeoutMs: 10_000 }),
          ask('Hello'),
        );
        faultIn(result, 'stalled');
      },
    ));
  it('is not one that is slow, or kept alive by comments', () =>
    withServer(
      {
        wire: { delayMs: 110, comments: true, charactersPerChunk: 1 },
        replies: [{ text: 'slow and steady' }],
      },
      async (server) => {
        const model = modelAt(server.url, { idleTimeoutMs: 1500, startTimeoutMs: 10_000 });
        assert.ok((await exchange(model, ask('Hello'))).result.ok);
      },
    ));
});

describe('aborting', () => {
  const aborts = async (work: Promise<unknown>) => {
    await assert.rejects(work, (error: unknown) => isAbortError(error));
  };

  it('before the request sends none', () =>
    withServer({}, async (server) => {
      await aborts(exchange(modelAt(server.url), ask('Hello'), AbortSignal.abort()));
      assert.equal(server.requests.length, 0);
    }));
  it('before the answer', () =>
    withServer({ replies: [{ text: 'x', cut: { at: 'start', how: 'hang' } }] }, async (server) => {
      const controller = new AbortController();
      const work = exchange(modelAt(server.url), ask('Hello'), controller.signal);
      await server.received(1);
      controller.abort(new Error('another reason'));
      await aborts(work);
      await closedEarly(server.requests[0]);
    }));
  it('in the middle of a stream', () =>
    withServer({ replies: [{ text: 'one two three', cut: { at: 400, how: 'hang' } }] }, async (server) => {
      const controller = new AbortController();
      const work = modelAt(server.url).complete(ask('Hello'), {
        signal: controller.signal,
        onText: () => controller.abort(),
      });
      await aborts(work);
      await closedEarly(server.requests[0]);
    }));
  it('while waiting, at once', () =>
    withServer({ replies: [busy(429, { 'retry-after': '200' })] }, async (server) => {
      const controller = new AbortController();
      // With the real sleep, so that a wait that did not end would time the test out.
      const work = modelAt(server.url, { sleep: undefined }).complete(ask('Hello'), {
        signal: controller.signal,
        onWaiting: () => setImmediate(() => controller.abort()),
      });
      await aborts(work);
      assert.equal(server.requests.length, 1);
    }));
  it('while the models are listed for a sentence', () =>
    withServer(
      { replies: [{ status: 404, body: { error: { message: 'model not found' } } }] },
      async (server) => {
        const controller = new AbortController();
        const model = modelAt(server.url, {
          fetch: (input, init) => {
            if (typeof input === 'string' && input.endsWith('/models')) controller.abort();
            return fetch(input, init);
          },
        });
        await aborts(exchange(model, ask('Hello'), controller.signal));
      },
    ));
  it('leaves no listener on the signal', () =>
    withServer({ replies: [{ text: 'hi', always: true }] }, async (server) => {
      const { signal } = new AbortController();
      let listeners = 0;
      const add = signal.addEventListener.bind(signal);
      const remove = signal.removeEventListener.bind(signal);
      signal.addEventListener = (...args: Parameters<typeof add>) => {
        listeners++;
        add(...args);
      };
      signal.removeEventListener = (...args: Parameters<typeof remove>) => {
        listeners--;
        remove(...args);
      };
      await exchange(modelAt(server.url), ask('Hello'), signal);
      assert.equal(listeners, 0);
    }));
});

it('a listener that throws is a bug, not a fault', () =>
  withServer({ replies: [{ text: 'hi' }] }, async (server) => {
    const work = modelAt(server.url).complete(ask('Hello'), {
      signal: new AbortController().signal,
      onText: () => {
        throw new RangeError('bug');
      },
    });
    await assert.rejects(work, RangeError);
  }));

/** The server notices on its own time that the client has gone. */
async function closedEarly(request: { closedEarly: boolean | undefined } | undefined): Promise<void> {
  assert.ok(request, 'the request has not arrived');
  for (let tries = 0; request.closedEarly === undefined && tries < 1000; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  assert.equal(request.closedEarly, true);
}
