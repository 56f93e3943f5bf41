import assert from 'node:assert/strict';
import { Budget } from '../../../../src/core/agent/budget';
import type { RunEventBody } from '../../../../src/core/agent/events';
import type { Limits } from '../../../../src/core/agent/limits';
import { DEFAULT_LIMITS } from '../../../../src/core/agent/limits';
import { ok } from '../../../../src/core/common/result';
import type { ChatModel, ChatUsage } from '../../../../src/core/ports';
import { ManualClock } from '../../../fakes/memoryRuns';

const signal = new AbortController().signal;

function setUp(
  limits: Partial<Limits>,
  reported: ChatUsage | 'nothing' = { inputTokens: 100, outputTokens: 20 },
) {
  const usage = reported === 'nothing' ? undefined : reported;
  const clock = new ManualClock();
  const events: RunEventBody[] = [];
  const budget = new Budget(
    { ...DEFAULT_LIMITS, ...limits },
    { 'model-1': { input: 2, output: 10 } },
    clock,
    (event) => events.push(event),
  );
  const model: ChatModel = {
    id: 'model-1',
    complete: async () => ok({ text: 'x'.repeat(40), toolCalls: [], finish: 'stop', usage }),
  };
  const metered = budget.metered(model);
  const call = async () => {
    const reply = await metered.complete(
      { messages: [{ role: 'user', content: 'y'.repeat(80) }] },
      { signal },
    );
    return reply.ok ? 'ok' : reply.fault.code;
  };
  return { budget, call, clock, events, model };
}

describe('budget', () => {
  it('stops at the model calls, and says which setting it was', async () => {
    const { budget, call } = setUp({ modelCalls: 2 });
    assert.deepEqual([await call(), await call(), await call()], ['ok', 'ok', 'limit']);
    assert.match(budget.reached()?.message ?? '', /2 model calls \(memento\.limits\.modelCalls\)/);
  });

  it('stops at tokens and cost', async () => {
    const tokens = setUp({ tokens: 200 });
    assert.deepEqual([await tokens.call(), await tokens.call(), await tokens.call()], ['ok', 'ok', 'limit']);
    const cost = setUp({ cost: 0.0005 });
    // 100 × $2 + 20 × $10 a million tokens = $0.0004 a call.
    assert.deepEqual([await cost.call(), await cost.call(), await cost.call()], ['ok', 'ok', 'limit']);
    const nothing = setUp({ cost: 0 });
    assert.deepEqual([await nothing.call(), await nothing.call()], ['ok', 'limit']);
    assert.equal(setUp({ cost: 0 }).budget.reached(), undefined, 'what costs nothing may go on');
  });

  it('books the price, and says unknown for a model without one', async () => {
    const { budget, call, events } = setUp({});
    await call();
    assert.deepEqual(events.at(-1), {
      type: 'usage',
      inputTokens: 100,
      outputTokens: 20,
      cost: 0.0004,
      modelCalls: 1,
    });
    const unpriced: ChatModel = {
      id: 'other',
      complete: async () => ok({ text: '', toolCalls: [], finish: 'stop', usage: undefined }),
    };
    await budget.metered(unpriced).complete({ messages: [] }, { signal });
    const last = events.at(-1);
    assert.equal(last?.type === 'usage' ? last.cost : 'no usage', null);
  });

  it('estimates tokens where the server reports none', async () => {
    const { call, events } = setUp({}, 'nothing');
    await call();
    const last = events.at(-1);
    // 80 and 40 characters, four a token; 3 tokens around the message and 3 before the reply.
    assert.deepEqual(last?.type === 'usage' ? [last.inputTokens, last.outputTokens] : [], [26, 10]);
  });

  it('counts the prompt that is about to be sent, and stops before it is', async () => {
    const { call, events } = setUp({ tokens: 145 });
    // 26 are sent, 120 are booked: the next 26 would be too many.
    assert.deepEqual([await call(), await call()], ['ok', 'limit']);
    assert.equal(events.filter(({ type }) => type === 'usage').length, 1);
  });

  it('learns from what the server reports how it counts', async () => {
    const { budget, model } = setUp({}, { inputTokens: 52, outputTokens: 1 });
    const metered = budget.metered(model);
    const request = { messages: [{ role: 'user', content: 'y'.repeat(80) }] } as const;
    assert.equal(await metered.tokens?.count('z'.repeat(80)), 20);
    await metered.complete(request, { signal });
    // Twice the 26 that were counted.
    assert.equal(await metered.tokens?.count('z'.repeat(80)), 40);
  });

  it('does not count the time a person is waited for', async () => {
    const { budget, call, clock } = setUp({ minutes: 1 });
    await budget.offTheClock(async () => clock.advance(3_600_000));
    assert.equal(await call(), 'ok');
    clock.advance(60_000);
    assert.equal(await call(), 'limit');
  });

  it('lets the one forced answer pass', async () => {
    const { budget, call } = setUp({ modelCalls: 0 });
    assert.equal(await call(), 'limit');
    budget.grantLastWord();
    assert.equal(await call(), 'ok');
  });

  it('counts a transcription as a call of a model, whose cost is not known', async () => {
    const { budget, call, events } = setUp({ modelCalls: 2 });
    const ears = budget.meteredTranscriber({
      id: 'ears',
      transcribe: async () => ok({ text: 'words', segments: [] }),
    });
    const audio = { name: 'a.wav', bytes: new Uint8Array() };
    await call();
    assert.ok((await ears.transcribe(audio, signal)).ok);
    const { modelCalls, cost } = events.findLast((event) => event.type === 'usage') ?? {};
    assert.deepEqual([modelCalls, cost], [2, null]);
    const third = await ears.transcribe(audio, signal);
    assert.equal(third.ok ? 'ok' : third.fault.code, 'limit');
  });

  it('takes an image for more than its words where the server reports no usage', async () => {
    const { budget, events } = setUp({}, 'nothing');
    const metered = budget.metered({
      id: 'eyes',
      complete: async () => ok({ text: '', toolCalls: [], finish: 'stop', usage: undefined }),
    });
    const image = { mediaType: 'image/png', bytes: new Uint8Array() } as const;
    await metered.complete({ messages: [{ role: 'user', content: '', images: [image, image] }] }, { signal });
    const { inputTokens = 0 } = events.findLast((event) => event.type === 'usage') ?? {};
    assert.ok(inputTokens >= 1_000, String(inputTokens));
  });
});
