import assert from 'node:assert/strict';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent, RunEventBody } from '../../../src/core/agent/events';
import { ownIdentity } from '../../../src/node/processIdentity';
import { createRunStore } from '../../../src/node/runStore';
import { systemIds } from '../../../src/node/system';
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
const finished = (runId: string, seq: number) =>
  event(runId, seq, { type: 'run.finished', outcome: 'answered' });

describe('runs that have not ended', () => {
  const folder = temporaryFolder();
  const gone = { pid: 2 ** 22 + 1, place: ownIdentity().place, started: '1' };
  const markOf = (runId: string) => path.join(folder(), 'runs', 'unfinished', runId);

  it('knows who is at work on them', async () => {
    const runs = createRunStore(folder());
    const runId = systemIds.next();
    assert.equal(await runs.isUnderWay(runId), false);
    await runs.append(started(runId));
    assert.equal(await runs.isUnderWay(runId), true);
    assert.deepEqual(await runs.unfinished(), []);
    await runs.append(finished(runId, 1));
    assert.equal(await runs.isUnderWay(runId), false);
    assert.deepEqual(await readdir(path.dirname(markOf(runId))), []);
  });

  it('finds those that were left, and those whose process died, newest first', async () => {
    const runs = createRunStore(folder());
    const [left, died] = [systemIds.next(), systemIds.next()];
    await runs.append(started(left, 'Left?'));
    await runs.append(event(left, 1, { type: 'run.interrupted' }));
    await runs.append(started(died, 'Died?'));
    await writeFile(markOf(died), JSON.stringify(gone));
    assert.deepEqual(
      (await runs.unfinished()).map(({ question }) => question),
      ['Died?', 'Left?'],
    );
    await runs.append(event(died, 1, { type: 'run.resumed' }));
    assert.equal(await runs.isUnderWay(died), true);
    assert.deepEqual(
      (await runs.unfinished()).map(({ question }) => question),
      ['Left?'],
    );
  });

  it('deletes a run with all that it left, once nobody is at work on it', async () => {
    const runs = createRunStore(folder());
    const [runId, other] = [systemIds.next(), systemIds.next()];
    let changes = 0;
    const listening = runs.onDidChange(() => changes++);
    for (const id of [runId, other]) await runs.append(started(id));
    await writeFile(path.join(await runs.folder(runId), 'main.py'), 'print(1)');
    assert.equal(await runs.remove(runId), false);
    assert.equal((await runs.read(runId))?.length, 1);
    await runs.append(finished(runId, 1));
    assert.equal(await runs.remove(runId), true);
    assert.equal(changes, 4);
    listening.dispose();
    assert.equal(await runs.read(runId), undefined);
    assert.deepEqual((await readdir(path.join(folder(), 'runs'))).sort(), [`${other}.jsonl`, 'unfinished']);
    await assert.rejects(runs.remove('..'), /is not a run id/);
  });

  it('is not led astray by what else lies there', async () => {
    const runs = createRunStore(folder());
    const [torn, noLog] = [systemIds.next(), systemIds.next()];
    await runs.append(started(torn));
    await writeFile(markOf(torn), '{"pid":');
    await writeFile(markOf(noLog), 'null');
    await writeFile(path.join(path.dirname(markOf(torn)), 'README'), '');
    assert.deepEqual(
      (await runs.unfinished()).map(({ runId }) => runId),
      [torn],
    );
    assert.equal(await runs.isUnderWay('../x'), false);
  });
});
