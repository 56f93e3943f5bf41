import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { earlier, type Entry, historyOf, keep } from '../../../../bench/table/history';
import { circumstances } from '../../../../bench/table/machine';

const entry = (value: number, changes: Partial<Entry> = {}): Entry => ({
  date: '2026-01-02T03:04:05.678Z',
  commit: '0123456789ab',
  dirty: false,
  cpu: 'Some CPU',
  cpus: 2,
  memoryGB: 8,
  platform: 'linux-x64',
  node: 'v20.20.2',
  benchmark: 'some',
  arguments: ['--quick'],
  seconds: 3,
  load: 0.1,
  figures: [{ what: 'a search', value, unit: 'ms', atMost: 10 }],
  ...changes,
});
const FIGURE = { what: 'a search', value: 5, unit: 'ms' };

describe('the history of measurements', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'memento-history-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is a line each, in a file for each benchmark', () => {
    keep(folder, entry(1));
    keep(folder, entry(2));
    keep(folder, entry(3, { benchmark: 'other' }));
    assert.deepEqual(historyOf(folder, 'some'), [entry(1), entry(2)]);
    assert.deepEqual(historyOf(folder, 'missing'), []);
    assert.equal(readFileSync(path.join(folder, 'some.jsonl'), 'utf8').split('\n').length, 3);
  });

  it('is read past lines that are none', () => {
    keep(folder, entry(1));
    appendFileSync(path.join(folder, 'some.jsonl'), '<<<<<<< HEAD\n{"date":"2026"}\n');
    keep(folder, entry(2));
    assert.deepEqual(historyOf(folder, 'some'), [entry(1), entry(2)]);
  });

  it('compares with the last value of the same machine, measured in the same way', () => {
    const now = entry(5);
    const found = (...history: readonly Entry[]) => earlier(history, now, FIGURE)?.value;
    assert.equal(found(entry(1), entry(2)), 2);
    assert.equal(found(), undefined);
    const different: readonly Partial<Entry>[] = [
      { cpu: 'Another CPU' },
      { cpus: 4 },
      { memoryGB: 16 },
      { platform: 'darwin-arm64' },
      { arguments: [] },
      { figures: [{ what: 'another', value: 2, unit: 'ms' }] },
      { figures: [{ what: 'a search', value: 2, unit: 's' }] },
    ];
    for (const changes of different) assert.equal(found(entry(1), entry(2, changes)), 1);
  });

  it('says nothing of whose machine it is', () => {
    const told = JSON.stringify(circumstances(folder, 'bench/results'));
    for (const name of [os.hostname(), os.homedir(), folder]) assert.ok(!told.includes(name), name);
    assert.equal(circumstances(folder, 'bench/results').commit, null);
  });
});
