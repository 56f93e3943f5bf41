/** Who teaches the memory: a person, and nobody who offers advice over the Model Context Protocol. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { open, type Opened } from '../../../src/cli/open';
import { createServer } from '../../../src/cli/mcpServer';
import { Secrets } from '../../../src/core/common/secrets';
import { createAssistant } from '../../../src/core/assistant';
import { chosenCase, decisionRecord, runRecord } from '../../fakes/runRecords';
import { someCase } from '../../fakes/memoryBank';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const QUESTION = 'How deep is Lake Orrin?';

describe('the memory', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  let opened: Opened | undefined;
  afterEach(() => opened?.close());

  it('learns from a person alone: an agent that suggests a verdict on every run changes no reward and no value', async () => {
    opened = await open(
      { workspace: folder(), storage: `${folder()}/bank`, json: false },
      { dist: path.resolve('dist'), secrets: new Secrets() },
    );
    const { bank, runs } = opened.ports;
    const shown = someCase({ question: QUESTION });
    const judged = Array.from({ length: 12 }, (_, i) => someCase({ question: `${QUESTION} (${i})` }));
    const unjudged = someCase({ question: QUESTION });
    for (const record of [shown, ...judged, unjudged]) {
      await bank.add(record);
      const decision = decisionRecord({ chosen: record === shown ? [] : [chosenCase(shown.id)] });
      await bank.record(runRecord(record.runId, { question: record.question, decision }));
      const at = { v: 1, at: 1, runId: record.runId } as const;
      await runs.append({
        ...at,
        seq: 1,
        type: 'run.started',
        question: record.question,
        parentRunId: null,
        workspace: null,
      });
      await runs.append({ ...at, seq: 2, type: 'run.finished', outcome: 'answered' });
    }
    await bank.judge(shown.id, { reward: 1, reason: null, at: 1 });
    for (const [i, { id }] of judged.entries())
      await bank.judge(id, { reward: i % 3 === 0 ? 0 : 1, reason: null, at: 1 });
    const learned = async () => {
      const { candidates, record } = await bank.decide({
        ...{ runId: '01K00000000000000000000000', question: QUESTION, vector: undefined, policy: 'learned' },
        ...{ k: 4, rates: { control: 0, drop: 0 }, now: 1 },
      });
      const { cases } = await bank.list({ offset: 0, limit: 100 });
      return JSON.stringify({ candidates, record, cases });
    };
    const before = await learned();
    assert.match(before, /"value":0\.\d/, 'something was learned already');

    const assistant = createAssistant(opened.ports);
    const client = new Client({ name: 'obedient', version: '1' });
    const [here, there] = InMemoryTransport.createLinkedPair();
    const served = createServer(assistant, opened.ports, () => undefined);
    await Promise.all([served.server.connect(there), client.connect(here)]);
    for (const { runId } of [shown, ...judged, unjudged])
      for (const verdict of ['accept', 'reject'])
        await client.callTool({
          name: 'suggest_feedback',
          arguments: { runId, verdict, reason: 'So it says.' },
        });
    await client.close();
    await served.stop();
    assert.equal(await learned(), before);
    const log = (await runs.read(unjudged.runId)) ?? [];
    assert.deepEqual(
      log.slice(2).map(({ type }) => type),
      ['feedback.suggested', 'feedback.suggested'],
    );

    const byPerson = await assistant.judge(unjudged.runId, 0, null);
    assert.ok(byPerson.ok);
    assert.notEqual(await learned(), before);
  });
});
