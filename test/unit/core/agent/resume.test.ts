/** A run that is interrupted, wherever that is, and gone on with. */
import assert from 'node:assert/strict';
import * as z from 'zod';
import type { RunEvent } from '../../../../src/core/agent/events';
import { isTransient } from '../../../../src/core/agent/events';
import { pastRun } from '../../../../src/core/agent/pastRun';
import type { ExecutorInput, PlannerInput, PlannerStep } from '../../../../src/core/agent/roles';
import type { Run } from '../../../../src/core/agent/run';
import { runState } from '../../../../src/core/agent/runState';
import { ok, type Result } from '../../../../src/core/common/result';
import { defineTool } from '../../../../src/core/tools/tool';
import { memoryBank, someCase } from '../../../fakes/memoryBank';
import { MemoryRuns } from '../../../fakes/memoryRuns';
import { startScripted, type Script } from '../../../fakes/scriptedCrew';
import { settled } from '../../../fakes/settledState';
import { runsOf } from '../../../fakes/transfer';

/** Two cycles; what is said next follows from what was done, as with a model that reads its prompt. */
const next = async ({ tasks }: PlannerInput): Promise<Result<PlannerStep>> => {
  const did = tasks.map(({ task }) => task.description);
  if (did.length === 0) return ok(plan([1, 'sound'], [2, 'run', 1]));
  if (!did.includes('compare')) return ok(plan([1, 'compare']));
  return ok({ kind: 'answer', answer: '“41 m” [e1], “run” [e2].', shortAnswer: '41 m', abstained: false });
};

function plan(...tasks: readonly (readonly [number, string, ...number[]])[]): PlannerStep {
  return {
    kind: 'plan',
    usedCases: ['CASE1'],
    tasks: tasks.map(([id, description, ...dependsOn]) => ({ id, description, dependsOn })),
  };
}

const look = defineTool({
  name: 'look',
  description: '',
  parameters: z.object({ at: z.string() }),
  readOnly: true,
  run: async ({ at }, { cite }) => {
    const text = at === 'sound' ? 'It is 41 m deep.' : `looked at ${at}`;
    const found = await cite({ source: 'sonar', title: at, locator: { kind: 'output' }, text });
    return { ok: true, content: found.id, preview: found.id, evidence: [found] };
  },
});
const act = defineTool({
  name: 'act',
  description: '',
  parameters: z.object({}),
  run: async (_args, { approve, cite }) => {
    await approve({ what: 'command', command: 'run', code: null, reasons: ['Commands ask.'] });
    await cite({ source: 'run', title: 'run', locator: { kind: 'output' }, text: 'run' });
    return { ok: true, content: 'done', preview: 'done' };
  },
});
const execute = async (input: ExecutorInput) => {
  const { description } = input.task;
  if (description === 'run') await input.call('act', {});
  else await input.call('look', { at: description });
  return ok(`did ${description}`);
};

async function script(runs = new MemoryRuns()): Promise<Script & { readonly runs: MemoryRuns }> {
  const bank = await memoryBank();
  await bank.add(
    someCase({ id: 'CASE1', runId: 'RUN0', question: 'How deep is the pond?', reward: 1 }),
    undefined,
  );
  return { steps: [next], tools: [look, act], execute, parts: { bank, runs }, runs };
}

/** Approves what is asked, to the end. */
async function follow(run: Run): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run.events) {
    events.push(event);
    if (event.type === 'approval.requested') run.send({ type: 'approve', approvalId: event.approvalId });
  }
  return events;
}

describe('a run that is gone on with', () => {
  it('ends as if it had not been interrupted, wherever that was', async () => {
    const whole = await script();
    const { run } = await startScripted(whole);
    await follow(run);
    const log = (await whole.runs.read(run.id)) ?? [];
    const expected = settled(log);
    assert.equal(runState(log).outcome, 'answered');
    assert.equal(log.some(isTransient), false);
    const end = log.findIndex(({ type }) => type === 'run.finished');
    assert.ok(end > 15, 'there is something to interrupt');
    for (let length = 1; length <= end; length++) {
      const parts = await script();
      for (const event of log.slice(0, length)) await parts.runs.append(event);
      const resumed = await startScripted({
        ...parts,
        parts: { ...parts.parts, past: pastRun(log.slice(0, length)) },
      });
      const events = await follow(resumed.run);
      const place = `after ${log[length - 1]?.type}, event ${length}`;
      assert.equal(resumed.run.id, run.id);
      assert.deepEqual(settled(events), expected, place);
      const kept = (await parts.runs.read(run.id)) ?? [];
      assert.ok(
        kept.every(({ seq }, i) => i === 0 || seq > (kept[i - 1]?.seq ?? -1)),
        `${place}: numbers rise`,
      );
      assert.deepEqual(runState(kept), runState(events.filter((event) => !isTransient(event))), place);
    }
  });

  it('asks before it does again what may have been done, and says why', async () => {
    const parts = await script();
    const first = await startScripted(parts);
    for await (const event of first.run.events) {
      if (event.type === 'approval.requested') first.run.interrupt();
    }
    const log = (await parts.runs.read(first.run.id)) ?? [];
    assert.equal(log.at(-1)?.type, 'run.interrupted');
    const before = runState(log);
    assert.deepEqual([before.status, before.calls['c2']?.status], ['interrupted', 'interrupted']);
    const { run } = await startScripted({ ...parts, parts: { ...parts.parts, past: pastRun(log) } });
    const asked = (await follow(run)).filter((event) => event.type === 'approval.requested').at(-1);
    assert.ok(asked?.type === 'approval.requested');
    assert.match(asked.reasons[0] ?? '', /may have been done already/);
  });

  it('does nothing again that a task had finished, and spends what is left', async () => {
    const parts = await script();
    const { run } = await startScripted(parts);
    await follow(run);
    const log = (await parts.runs.read(run.id)) ?? [];
    const upTo = log.findIndex((event) => event.type === 'task.started' && event.taskId === 3) + 1;
    const done: string[] = [];
    const resumed = await startScripted({
      ...(await script()),
      execute: async (input) => {
        done.push(input.task.description);
        return execute(input);
      },
      parts: { past: pastRun(log.slice(0, upTo)) },
    });
    await follow(resumed.run);
    assert.deepEqual(done, ['compare']);
    assert.deepEqual(
      resumed.inputs.map(({ cycle }) => cycle),
      [3],
    );
  });

  it('teaches what was decided when it began', async () => {
    const parts = await script();
    const { run } = await startScripted(parts);
    await follow(run);
    const log = (await parts.runs.read(run.id)) ?? [];
    const again = await script();
    const upTo = log.findIndex(({ type }) => type === 'plan.proposed') + 1;
    const resumed = await startScripted({
      ...again,
      parts: { ...again.parts, past: pastRun(log.slice(0, upTo)) },
    });
    await follow(resumed.run);
    const of = async (bank: Awaited<ReturnType<typeof memoryBank>>) =>
      (await runsOf(bank)).map(({ decision }) => decision);
    assert.ok(parts.parts?.bank && again.parts?.bank);
    assert.deepEqual(await of(again.parts.bank), await of(parts.parts.bank));
  });
});

describe('a plan that waits for a review', () => {
  it('waits again after an interruption', async () => {
    const parts = await script();
    const withReview = { ...parts, parts: { ...parts.parts, reviewPlans: true } };
    const first = await startScripted(withReview);
    for await (const event of first.run.events) if (event.type === 'plan.proposed') first.run.interrupt();
    const past = pastRun((await parts.runs.read(first.run.id)) ?? []);
    const { run } = await startScripted({ ...withReview, parts: { ...withReview.parts, past } });
    const events: RunEvent[] = [];
    for await (const event of run.events) {
      events.push(event);
      if (event.type === 'run.resumed') {
        assert.equal(runState(events).status, 'waiting');
        setTimeout(() => {
          const { review } = runState(events);
          const tasks = (review?.tasks ?? []).filter(({ id }) => id === 1);
          assert.equal(run.send({ type: 'plan', cycle: 1, tasks }).ok, true);
        });
      }
      if (event.type === 'plan.proposed' && event.cycle > 1) {
        setTimeout(() => run.send({ type: 'plan', cycle: event.cycle, tasks: event.tasks }));
      }
      if (event.type === 'approval.requested') run.send({ type: 'approve', approvalId: event.approvalId });
    }
    const state = runState(events);
    assert.equal(state.outcome, 'answered');
    assert.deepEqual(
      state.tasks.map(({ description, status }) => [description, status]),
      [
        ['sound', 'done'],
        ['compare', 'done'],
      ],
    );
  });
});
