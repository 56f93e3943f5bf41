/** When a run mistrusts: what the user's rules allow is asked about from then on, and each search is. */
import assert from 'node:assert/strict';
import * as z from 'zod';
import type { RunEvent } from '../../../../src/core/agent/events';
import { pastRun } from '../../../../src/core/agent/pastRun';
import type { ExecutorInput } from '../../../../src/core/agent/roles';
import { failed, ok } from '../../../../src/core/common/result';
import { runState } from '../../../../src/core/agent/runState';
import { ToolRegistry } from '../../../../src/core/tools/registry';
import { defineTool, type ApprovalScope } from '../../../../src/core/tools/tool';
import { SearchConsent } from '../../../../src/core/tools/web/search/searchConsent';
import { memoryBank, someCase } from '../../../fakes/memoryBank';
import { eventsOf, startScripted, type Script } from '../../../fakes/scriptedCrew';

const look = defineTool({
  name: 'look',
  description: '',
  parameters: z.object({}),
  readOnly: true,
  run: async () => ({ ok: true, content: 'words of others', preview: '' }),
});
const reckon = defineTool({
  name: 'reckon',
  description: '',
  parameters: z.object({}),
  ownWords: true,
  run: async () => ({ ok: true, content: '42', preview: '' }),
});
const breaks = defineTool({
  name: 'breaks',
  description: '',
  parameters: z.object({}),
  run: () => Promise.reject(new Error('words of others')),
});
const foreign = defineTool({
  name: 'mcp__lake__levels',
  description: 'words of others',
  parameters: z.object({}),
  run: async () => ({ ok: true, content: '', preview: '' }),
});
/** What a rule of the user's allows. */
const ruled = defineTool({
  name: 'ruled',
  description: '',
  parameters: z.object({}),
  ownWords: true,
  async run(_, { approve }) {
    const waiver = { reasons: ['Your rule allows it.'], byRule: true };
    const { approved } = await approve({
      what: 'command',
      command: 'npm test',
      code: null,
      reasons: [],
      waiver,
    });
    return { ok: approved, content: '', preview: '' };
  },
});

const plan = {
  kind: 'plan',
  usedCases: [],
  tasks: [{ id: 1, description: 'do', dependsOn: [] }],
} as const;
const answer = { kind: 'answer', answer: 'Done.', shortAnswer: '', abstained: false } as const;
const steps: Script['steps'] = [plan, answer];

describe('a rule of the user', () => {
  const calling =
    (...names: readonly string[]) =>
    async (input: ExecutorInput) => {
      for (const name of names) await input.call(name, {});
      return ok('did it');
    };

  /** How the call that the rule allows was decided, and why a person was asked. */
  async function decided(
    script: Partial<Script>,
  ): Promise<{ how: string[]; why: string; exposed: string[] }> {
    const { run } = await startScripted({ steps, tools: [look, reckon, breaks, ruled], ...script });
    const events: RunEvent[] = [];
    for await (const event of run.events) {
      events.push(event);
      if (event.type === 'approval.requested') run.send({ type: 'deny', approvalId: event.approvalId });
    }
    return {
      how: events.flatMap(({ type }) =>
        /^approval\.(?:waived|requested)$/.test(type) ? [type.slice(9)] : [],
      ),
      why: events.flatMap((event) => (event.type === 'approval.requested' ? event.reasons : [])).join(' '),
      exposed: events.flatMap((event) => (event.type === 'run.exposed' ? [event.source] : [])),
    };
  }

  it('counts while only the question was read, and what was made here', async () => {
    const { how, exposed } = await decided({ execute: calling('reckon', 'ruled') });
    assert.deepEqual([how, exposed], [['waived'], []]);
  });

  it('asks after a tool has returned words of others, and says why', async () => {
    const { how, why, exposed } = await decided({ execute: calling('ruled', 'look', 'ruled') });
    assert.deepEqual([how, exposed], [['waived', 'requested'], ['look']]);
    assert.match(why, /^This run has read what others wrote \(look\)/);
  });

  it('asks after a tool broke, as its error may be words of others', async () => {
    assert.deepEqual((await decided({ execute: calling('breaks', 'ruled') })).how, ['requested']);
  });

  it('asks from the start where tools of others describe themselves', async () => {
    const { how, exposed } = await decided({ tools: [foreign, ruled], execute: calling('ruled') });
    assert.deepEqual([how, exposed], [['requested'], ['descriptions of tools']]);
  });

  it('asks from the start of what another program wants to know', async () => {
    const { how, exposed } = await decided({ execute: calling('ruled'), parts: { askedByAgent: true } });
    assert.deepEqual([how, exposed], [['requested'], ['the question of another program']]);
  });

  it('asks from the start where past cases are shown', async () => {
    const bank = await memoryBank();
    await bank.add(someCase({ question: 'How deep is the lake?', reward: 1 }));
    const { how, exposed } = await decided({ execute: calling('ruled'), parts: { bank } });
    assert.deepEqual([how, exposed], [['requested'], ['cases']]);
  });

  it('asks in the tasks after one that failed, whose fault is in the words of a server', async () => {
    let first = true;
    const { how } = await decided({
      steps: [plan, plan, answer],
      execute: async (input) => {
        if (!first) return calling('ruled')(input);
        first = false;
        return failed('bad-request', 'words of others');
      },
    });
    assert.deepEqual(how, ['requested']);
  });

  it('asks in a run that is gone on with, also where its log does not say that it had read something', async () => {
    const began = await startScripted({
      steps,
      tools: [look, ruled],
      execute: async (input) => {
        await input.call('look', {});
        began.run.interrupt();
        return ok('');
      },
    });
    const events = await eventsOf(began.run);
    const older = events.filter(({ type }) => type !== 'run.exposed');
    for (const log of [events, older]) {
      const past = pastRun(log);
      const tools = async () => ({ registry: new ToolRegistry([look, ruled]), notices: [] });
      const { how } = await decided({ steps: [answer], execute: calling('ruled'), parts: { past, tools } });
      assert.deepEqual(how, ['requested']);
    }
  });

  it('asks not in a run that was cut off before its first call came back, and is then as if it never was', async () => {
    const began = await startScripted({
      steps,
      tools: [look, ruled],
      execute: async (input) => {
        await input.call('look', {});
        return ok('');
      },
    });
    const events = await eventsOf(began.run);
    const past = pastRun(events.slice(0, 1 + events.findIndex(({ type }) => type === 'tool.called')));
    const tools = async () => ({ registry: new ToolRegistry([look, ruled]), notices: [] });
    const resumed = await startScripted({
      steps: [answer],
      execute: calling('look'),
      parts: { past, tools },
    });
    const exposed = (await eventsOf(resumed.run)).filter(({ type }) => type === 'run.exposed');
    assert.equal(exposed.length, 1);
  });
});

describe('a search of a run that has read what others wrote', () => {
  /** What the person says to each question, and what was searched for. */
  async function searched(
    queries: readonly string[],
    ...answers: readonly (boolean | ApprovalScope)[]
  ): Promise<{ events: RunEvent[]; sent: string[]; asked: string[] }> {
    const consent = new SearchConsent();
    const sent: string[] = [];
    const search = defineTool({
      name: 'web_search',
      description: '',
      parameters: z.object({ query: z.string() }),
      async run({ query }, context) {
        const refusal = await consent.ask('web_search', query, context);
        if (refusal === undefined) sent.push(query);
        return { ok: refusal === undefined, content: refusal ?? '', preview: '' };
      },
    });
    const { run } = await startScripted({
      steps,
      tools: [look, search],
      execute: async (input) => {
        await input.call('look', {});
        await Promise.all(queries.map((query) => input.call('web_search', { query })));
        return ok('did it');
      },
    });
    const events: RunEvent[] = [];
    const asked: string[] = [];
    for await (const event of run.events) {
      events.push(event);
      if (event.type !== 'approval.requested') continue;
      const { approvalId } = event;
      const said = answers[asked.push(event.command) - 1] ?? false;
      const holdsFor = said === 'searches' ? { holdsFor: said } : {};
      const input = said === false ? { type: 'deny' as const } : { type: 'approve' as const, ...holdsFor };
      assert.ok(run.send({ ...input, approvalId }).ok);
    }
    return { events, sent, asked };
  }

  it('asks anew for each query, and a denial ends them', async () => {
    const { events, sent, asked } = await searched(['a', 'b', 'c'], true, false);
    assert.deepEqual([sent, asked.length], [['a'], 2]);
    assert.deepEqual(
      runState(events).approvals.map(({ mayHoldFor, decision, holdsFor }) => [
        mayHoldFor,
        decision,
        holdsFor,
      ]),
      [
        ['searches', 'approved', null],
        ['searches', 'denied', null],
      ],
    );
  });

  it('asks once where the person allows them all, and the log says of each why it was not asked', async () => {
    const { events, sent, asked } = await searched(['a', 'b', 'c'], 'searches');
    assert.deepEqual([sent, asked.length], [['a', 'b', 'c'], 1]);
    const { approvals, calls } = runState(events);
    assert.deepEqual([approvals[0]?.decision, approvals[0]?.holdsFor], ['approved', 'searches']);
    assert.deepEqual(
      Object.values(calls).flatMap(({ waived }) => waived ?? []),
      ['b', 'c'].map(() => 'You approved all searches of this run.'),
    );
  });

  it('reads a log of before that knows of nothing more than the query', async () => {
    const { events } = await searched(['a'], true);
    const older = events.map((event) => {
      if (event.type !== 'approval.requested') return event;
      const { mayHoldFor: _, ...rest } = event;
      return rest;
    });
    const [approval] = runState(older).approvals;
    assert.deepEqual([approval?.mayHoldFor, approval?.holdsFor], [null, null]);
  });
});
