/** Faults of the memory on disk: processes that die, damage, other versions, several windows. */
import { spawn } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { adding, judging } from '../../src/core/memory/journal/changes';
import { BankJournal } from '../../src/node/journal/bankJournal';
import { decodeImage, encodeImage } from '../../src/node/journal/image';
import { createRunStore } from '../../src/node/runStore';
import { systemIds } from '../../src/node/system';
import { type Chance, CrashDisk } from '../fakes/crashDisk';
import { add, ALWAYS, ids, imagesIn, opened } from '../fakes/journalBank';
import { changingBank, memoryDatabase, someCase } from '../fakes/memoryBank';
import type { FaultRow, Produced, Stage } from './row';

const BANK = 'case bank';
const WRITER = path.resolve('test/unit/node/children/writeCases.ts');

/** The cases that a process has acknowledged that is killed after so many. */
function killedWriter(folder: string, after: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', WRITER, folder, '1000'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
    if (output.split('\n').length > after) child.kill('SIGKILL');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', () => resolve(output.split('\n').slice(0, -1)));
  });
}

/** Images are made often, so that they come between. */
const BOUNDS = { bytes: 2_500, segments: 2 };

let processes = 0;
function open(disk: CrashDisk): BankJournal {
  const pid = ++processes;
  return new BankJournal({
    ...{ folder: '/bank', openDatabase: memoryDatabase, disk, bounds: BOUNDS },
    // Whoever wrote before has died.
    processes: {
      own: () => ({ pid, place: 'here', started: '1' }),
      livenessOf: (other) => (other.pid === pid ? 'living' : 'gone'),
    },
  });
}

/** Adds cases until the disk fails; the ids of those that were acknowledged. */
async function write(disk: CrashDisk, count: number): Promise<readonly string[]> {
  const journal = open(disk);
  const acknowledged: string[] = [];
  for (let i = 0; i < count && !disk.failed; i++) {
    const record = someCase();
    const told = journal.onDidChange(() => {
      if (!disk.failed) acknowledged.push(record.id);
    });
    await journal.write(adding(record));
    told.dispose();
  }
  return acknowledged;
}

/** How many are gone, or are others than was written. */
const missing = (journal: BankJournal, wanted: readonly string[]): Promise<number> =>
  journal.read((bank) => wanted.filter((id) => !WRITTEN.test(bank.get(id)?.question ?? '')).length);

/** What `someCase` asks. */
const WRITTEN = /^What is thing \d+\?$/;

/** What becomes of what was not synchronised: nothing of it, half of it, all of it is there. */
const CHANCES: readonly Chance[] = [() => 0.99, () => 0.5, () => 0];

/** The power goes before each change of the disk. */
const powerLoss: Produced['see'] = async () => {
  const whole = new CrashDisk();
  await write(whole, 6);
  let lost = 0;
  for (let failAt = 0; failAt <= whole.steps; failAt++) {
    for (const chance of CHANCES) {
      const disk = new CrashDisk();
      disk.failAt = failAt;
      const acknowledged = await write(disk, 6);
      lost += await missing(open(disk.restarted(chance)), acknowledged);
    }
  }
  return `${(whole.steps + 1) * CHANCES.length} times; ${lost} cases lost`;
};

/** Damage to each file of a bank in turn: cases that are gone, at most of one file, and whether that is told. `processes`: how many cases each of them adds. */
const damaged =
  (
    harm: (bytes: Uint8Array) => Uint8Array,
    isHarmed: (file: string) => boolean,
    processes: readonly number[],
  ): Produced['see'] =>
  async () => {
    const whole = new CrashDisk();
    const acknowledged: string[] = [];
    for (const cases of processes) acknowledged.push(...(await write(whole, cases)));
    const files = whole.list('/bank').filter(isHarmed);
    let [lost, untold] = [0, 0];
    for (const file of files) {
      const disk = whole.restarted(() => 0);
      disk.change(`/bank/${file}`, harm);
      const journal = open(disk);
      const gone = await missing(journal, acknowledged);
      lost = Math.max(lost, gone);
      if ((await journal.warning()) === undefined && gone > 0) untold++;
    }
    return `${files.length > 0 ? 'files' : 'no files'}; at most ${lost} cases lost, ${untold} times untold`;
  };

/** One bit, in the words of the newest case where there are some. */
const flip = (bytes: Uint8Array): Uint8Array => {
  const words = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).lastIndexOf('What is thing');
  const at = words === -1 ? bytes.length >> 1 : words;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};
/** The segments of those that are gone are deleted: images alone have what they held. */
const SEVERAL = [3, 3, 3, 3];
const isImage = (file: string): boolean => file.endsWith('.db');

/** The disk refuses every change for a while. */
const refused =
  (code: string): Produced['see'] =>
  async () => {
    const disk = new CrashDisk();
    const journal = open(disk);
    const records = [someCase(), someCase(), someCase()];
    const [first, second, third] = records.map((record) => () => journal.write(adding(record)));
    await first?.();
    disk.refuse = code;
    await second?.();
    const inMemory =
      2 -
      (await missing(
        journal,
        records.slice(0, 2).map(({ id }) => id),
      ));
    const told = (await journal.warning()) ?? 'not told';
    disk.refuse = undefined;
    await third?.();
    const saved =
      3 -
      (await missing(
        open(disk.restarted(() => 0.99)),
        records.map(({ id }) => id),
      ));
    return `${inMemory} in memory; ${told.slice(0, 60)} …; then ${saved} on disk`;
  };

/** A bank whose image was changed by somebody else, and what a case that is added then comes to. */
async function afterChange(stage: Stage, change: string) {
  const first = opened(stage.folder, { bounds: ALWAYS });
  const id = await add(first);
  await first.dispose();
  const [file = ''] = await imagesIn(stage.folder);
  const db = memoryDatabase(decodeImage(await readFile(file)));
  db.run(change);
  await writeFile(file, encodeImage(db.export(), 1));
  const before = (await readdir(stage.folder)).sort().join();
  const journal = opened(stage.folder, { bounds: ALWAYS });
  const second = await add(journal);
  const found = await ids(journal);
  const warning = (await journal.warning()) ?? 'no warning';
  await journal.dispose();
  const isUntouched = (await readdir(stage.folder)).sort().join() === before;
  return { seen: [id, second].filter((each) => found.includes(each)).length, warning, isUntouched };
}

export const MEMORY: readonly FaultRow[] = [
  {
    id: 'memory/killed',
    fault: 'kill -9 of a process that writes, after 1 and 9 cases',
    where: BANK,
    expected: 'All that was acknowledged is there.',
    shown: {
      see: async (stage) => {
        let lost = 0;
        for (const after of [1, 9]) {
          const folder = path.join(stage.folder, String(after));
          const acknowledged = await killedWriter(folder, after);
          const journal = opened(folder);
          const found = await ids(journal);
          lost += acknowledged.filter((id) => !found.includes(id)).length;
          await journal.dispose();
        }
        return `${lost} cases lost`;
      },
      like: '0 cases lost',
      guard: {
        file: 'src/node/journal/bankJournal.ts',
        find: '    this.#save();\n    for (const settle of settlements) settle();',
        replace: '    for (const settle of settlements) settle();\n    setTimeout(() => this.#save(), 300);',
      },
    },
  },
  {
    id: 'memory/power-loss',
    fault: 'The power goes before any change of the disk, with what was not synchronised lost, torn or kept',
    where: BANK,
    expected: 'All that was acknowledged is there.',
    shown: {
      see: powerLoss,
      like: /^[1-9]\d+ times; 0 cases lost$/,
      guard: { file: 'src/node/journal/ownSegment.ts', find: '      open.file.sync();\n', replace: '' },
    },
  },
  {
    id: 'memory/flipped-image',
    fault: 'A flipped bit in an image, each in turn',
    where: BANK,
    expected: 'It is set aside, and all cases are there from the other files.',
    shown: {
      see: damaged(flip, isImage, SEVERAL),
      like: 'files; at most 0 cases lost, 0 times untold',
      guard: {
        file: 'src/node/journal/image.ts',
        find: '  if (!sha256(bytes.subarray(0, -HASH_BYTES)).equals(bytes.subarray(-HASH_BYTES))) return undefined;\n',
        replace: '',
      },
    },
  },
  {
    id: 'memory/flipped-segment',
    fault: 'A flipped bit in a segment of the journal, each in turn',
    where: BANK,
    expected: 'No case is lost but the one whose record it hits, and that is told.',
    shown: {
      see: damaged(flip, (file) => !isImage(file), [11]),
      like: /^files; at most [01] cases lost, 0 times untold$/,
      guard: {
        file: 'src/node/journal/quarantine.ts',
        find: '  notices.tell(\n',
        replace: '  String(\n',
      },
    },
  },
  {
    id: 'memory/empty-image',
    fault: 'An image of 0 bytes, which sql.js opens as an empty database',
    where: BANK,
    expected: 'It is set aside, and all cases are there from the other files.',
    shown: {
      see: damaged(() => new Uint8Array(), isImage, SEVERAL),
      like: 'files; at most 0 cases lost, 0 times untold',
      guard: {
        file: 'src/node/journal/image.ts',
        find: '  if (end < 0 || !bytes.subarray(end, end + MAGIC.length).equals(MAGIC)) return undefined;\n',
        replace: '  if (end < 0) return bytes;\n',
      },
    },
  },
  {
    id: 'memory/torn-segment',
    fault: 'A segment of the journal cut in the middle, each in turn',
    where: BANK,
    expected: 'All cases are there that stand before the cut or in an image, and others can be added.',
    shown: {
      see: async () => {
        const disk = new CrashDisk();
        const acknowledged = await write(disk, 2);
        const [file = ''] = disk.list('/bank').filter((name) => !isImage(name));
        disk.change(`/bank/${file}`, (bytes) => bytes.slice(0, bytes.length - 5));
        const journal = open(disk);
        const gone = await missing(journal, acknowledged);
        const told = (await journal.warning()) !== undefined;
        const record = someCase();
        await journal.write(adding(record));
        return `${gone} case lost, ${told ? 'told' : 'untold'}; ${await missing(open(disk), [record.id])} of the new ones`;
      },
      like: '1 case lost, told; 0 of the new ones',
      guard: {
        file: 'src/node/journal/segmentReader.ts',
        find: '    if (more !== undefined) this.#leaveRest();\n',
        replace: '',
      },
    },
  },
  {
    id: 'memory/disk-full',
    fault: 'The disk is full for a while',
    where: BANK,
    expected: 'It goes on in memory with one warning, and all is saved once there is room.',
    shown: {
      see: refused('ENOSPC'),
      like: /^2 in memory; The memory cannot be saved in .*; then 3 on disk$/,
      guard: {
        file: 'src/node/journal/bankJournal.ts',
        find: '      this.#context.notices.settled();\n    } catch (error) {\n      this.#tellUnsaved(error);',
        replace: '      this.#context.notices.settled();\n    } catch {\n      this.#replica.unsaved = [];',
      },
    },
  },
  {
    id: 'memory/read-only',
    fault: 'The folder is read-only for a while',
    where: BANK,
    expected: 'It goes on in memory with one warning, and all is saved once it can be.',
    shown: {
      see: refused('EROFS'),
      like: /^2 in memory; The memory cannot be saved in .*; then 3 on disk$/,
      guard: {
        file: 'src/node/journal/bankJournal.ts',
        find: '      this.#context.notices.settled();\n    } catch (error) {\n      this.#tellUnsaved(error);',
        replace: '      this.#context.notices.settled();\n    } catch (error) {\n      throw error;',
      },
    },
  },
  {
    id: 'memory/two-windows',
    fault: 'Two windows write at once',
    where: BANK,
    expected: 'Each sees what the other wrote, and nothing is lost.',
    shown: {
      see: async (stage) => {
        const both = [opened(stage.folder, { bounds: BOUNDS }), opened(stage.folder, { bounds: BOUNDS })];
        const added = await Promise.all(Array.from({ length: 20 }, (_, i) => add(both[i % 2] ?? opened(''))));
        const lost = await Promise.all(both.map((journal) => missing(journal, added)));
        for (const journal of both) await journal.dispose();
        const after = opened(stage.folder);
        return `${lost.join(' and ')} missing; then ${await missing(after, added)}`;
      },
      like: '0 and 0 missing; then 0',
      guard: {
        file: 'src/node/journal/bankJournal.ts',
        find: '      const opening = !this.#known;\n      this.#refresh();',
        replace: '      const opening = !this.#known;\n      if (opening) this.#refresh();',
      },
    },
  },
  {
    id: 'memory/clock-set-back',
    fault: 'A judgement in a window whose clock is hours behind that of an earlier one',
    where: BANK,
    expected: 'The later judgement holds, whatever the clocks say.',
    shown: {
      see: async (stage) => {
        const noon = Date.UTC(2026, 0, 1, 12);
        const ahead = opened(stage.folder, { now: () => noon });
        const id = await add(ahead);
        await ahead.write(judging(id, { reward: 1, reason: null, at: noon }));
        const behind = opened(stage.folder, { now: () => noon - 6 * 3_600_000 });
        await behind.write(judging(id, { reward: 0, reason: null, at: noon }));
        const rewards = [ahead, behind, opened(stage.folder)].map((journal) =>
          journal.read((bank) => bank.get(id)?.reward),
        );
        return `rewards ${(await Promise.all(rewards)).join(', ')}`;
      },
      like: 'rewards 0, 0, 0',
      guard: {
        file: 'src/node/journal/operationIds.ts',
        find: 'Math.max(this.#now(), floor)',
        replace: 'this.#now()',
      },
    },
  },
  {
    id: 'memory/older-schema',
    fault: 'An image of an older schema',
    where: BANK,
    expected: 'Its cases are there, and it is kept as it was beside what is made of it.',
    shown: {
      see: async (stage) => {
        const db = memoryDatabase();
        const record = someCase();
        changingBank(db).add(record, { encoder: 'e', values: new Float32Array([1]) });
        db.run(
          'DROP TABLE registers; DROP TABLE applied; DROP TABLE runs; ALTER TABLE vectors DROP COLUMN op; ' +
            'ALTER TABLE cases DROP COLUMN lessons; PRAGMA user_version = 1',
        );
        await writeFile(path.join(stage.folder, 'image-00000003.db'), encodeImage(db.export(), 3));
        const journal = opened(stage.folder, { bounds: ALWAYS });
        const added = await add(journal);
        const gone = await missing(opened(stage.folder), [record.id, added]);
        return `${gone} missing; kept ${(await readdir(path.join(stage.folder, 'backup'))).join()}`;
      },
      like: '0 missing; kept image-3.schema-1.db',
      guard: {
        file: 'src/node/journal/replica.ts',
        find: '    if (image && version < SCHEMA_VERSION) this.#backUp(image.generation, version);\n',
        replace:
          '    if (image && version < SCHEMA_VERSION) this.#context.disk.makeFolder(backupFolder(this.#context.folder));\n',
      },
    },
  },
  {
    id: 'memory/newer-schema',
    fault: 'An image of a newer version of the program',
    where: BANK,
    expected: 'It is only read, what is added lasts in memory, and the user is told to update.',
    shown: {
      see: async (stage) => {
        const { seen, warning, isUntouched } = await afterChange(stage, 'PRAGMA user_version = 99');
        return `${seen} of 2 cases; files ${isUntouched ? 'untouched' : 'changed'}; ${warning}`;
      },
      like: /^2 of 2 cases; files untouched; The memory was written by a newer version of Memento, so it is only read/,
      guard: {
        file: 'src/node/journal/replica.ts',
        find: '      this.isNewer = true;\n      if (isLegible(db)) return db;',
        replace: '      if (isLegible(db)) return db;',
      },
    },
  },
  {
    id: 'memory/illegible-schema',
    fault: 'An image of a newer version whose tables are others',
    where: BANK,
    expected: 'It is left alone, and the user is told to update.',
    shown: {
      see: async (stage) => {
        const change = 'DROP TABLE cases; CREATE TABLE cases (other); PRAGMA user_version = 99';
        const { warning, isUntouched } = await afterChange(stage, change);
        return `files ${isUntouched ? 'untouched' : 'changed'}; ${warning}`;
      },
      like: /^files untouched; The memory was written by a newer version of Memento/,
      guard: {
        file: 'src/node/journal/replica.ts',
        find: '      if (isLegible(db)) return db;\n',
        replace: '      return db;\n',
      },
    },
  },
  {
    id: 'memory/torn-run-log',
    fault: 'A run log whose last line is torn, at every byte of it',
    where: 'run log',
    expected: 'Every whole event is read, and what follows starts a line of its own.',
    shown: {
      see: async (stage) => {
        const runId = systemIds.next();
        const event = (seq: number) =>
          ({ v: 1, seq, at: 1, runId, type: 'user.steered', text: 'ü' }) as const;
        const file = path.join(stage.folder, 'runs', `${runId}.jsonl`);
        await createRunStore(stage.folder).append(event(0));
        const line = Buffer.from(JSON.stringify(event(1)));
        const first = await readFile(file);
        let wrong = 0;
        for (let cut = 1; cut < line.length; cut++) {
          await writeFile(file, Buffer.concat([first, line.subarray(0, cut)]));
          const runs = createRunStore(stage.folder);
          await runs.append(event(2));
          const read = (await runs.read(runId))?.map(({ seq }) => seq).join();
          if (read !== '0,2') wrong++;
        }
        return `${line.length - 1} cuts, ${wrong} wrong`;
      },
      like: /^\d\d cuts, 0 wrong$/,
      guard: {
        file: 'src/node/appendFile.ts',
        find: "if (size > 0 && last.toString('latin1') !== '\\n')",
        replace: 'if (size < 0)',
      },
    },
  },
];
