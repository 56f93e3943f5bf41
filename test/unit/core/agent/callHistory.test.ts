import assert from 'node:assert/strict';
import { CallHistory } from '../../../../src/core/agent/llm/history';
import type { TokenCounter } from '../../../../src/core/ports';
import type { Evidence } from '../../../../src/core/tools/evidence';

/** A token a character. */
const counter = (): TokenCounter => ({ exact: true, count: async (text) => text.length });

const evidence = (id: string, text: string): Evidence => ({
  id,
  callId: 'c1',
  source: 'a.md',
  title: 'A',
  locator: { kind: 'lines', start: 1, end: 1 },
  text,
  hash: '',
  readAt: 0,
});

/** Calls that found every other evidence, as those of a task do that has another one beside it. */
function historyOf(calls: number, tokens: TokenCounter): CallHistory {
  const history = new CallHistory(tokens);
  for (let n = 0; n < calls; n++) {
    const call = { id: `call_${n}`, name: 'read_file', arguments: `{"startLine":${n}}` };
    const found = evidence(`e${2 * n + 1}`, 'The rope is 60 m long.');
    const content = `[${found.id}] ${found.text}`;
    history.add({ text: '', toolCalls: [call] }, [{ ok: true, content, preview: '', evidence: [found] }]);
  }
  return history;
}

describe('the calls of a long task', () => {
  it('stay within their room, and the list tells of old evidence in a line that does not grow', async () => {
    for (const calls of [200, 400]) {
      const { messages, listed } = await historyOf(calls, counter()).within(2_000);
      const length = messages.reduce((sum, { content }) => sum + content.length, listed.length);
      assert.ok(length <= 2_000, `${length} of ${calls} calls`);
      const [first = ''] = listed.split('\n');
      assert.match(first, /^- \d+ calls before these found some of e1-e\d+, e\d+, e\d+/);
      assert.ok(first.length < 400, first);
    }
  });

  it('are written once: asked again, they are the same messages', async () => {
    const history = historyOf(100, counter());
    const before = await history.within(2_000);
    const after = await history.within(2_000);
    assert.equal(after.listed, before.listed);
    assert.ok(before.messages.length > 0);
    for (const [i, message] of before.messages.entries()) assert.equal(after.messages[i], message);
  });
});
