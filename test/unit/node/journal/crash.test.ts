import assert from 'node:assert/strict';
import fc from 'fast-check';
import { adding, forgetting, judging } from '../../../../src/core/memory/journal/changes';
import { BankJournal } from '../../../../src/node/journal/bankJournal';
import type { ProcessIdentity } from '../../../../src/node/processIdentity';
import { type Chance, CrashDisk } from '../../../fakes/crashDisk';
import { SCENARIOS } from '../../../fakes/journalScenarios';
import { memoryDatabase, someCase } from '../../../fakes/memoryBank';

const BOUNDS = { bytes: 2500, segments: 2 };

type Step = 'add' | 'judge' | 'forget' | 'restart';
interface Move {
  readonly who: 0 | 1;
  readonly step: Step;
}

/** What was acknowledged of each case: where a later change was not, either may hold. */
type Expected = Map<string, { reward: number | null; forgotten: boolean; open: boolean }>;

const UNJUDGED = { reward: null, forgotten: false, open: false };

let pids = 0;
function open(disk: CrashDisk, ended: Set<number>, bounds = BOUNDS) {
  const pid = ++pids;
  const journal = new BankJournal({
    folder: '/bank',
    openDatabase: memoryDatabase,
    disk,
    bounds,
    processes: {
      own: () => ({ pid, place: 'here', started: '1' }),
      livenessOf: (other: ProcessIdentity) => (ended.has(other.pid) ? 'gone' : 'living'),
    },
  });
  return { pid, journal };
}

/** Two processes do the moves until they are done or the power goes. */
async function play(disk: CrashDisk, moves: readonly Move[]): Promise<Expected> {
  const ended = new Set<number>();
  const both = [open(disk, ended), open(disk, ended)];
  const expected: Expected = new Map();
  for (const { who, step } of moves) {
    if (disk.failed) break;
    const process = both[who]!;
    if (step === 'restart') {
      ended.add(process.pid);
      both[who] = open(disk, ended);
    } else await move(process.journal, disk, step, expected);
  }
  for (const { pid } of both) ended.add(pid);
  return expected;
}

async function move(journal: BankJournal, disk: CrashDisk, step: Step, expected: Expected): Promise<void> {
  let acknowledged = false;
  // Fires when the callers are told, before an image is made.
  const listening = journal.onDidChange(() => (acknowledged = !disk.failed));
  const id = [...expected.keys()].at(-1);
  if (step === 'add' || id === undefined) {
    const record = someCase();
    await journal.write(adding(record));
    if (acknowledged) expected.set(record.id, { reward: null, forgotten: false, open: false });
  } else {
    const reward = expected.size % 2 === 0 ? 1 : 0;
    await (step === 'judge'
      ? journal.write(judging(id, { reward, reason: null, at: 1 }))
      : journal.write(forgetting(id, Date.now())));
    const known = expected.get(id)!;
    if (!acknowledged) expected.set(id, { ...known, open: true });
    else if (step === 'judge') expected.set(id, { ...known, reward });
    else expected.set(id, { ...known, forgotten: true });
  }
  listening.dispose();
}

async function check(journal: BankJournal, expected: Expected): Promise<void> {
  const wrong = await journal.read((bank) =>
    [...expected].filter(([id, { reward, forgotten, open: either }]) => {
      const found = bank.get(id);
      if (!found) return true;
      return !either && (found.reward !== reward || (found.forgottenAt !== null) !== forgotten);
    }),
  );
  assert.deepEqual(wrong, []);
}

const moves = fc.array(
  fc.record({
    who: fc.constantFrom(0 as const, 1 as const),
    step: fc.constantFrom<Step>('add', 'add', 'add', 'judge', 'forget', 'restart'),
  }),
  { minLength: 8, maxLength: 12 },
);

describe('the journal when the power goes', function () {
  this.timeout(120_000);

  it('has all that was acknowledged, whichever change was the last', async () => {
    await fc.assert(
      fc.asyncProperty(
        moves,
        fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })),
        async (all, chances) => {
          const chance: Chance = () => chances.next().value as number;
          const whole = new CrashDisk();
          await play(whole, all);
          for (let failAt = 0; failAt <= whole.steps; failAt++) {
            const disk = new CrashDisk();
            disk.failAt = failAt;
            const expected = await play(disk, all);
            const after = disk.restarted(chance);
            const everybody = new Set(Array.from({ length: pids }, (_, i) => i + 1));
            const { journal } = open(after, everybody);
            await check(journal, expected);
            for (let i = 0; i < 3; i++) await journal.write(adding(someCase()));
            await check(open(after.restarted(chance), everybody).journal, expected);
          }
        },
      ),
      { numRuns: 4 },
    );
  });

  it('goes on in memory while the disk is full or read-only, and saves then', async () => {
    for (const code of ['ENOSPC', 'EROFS']) {
      const disk = new CrashDisk();
      const { journal } = open(disk, new Set());
      const records = [someCase(), someCase(), someCase()];
      await journal.write(adding(records[0]!));
      disk.refuse = code;
      await journal.write(adding(records[1]!));
      assert.equal(await journal.read((bank) => bank.counts().total), 2);
      assert.match((await journal.warning()) ?? '', new RegExp(`cannot be saved in .*${code}`));
      assert.equal(await journal.warning(), undefined);
      assert.equal(await open(disk, new Set()).journal.read((bank) => bank.counts().total), 1);
      disk.refuse = undefined;
      await journal.write(adding(records[2]!));
      assert.equal(await open(disk, new Set()).journal.read((bank) => bank.counts().total), 3);
    }
  });

  it('reads a damaged bank that it cannot write', async () => {
    const disk = new CrashDisk();
    const writing = open(disk, new Set());
    for (let i = 0; i < 8; i++) await writing.journal.write(adding(someCase()));
    const newest = disk
      .list('/bank')
      .filter((name) => name.endsWith('.db'))
      .sort()
      .at(-1)!;
    disk.flip(`/bank/${newest}`);
    disk.refuse = 'EROFS';
    const { journal } = open(disk, new Set());
    assert.equal(await journal.read((bank) => bank.counts().total), 8);
    assert.match((await journal.warning()) ?? '', /was damaged/);
  });
});

describe('the journal with damage', function () {
  this.timeout(60_000);

  /** Two images, and segments of a process that was closed, of one that was killed, and of one that lives. */
  async function bank() {
    const disk = new CrashDisk();
    const ended = new Set<number>();
    const ids: string[] = [];
    const all = [open(disk, ended), open(disk, ended), open(disk, ended)];
    for (let i = 0; i < 16; i++) {
      const record = someCase();
      await all[i % 3]!.journal.write(adding(record));
      ids.push(record.id);
    }
    await all[0]!.journal.dispose();
    ended.add(all[1]!.pid);
    const files = disk.list('/bank').map((name) => `/bank/${name}`);
    return { disk, ended, ids, files };
  }

  /** The cases that are missing, and whether the user is told. */
  async function opened(disk: CrashDisk, ended: Set<number>, ids: readonly string[]) {
    const { journal } = open(disk, new Set([...ended, pids]));
    const missing = await journal.read((known) => ids.filter((id) => !known.get(id)));
    return { missing, told: (await journal.warning()) !== undefined };
  }

  const anyPlace = fc.tuple(fc.nat(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

  it('loses no case but the one whose byte was changed, and then tells', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlace, fc.integer({ min: 1, max: 255 }), async ([which, where], change) => {
        const { disk, ended, ids, files } = await bank();
        const file = files[which % files.length]!;
        disk.change(file, (bytes) => {
          const place = Math.floor(bytes.length * where);
          bytes[place] = bytes[place]! ^ change;
          return bytes;
        });
        const { missing, told } = await opened(disk, ended, ids);
        const isImage = file.endsWith('.db');
        assert.equal(missing.length <= (isImage ? 0 : 1), true, `${missing.length} of ${file}`);
        if (missing.length > 0) assert.equal(told, true, file);
        const newest = files
          .filter((each) => each.endsWith('.db'))
          .sort()
          .at(-1);
        if (file === newest) assert.equal(told, true, file);
      }),
      { numRuns: 60 },
    );
  });

  it('loses no case of a file that was not cut, none at all of an image, and tells', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlace, async ([which, where]) => {
        const { disk, ended, ids, files } = await bank();
        const file = files[which % files.length]!;
        const cut = disk.size(file)! * where;
        const others = await opened(without(disk, file), ended, ids);
        disk.change(file, (bytes) => bytes.slice(0, cut));
        const { missing, told } = await opened(disk, ended, ids);
        if (file.endsWith('.db')) assert.deepEqual(missing, []);
        else
          assert.deepEqual(
            missing.filter((id) => !others.missing.includes(id)),
            [],
          );
        const newest = files
          .filter((each) => each.endsWith('.db'))
          .sort()
          .at(-1);
        if (file === newest) assert.equal(told, true, file);
      }),
      { numRuns: 60 },
    );
  });
});

/** A copy with a file of no bytes. */
function without(disk: CrashDisk, file: string): CrashDisk {
  const copy = disk.restarted(() => 0);
  copy.change(file, () => new Uint8Array());
  return copy;
}

describe('the rules of the journal', () => {
  it('let no image follow one of which it lacks something', async () => {
    const disk = new CrashDisk();
    const always = { bytes: 0, segments: 0 };
    const [slow, quick] = [0, 1].map(() => open(disk, new Set(), always).journal) as [
      BankJournal,
      BankJournal,
    ];
    const records = Array.from({ length: 9 }, () => someCase());
    const [first, ...rest] = records;
    // While the slow one, which has read all there was, is about to write.
    disk.before.set('append', () => {
      for (const record of rest) {
        void quick.write(adding(record));
        void quick.read(() => undefined);
      }
    });
    await slow.write(adding(first!));
    for (let i = 0; i < 4; i++) {
      await slow.write(adding(someCase()));
      await check(open(disk, new Set()).journal, new Map(records.map(({ id }) => [id, UNJUDGED])));
    }
  });

  for (const scenario of SCENARIOS) {
    it(`lose nothing, and would: ${scenario.mutant}`, async () => {
      assert.equal(await scenario.lost(false), 0);
      assert.notEqual(await scenario.lost(true), 0);
    });
  }
});
