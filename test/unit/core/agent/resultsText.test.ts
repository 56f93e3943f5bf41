import assert from 'node:assert/strict';
import { resultsText } from '../../../../src/core/agent/llm/resultsText';
import { PromptTokens } from '../../../../src/core/agent/promptTokens';
import type { TaskRecord } from '../../../../src/core/agent/roles';
import type { Evidence } from '../../../../src/core/tools/evidence';

const LONG =
  'The gauge at the mill was read each morning by the miller, who wrote it down in a ledger. '.repeat(12);

const evidence = (id: string): Evidence => ({
  id,
  callId: 'c1',
  source: `${id}.md`,
  title: id,
  locator: { kind: 'whole' },
  text: `${id} begins. ${LONG}${id} ends.`,
  hash: '',
  readAt: 0,
});

const record = (result: string): TaskRecord => ({
  task: { id: 1, description: 'Read the gauges', dependsOn: [] },
  status: 'done',
  result,
  evidence: [evidence('e1'), evidence('e2')],
});

const textOf = (result: string, whole: 'all' | 'cited') =>
  resultsText([record(result)], 8_000, new PromptTokens({}), { whole });
const isWhole = (text: string, id: string) => text.includes(`${id} ends.`);

describe('what tasks found, in a prompt', () => {
  it('has all evidence whole for who answers', async () => {
    const text = await textOf('It was 3 m [e1].', 'all');
    assert.deepEqual(
      ['e1', 'e2'].map((id) => isWhole(text, id)),
      [true, true],
    );
  });

  it('has a line of what no result cites, for who goes on from the results', async () => {
    const text = await textOf('It was 3 m [e1].', 'cited');
    assert.deepEqual(
      ['e1', 'e2'].map((id) => isWhole(text, id)),
      [true, false],
    );
    assert.match(text, /e2\.md/);
  });

  it('has all of it where the results cite nothing', async () => {
    const text = await textOf('It was 3 m.', 'cited');
    assert.deepEqual(
      ['e1', 'e2'].map((id) => isWhole(text, id)),
      [true, true],
    );
  });
});
