import assert from 'node:assert/strict';
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent, RunEventBody } from '../../../src/core/agent/events';
import { createRunStore } from '../../../src/node/runStore';
import { systemIds } from '../../../src/node/system';
import { retrieved } from '../../fakes/run-events';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const event = (runId: string, seq: number, body: RunEventBody): RunEvent => ({
  v: 1,
  seq,
  at: 1000 + seq,
  runId,
  ...body,
});
const started = (runId: string, question = 'Why?') =>
  event(runId, 0, { type: 'run.started', question, parentRunId: null, workspace: null });
const steered = (runId: string, seq: number, text = 'go on') =>
  event(runId, seq, { type: 'user.steered', text });
const finished = (runId: string, seq: number) =>
  event(runId, seq, { type: 'run.finished', outcome: 'answered' });

describe('createRunStore', () => {
  const folder = temporaryFolder();
  const logOf = (runId: string) => path.join(folder(), 'runs', `${runId}.jsonl`);

  it('keeps the events of a run in order, without the transient ones', async () => {
    const runs = createRunStore(folder());
    const runId = systemIds.next();
    const kept = [
      started(runId, 'Why “ünïcode”?\n'),
      ...Array.from({ length: 50 }, (_, i) => steered(runId, i + 1, `${i}`)),
      finished(runId, 60),
      event(runId, 61, { type: 'case.stored', caseId: 'c' }),
    ];
    const live = [event(runId, 55, { type: 'answer.delta', text: 'x' })];
    await Promise.all([...kept.slice(0, 51), ...live, ...kept.slice(51)].map((each) => runs.append(each)));
    assert.deepEqual(await runs.read(runId), kept);
    const judged = event(runId, 62, { type: 'feedback.given', reward: 1, reason: null });
    await runs.append(judged);
    assert.deepEqual(await createRunStore(folder()).read(runId), [...kept, judged]);
  });

  it('has no events of a run that is unknown or has no proper id', async () => {
    await writeFile(path.join(folder(), 'secret.jsonl'), JSON.stringify(started('x')));
    const runs = createRunStore(folder());
    assert.equal(await runs.read(systemIds.next()), undefined);
    for (const id of [
      '../secret',
      '..',
      '',
      'CON',
      `${systemIds.next()}/x`,
      systemIds.next().toLowerCase(),
    ]) {
      assert.equal(await runs.read(id), undefined);
      await assert.rejects(runs.append(started(id)), /is not a run id/);
      await assert.rejects(runs.folder(id), /is not a run id/);
    }
    assert.deepEqual(await readdir(folder()), ['secret.jsonl']);
  });

  it('leaves out a torn last line, and writes on after it', async () => {
    const runId = systemIds.next();
    await createRunStore(folder()).append(started(runId));
    await appendFile(logOf(runId), JSON.stringify(steered(runId, 1)).slice(0, -7));
    const runs = createRunStore(folder());
    assert.deepEqual(await runs.read(runId), [started(runId)]);
    await runs.append(steered(runId, 2));
    assert.deepEqual(await runs.read(runId), [started(runId), steered(runId, 2)]);
  });

  it('leaves out lines that it does not know', async () => {
    const runId = systemIds.next();
    const lines = [
      started(runId),
      { ...steered(runId, 1), type: 'user.danced' },
      { ...steered(runId, 2), v: 2 },
      { ...steered(runId, 3), type: 'toString' },
      null,
      [],
      7,
      steered(runId, 4),
    ].map((line) => JSON.stringify(line));
    await mkdir(path.join(folder(), 'runs'));
    await writeFile(logOf(runId), ['', 'no JSON', ...lines, ''].join('\r\n'));
    assert.deepEqual(await createRunStore(folder()).read(runId), [started(runId), steered(runId, 4)]);
  });

  it('leaves out events that lack a field, and those of another run', async () => {
    const runId = systemIds.next();
    const lines = [
      started(runId),
      { v: 1, seq: 1, at: 1, runId, type: 'tool.returned' },
      { ...steered(runId, 2), text: ['go on'] },
      steered(systemIds.next(), 3),
      { ...steered(runId, 4), at: 1e300 },
      steered(runId, 5),
    ].map((line) => JSON.stringify(line));
    await mkdir(path.join(folder(), 'runs'));
    await writeFile(logOf(runId), `${lines.join('\n')}\n`);
    assert.deepEqual(await createRunStore(folder()).read(runId), [started(runId), steered(runId, 5)]);
  });

  it('fills in what older logs lack, and reads a fault whose code a later version has', async () => {
    const runId = systemIds.next();
    const { whyNone: _, ...event } = retrieved();
    const cases = event.cases.map(({ lessons: __, pinned: ___, advantage: ____, ...found }) => found);
    const error = { code: 'out-of-paper', message: 'The printer has no paper.' };
    const lines = [
      { ...started(runId), ...event, seq: 1, cases },
      { ...finished(runId, 2), outcome: 'failed', error },
    ].map((line) => JSON.stringify(line));
    await mkdir(path.join(folder(), 'runs'));
    await writeFile(logOf(runId), `${lines.join('\n')}\n`);
    const [found, end] = (await createRunStore(folder()).read(runId)) ?? [];
    assert.ok(found?.type === 'cases.retrieved' && end?.type === 'run.finished');
    assert.equal(found.whyNone, '');
    for (const { lessons, pinned, advantage } of found.cases)
      assert.deepEqual([lessons, pinned, advantage], [[], false, null]);
    assert.deepEqual(end.error, { ...error, code: 'internal' });
  });

  it('lists the newest first, with how they ended', async () => {
    const runs = createRunStore(folder());
    const ids = Array.from({ length: 40 }, () => systemIds.next());
    for (const [i, id] of ids.entries()) {
      await runs.append(started(id, `Question ${i}`));
      if (i % 2 === 0) await runs.append(finished(id, 1));
    }
    await runs.append(event(ids[0]!, 2, { type: 'run.resumed' }));
    await writeFile(path.join(folder(), 'runs/notes.txt'), '');
    await runs.folder(ids[0]!);
    await writeFile(logOf(systemIds.next()), 'empty of events');
    assert.deepEqual(await runs.list(2), [
      { runId: ids[39], question: 'Question 39', startedAt: 1000, outcome: null, parentRunId: null },
      { runId: ids[38], question: 'Question 38', startedAt: 1000, outcome: 'answered', parentRunId: null },
    ]);
    const all = await runs.list(1000);
    assert.deepEqual(
      all.map(({ runId }) => runId),
      ids.toReversed(),
    );
    assert.equal(all.at(-1)?.outcome, null);
    assert.deepEqual(await createRunStore(path.join(folder(), 'none')).list(9), []);
  });

  it('finds beginning and end of a long log', async () => {
    const runs = createRunStore(folder());
    const [long, huge] = [systemIds.next(), systemIds.next()];
    await runs.append(started(long));
    for (let i = 1; i < 6; i++) await runs.append(steered(long, i, 'ä'.repeat(40_000)));
    await runs.append(finished(long, 9));
    await runs.append(started(huge, 'ö'.repeat(100_000)));
    const [second, first] = await runs.list(2);
    assert.deepEqual([first?.question, first?.outcome], ['Why?', 'answered']);
    assert.deepEqual([second?.question.length, second?.outcome], [100_000, null]);
  });

  it('rejects where it cannot write, and goes on once it can', async () => {
    const runs = createRunStore(folder());
    const runId = systemIds.next();
    await writeFile(path.join(folder(), 'runs'), 'a file, where a folder is due');
    await assert.rejects(runs.append(started(runId)));
    assert.equal(await runs.read(runId), undefined);
    assert.deepEqual(await runs.list(9), []);
    const { rm } = await import('node:fs/promises');
    await rm(path.join(folder(), 'runs'));
    await runs.append(started(runId));
    assert.equal((await readFile(logOf(runId), 'utf8')).split('\n').length, 2);
  });

  it("makes a run's own folder", async () => {
    const runs = createRunStore(folder());
    const runId = systemIds.next();
    const own = await runs.folder(runId);
    assert.equal(own, path.join(folder(), 'runs', runId));
    assert.ok((await stat(own)).isDirectory());
    assert.equal(await runs.folder(runId), own);
  });

  it('gives what was appended since, whole lines only', async () => {
    const runs = createRunStore(folder());
    const runId = systemIds.next();
    assert.equal(await runs.tail(runId, 0), undefined);
    await runs.append(started(runId, 'Wie tief ist die Müritz?'));
    const first = await runs.tail(runId, 0);
    await runs.append(steered(runId, 1));
    await appendFile(logOf(runId), '{"v":1,"seq":2');
    const second = await runs.tail(runId, first?.end ?? 0);
    assert.deepEqual(
      [first, second].map((tail) => tail?.events.map(({ seq }) => seq)),
      [[0], [1]],
    );
    assert.deepEqual((await runs.tail(runId, second?.end ?? 0))?.events, []);
  });

  it('knows which runs wait for a judgement that was suggested', async () => {
    const runs = createRunStore(folder());
    const runId = systemIds.next();
    await runs.append(started(runId));
    await runs.append(event(runId, 1, { type: 'feedback.suggested', reward: 1, reason: null, by: 'a' }));
    assert.ok((await runs.suggested()).includes(runId));
    await runs.append(event(runId, 2, { type: 'feedback.given', reward: 0, reason: null }));
    assert.ok(!(await runs.suggested()).includes(runId));
  });
});

describe('systemIds', () => {
  it('are in the order of creation', () => {
    const ids = Array.from({ length: 1000 }, () => systemIds.next());
    assert.deepEqual(ids.toSorted(), ids);
    assert.equal(new Set(ids).size, 1000);
    assert.ok(ids.every((id) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(id)));
    assert.match(systemIds.secret(), /^[\w-]{32}$/);
    assert.notEqual(systemIds.secret(), systemIds.secret());
  });
});
