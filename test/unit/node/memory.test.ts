import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { StoredVector } from '../../../src/core/memory/storedVector';
import { type OpenCaseBank, openCaseBank } from '../../../src/node/memory';
import { type MemoryRecord, placeOf } from '../../../src/core/memory/transfer/record';
import { someCase } from '../../fakes/memoryBank';
import { runRecord } from '../../fakes/runRecords';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const workerFile = path.resolve('dist/memory-worker.js');
const dist = path.resolve('dist');
const run = promisify(execFile);

describe('openCaseBank', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const banks: OpenCaseBank[] = [];
  const open = (options = {}) => {
    const bank = openCaseBank({ folder: folder(), workerFile, dist, ...options });
    banks.push(bank);
    return bank;
  };

  before(async () => {
    if (!existsSync(workerFile)) await run(process.execPath, ['esbuild.mjs']);
  });
  afterEach(() => Promise.all(banks.splice(0).map((bank) => bank.dispose())));

  it('does all that a bank does', async () => {
    const bank = open();
    const record = someCase({ question: 'Where is the winch? \ud800' });
    const vector: StoredVector = { encoder: 'test', values: new Float32Array([0.6, 0.8]) };
    await bank.add(record, vector);
    assert.deepEqual(await bank.get(record.id), record);
    assert.deepEqual(await bank.ofRun(record.runId), record);
    const decision = await bank.decide({
      runId: record.id,
      question: 'winch',
      vector,
      policy: 'learned',
      k: 4,
      rates: { control: 0, drop: 0 },
      now: 0,
    });
    assert.deepEqual(
      decision.listed.map((listed) => [listed.case.id, listed.use]),
      [[record.id, 'example']],
    );
    assert.equal((await bank.judge(record.id, { reward: 1, reason: null, at: 1 }))?.reward, 1);
    assert.equal((await bank.list({ offset: 0, limit: 5, text: 'winch' })).total, 1);
    assert.deepEqual(await bank.counts(), { total: 1, accepted: 1, rejected: 0, unjudged: 0 });
    assert.deepEqual(
      [(await bank.records([record.id]))[0]?.shown, (await bank.report()).history.accepted],
      [0, 1],
    );
    assert.deepEqual(await bank.lessonCounts(['none']), [{ shown: 0, accepted: 0 }]);
    assert.deepEqual([await bank.forget(record.id, Date.now()), (await bank.counts()).total], [true, 0]);
    assert.deepEqual([await bank.restore(record.id), (await bank.counts()).total], [true, 1]);
    assert.equal(await bank.warning(), undefined);
  });

  it('keeps what was imported, vectors of no length too', async () => {
    const [record, other] = [someCase(), someCase({ question: '湖？' })];
    const vector: StoredVector = { encoder: 'test', values: new Float32Array([0.6, 0.8]) };
    const unreadable: StoredVector = { encoder: 'test', values: new Float32Array() };
    const run = { type: 'run', run: runRecord(record.runId, { vector }) } as const;
    const records: readonly MemoryRecord[] = [
      { type: 'case', case: record, vectors: [vector] },
      { type: 'case', case: other, vectors: [unreadable] },
      run,
    ];
    const bank = open();
    await bank.importAll(records);
    await bank.importAll([{ type: 'case', case: { ...record, answer: 'Another.' }, vectors: [] }]);
    const asked = {
      cases: [{ ...someCase(), plan: record.plan, question: record.question }],
      runs: ['none'],
    };
    assert.deepEqual(await bank.known(asked), { records: [], firsts: [record.id] });
    await bank.dispose();
    const again = open();
    assert.deepEqual(await again.recordsAfter('', 10), records);
    assert.deepEqual(await again.recordsAfter(placeOf(records[0]!), 1), [records[1]]);
    assert.deepEqual(await again.withoutVector('test', 10), []);
  });

  it('tells of its own changes, and of those of another process', async () => {
    const [one, two] = [open(), open()];
    await one.add(someCase());
    const heard = new Promise<void>((resolve) => one.onDidChange(resolve));
    await two.add(someCase());
    await heard;
    assert.equal((await one.counts()).total, 2);
    const own = new Promise<void>((resolve) => one.onDidChange(resolve));
    await one.add(someCase());
    await own;
  });

  it('warns of a damaged file', async () => {
    await writeFile(path.join(folder(), 'cases.db'), '');
    assert.match((await open().warning()) ?? '', /was damaged/);
  });

  it('rejects where the thread does not start, and starts anew with the next call', async () => {
    const flag = path.join(folder(), 'second');
    const fragile = path.join(folder(), 'worker.mjs');
    await writeFile(
      fragile,
      `import { existsSync, writeFileSync } from 'node:fs';
       const flag = ${JSON.stringify(flag)};
       if (existsSync(flag)) await import(${JSON.stringify(pathToFileURL(workerFile).href)});
       else { writeFileSync(flag, ''); process.exit(3); }`,
    );
    const bank = open({ workerFile: fragile });
    await assert.rejects(
      bank.counts(),
      /The memory's thread ended: it exited with code 3\. The next use starts it anew\./,
    );
    assert.equal((await bank.counts()).total, 0);
    await assert.rejects(open({ dist: folder() }).counts(), /The memory's thread ended/);
  });

  it('rejects once it is disposed of', async () => {
    const bank = open();
    await bank.add(someCase());
    await bank.dispose();
    await bank.dispose();
    await assert.rejects(bank.counts(), /was closed/);
    await open().dispose();
  });

  it('does not keep its process alive', async () => {
    const script = path.join(folder(), 'once.ts');
    await mkdir(path.join(folder(), 'bank'));
    await writeFile(
      script,
      `import { openCaseBank } from ${JSON.stringify(path.resolve('src/node/memory.ts'))};
       const options = ${JSON.stringify({ folder: path.join(folder(), 'bank'), workerFile, dist })};
       void openCaseBank(options).counts().then(({ total }) => console.log(total));`,
    );
    const { stdout } = await run(process.execPath, ['--import', 'tsx', script], { timeout: 30_000 });
    assert.equal(stdout, '0\n');
  });
});
