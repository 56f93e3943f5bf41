/** Faults of the disk, at every operation of every module that writes. */
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent, RunEventBody } from '../../src/core/agent/events';
import { runState } from '../../src/core/agent/runState';
import { messageOf } from '../../src/core/common/result';
import { adding } from '../../src/core/memory/journal/changes';
import { WorkspaceIndex } from '../../src/core/tools/workspaceIndex';
import { writeCodeFile } from '../../src/node/codeFile';
import { CommandOutput } from '../../src/node/commandOutput';
import { installCommandLineTool } from '../../src/node/commandLineTool';
import { createDiskCache } from '../../src/node/diskCache';
import { exportToFile } from '../../src/node/exportRun';
import { withLock } from '../../src/node/fileLock';
import { readIndexFile, writeIndexFile } from '../../src/node/indexFile';
import { BankJournal } from '../../src/node/journal/bankJournal';
import { FileWatch } from '../../src/node/madeFiles';
import { openProject } from '../../src/node/project';
import { createRunFiles } from '../../src/node/runFiles';
import { createRunStore } from '../../src/node/runStore';
import { systemIds } from '../../src/node/system';
import { writeText } from '../../src/node/textFile';
import { readVectorCache, writeVectorCache } from '../../src/node/vectorCache';
import { type DiskFault, type Disturbed, onFaultyDisk } from '../fakes/faultyDisk';
import { memoryDatabase, someCase } from '../fakes/memoryBank';
import { goodReplies, laboratory } from './modelRun';
import type { FaultRow, Produced } from './row';
import { Secrets } from '../../src/core/common/secrets';

/** Each of them at the n-th operation, for every n. */
const FAULTS: readonly DiskFault[] = [
  { code: 'ENOSPC', changes: true, lasts: true },
  { code: 'EIO' },
  { code: 'EACCES' },
  { code: 'EIO', torn: true, lasts: true },
];

interface Trial<T> {
  /** What the disk does, in a folder with what `prepare` left there. */
  readonly act: (folder: string) => Promise<T>;
  readonly prepare?: (folder: string) => Promise<void>;
  /** Fills a folder of which each trial gets a copy. */
  readonly template?: (folder: string) => Promise<void>;
  /** With the disk well again: what is wrong, undefined where nothing is. `value`: what was acknowledged. */
  readonly wrong: (folder: string, done: Disturbed<T>) => Promise<string | undefined>;
}

/** Runs the trial with each fault at each of its operations; says how many there were, and what went wrong. */
const everyOperation =
  <T>(trial: Trial<T>): Produced['see'] =>
  async (stage) => {
    let tried = 0;
    const found: string[] = [];
    const template = path.join(stage.folder, 'template');
    await mkdir(template);
    await trial.template?.(template);
    for (const fault of FAULTS) {
      for (let at = 1, more = true; more; at++) {
        const folder = path.join(stage.folder, `${fault.code}${fault.torn ? '-torn' : ''}-${at}`);
        await cp(template, folder, { recursive: true });
        await trial.prepare?.(folder);
        const done = await onFaultyDisk(folder, at, fault, () => trial.act(folder));
        more = done.operations >= at;
        if (more) tried++;
        const wrong = await trial.wrong(folder, done);
        if (wrong !== undefined) found.push(`${fault.code}${fault.torn ? ' torn' : ''} at ${at}: ${wrong}`);
      }
    }
    return `${tried} faults; ${found.length === 0 ? 'nothing lost, all told' : found.slice(0, 3).join(' · ')}`;
  };

const FINE = /^[1-9]\d* faults; nothing lost, all told$/;

/** The error that a caller gets names what happened; a TypeError is a bug. */
function toldBy({ result }: Disturbed<unknown>): string | undefined {
  if (result.status === 'fulfilled') return undefined;
  const message = messageOf(result.reason);
  return /^E[A-Z]+: \S/.test(message) ? undefined : `told “${message}”`;
}

const textOf = (file: string): Promise<string | undefined> => readFile(file, 'utf8').catch(() => undefined);

const event = (runId: string, seq: number, body: RunEventBody): RunEvent => ({
  v: 1,
  seq,
  at: 1000 + seq,
  runId,
  ...body,
});

/** Events of a run from its beginning to its end. */
const eventsOf = (runId: string): readonly RunEvent[] => [
  event(runId, 0, { type: 'run.started', question: 'Wie tief?', parentRunId: null, workspace: null }),
  event(runId, 1, { type: 'user.steered', text: 'in Metern' }),
  event(runId, 2, { type: 'run.finished', outcome: 'answered' }),
  event(runId, 3, { type: 'feedback.suggested', reward: 1, reason: null, by: 'agent' }),
  event(runId, 4, { type: 'feedback.given', reward: 1, reason: null }),
];

const RUN = systemIds.next();

const runLog: Trial<readonly RunEvent[]> = {
  act: async (folder) => {
    const runs = createRunStore(folder);
    const acknowledged: RunEvent[] = [];
    for (const each of eventsOf(RUN)) {
      await runs.append(each).then(
        () => acknowledged.push(each),
        () => undefined,
      );
    }
    return acknowledged;
  },
  wrong: async (folder, { result }) => {
    if (result.status === 'rejected') return messageOf(result.reason);
    const runs = createRunStore(folder);
    const kept = (await runs.read(RUN)) ?? [];
    const lost = result.value.filter(({ seq }) => !kept.some((each) => each.seq === seq));
    if (lost.length > 0) return `lost ${lost.map(({ type }) => type).join()}`;
    const { status } = runState(kept);
    // A run whose end is not in its log must be found again, unless the process that wrote it lives.
    const isFound = (await runs.unfinished()).length > 0 || (await runs.isUnderWay(RUN));
    if (kept.length > 0 && status !== 'finished' && result.value.some(({ seq }) => seq === 0) && !isFound)
      return 'a run without an end is in no list';
    await runs.append(event(RUN, 9, { type: 'feedback.given', reward: 0, reason: null }));
    return (await runs.read(RUN))?.at(-1)?.seq === 9 ? undefined : 'cannot be written on';
  },
};

/** A whole run whose log is on the faulty disk. */
const wholeRun: Produced['see'] = async (stage) => {
  const { run, logOf } = await laboratory(stage, {
    replies: goodReplies,
    remembers: false,
  });
  const storage = path.join(stage.folder, 'storage');
  const endings = new Map<string, number>();
  for (const fault of FAULTS) {
    for (let at = 1, more = true; more; at++) {
      const { result, operations } = await onFaultyDisk(storage, at, fault, () => run());
      more = operations >= at;
      if (!more) break;
      if (result.status === 'rejected') return `the run rejected: ${messageOf(result.reason)}`;
      const { runId, events } = result.value;
      const { outcome, answer, notices } = runState(events);
      const kept = runState(await logOf(runId));
      const told = notices.filter(({ code }) => code === 'log-not-written').length;
      const isWhole = kept.outcome === outcome && kept.answer === answer;
      const words = [
        outcome ?? 'no end',
        ...(isWhole || told > 0 ? [] : ['not kept, and nobody is told']),
        ...(told > 1 ? ['told more than once'] : []),
      ].join(', ');
      endings.set(words, (endings.get(words) ?? 0) + 1);
    }
  }
  return [...endings].map(([words, times]) => `${times} runs ${words}`).join(' · ');
};

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const pageCache: Trial<undefined> = {
  prepare: (folder) => cacheIn(folder).write('page', bytes('old')),
  act: async (folder) => {
    const cache = cacheIn(folder);
    await cache.read('page');
    await cache.write('page', bytes('new'));
    await cache.write('other', bytes('x'.repeat(600)));
    await cache.write('third', bytes('y'.repeat(600)));
    return undefined;
  },
  wrong: async (folder, { result }) => {
    if (result.status === 'rejected') return `a cache rejects: ${messageOf(result.reason)}`;
    const found = await cacheIn(folder).read('page');
    const text = found && new TextDecoder().decode(found);
    return text === undefined || text === 'old' || text === 'new' ? undefined : `read “${text}”`;
  },
};

const cacheIn = (folder: string) =>
  createDiskCache({ folder: path.join(folder, 'cache'), maxBytes: 1000, now: () => 1_700_000_000_000 });

/** A file that is replaced as a whole holds what it held before, or what was written, and nothing is left beside it. */
const replaced = (
  name: string,
  write: (file: string, text: string) => Promise<void>,
  read: (file: string) => Promise<string | undefined>,
  leftovers = false,
): Trial<undefined> => ({
  prepare: (folder) => write(path.join(folder, name), 'old'),
  act: async (folder) => {
    await write(path.join(folder, name), 'new');
    return undefined;
  },
  wrong: async (folder, done) => {
    const text = await read(path.join(folder, name));
    if (done.result.status === 'fulfilled' && text !== 'new')
      return `acknowledged, but it has “${text ?? ''}”`;
    if (text !== 'old' && text !== 'new') return `it has “${text ?? 'nothing'}”`;
    await write(path.join(folder, name), 'new');
    const beside = (await readdir(folder)).filter((each) => each !== name);
    if (!leftovers && beside.length > 0) return `left ${beside.length} file beside it`;
    return toldBy(done);
  },
});

const indexOf = (text: string): WorkspaceIndex => {
  const index = new WorkspaceIndex();
  index.update('a.md', text);
  return index;
};

const indexFile = replaced(
  'passages.index',
  (file, text) => writeIndexFile(file, 'made', { image: indexOf(text).image(), known: [] }),
  async (file) => (await readIndexFile(file, 'made'))?.image.passages[0]?.text,
  true,
);

const VECTORS: Readonly<Record<string, Float32Array>> = {
  old: Float32Array.of(1, 0),
  new: Float32Array.of(0, 1),
};

const vectorFile = replaced(
  'vectors',
  (file, text) => writeVectorCache(file, { encoder: 'e', entries: [['hash', VECTORS[text] ?? null]] }),
  async (file) => {
    const vector = (await readVectorCache(file))?.entries[0]?.[1];
    return Object.keys(VECTORS).find((name) => VECTORS[name]?.join() === vector?.join());
  },
  true,
);

const textFile = replaced(
  'cases.jsonl',
  (file, text) => writeText(file, (write) => write(text)),
  textOf,
  true,
);

const program = replaced(
  'memento',
  (file, text) => installCommandLineTool({ file, script: text, there: 'older', pathLine: undefined }),
  textOf,
);

const runFile: Trial<{ readonly ok: boolean; readonly message: string }> = {
  act: async (folder) => {
    const written = await createRunFiles({ folder: async () => folder }).write(
      'R',
      'frame.png',
      bytes('a picture'),
    );
    return { ok: written.ok, message: written.ok ? '' : written.fault.message };
  },
  wrong: async (folder, { result }) => {
    if (result.status === 'rejected') return messageOf(result.reason);
    if (!result.value.ok) {
      return /^frame\.png could not be kept: E[A-Z]+: /.test(result.value.message)
        ? undefined
        : result.value.message;
    }
    return (await textOf(path.join(folder, 'files/frame.png'))) === 'a picture' ? undefined : 'lost';
  },
};

const codeFile: Trial<{ readonly ok: boolean; readonly message: string }> = {
  act: async (folder) => {
    const host = { workspace: undefined, shell: 'posix', searchPath: undefined } as const;
    const written = await writeCodeFile(
      path.join(folder, 'run'),
      'c1',
      'javascript',
      'console.log(41)',
      host,
    );
    return { ok: written.ok, message: written.ok ? '' : written.fault.message };
  },
  wrong: async (folder, { result }) => {
    if (result.status === 'rejected') return messageOf(result.reason);
    if (!result.value.ok) {
      return /^The code could not be written to .*: E[A-Z]+: /.test(result.value.message)
        ? undefined
        : result.value.message;
    }
    return (await textOf(path.join(folder, 'run/code-c1.js'))) === 'console.log(41)' ? undefined : 'lost';
  },
};

const output: Trial<string> = {
  act: async (folder) => {
    const kept = new CommandOutput(path.join(folder, 'output.txt'), new Secrets());
    kept.write('first\n');
    kept.write('second\n');
    await kept.end();
    return kept.take().output;
  },
  wrong: async (folder, { result }) => {
    if (result.status === 'rejected') return messageOf(result.reason);
    if (!result.value.startsWith('first\nsecond\n')) return 'the model does not get it';
    const isKept = (await textOf(path.join(folder, 'output.txt'))) === 'first\nsecond\n';
    const isTold = /could not be written to .*: E[A-Z]+/.test(result.value);
    return isKept || isTold ? undefined : 'not kept, and nobody is told';
  },
};

const artefacts: Trial<readonly string[]> = {
  prepare: (folder) => mkdir(path.join(folder, 'workspace')),
  act: async (folder) => {
    const workspace = path.join(folder, 'workspace');
    const watch = await FileWatch.begin({
      runFolder: path.join(folder, 's/runs/R'),
      callId: 'c1',
      workspace,
    });
    await writeFile(path.join(workspace, 'table.csv'), 'a,b\n1,2\n');
    return (await watch.made()).files.map((file) => path.join(folder, 's/runs/R', file.path));
  },
  wrong: async (folder, done) => {
    const { result } = done;
    if (result.status === 'rejected') return toldBy(done);
    if (!done.isHit && result.value.length === 0) return 'nothing is shown';
    const texts = await Promise.all(result.value.map(textOf));
    return texts.every((text) => text === 'a,b\n1,2\n') ? undefined : 'a file is shown that is not whole';
  },
};

const RUN_EVENTS: readonly RunEvent[] = [
  event(RUN, 0, { type: 'run.started', question: 'Wie tief?', parentRunId: null, workspace: null }),
  event(RUN, 1, { type: 'answer.ready', answer: '41 m', shortAnswer: '41 m', citations: [] }),
  event(RUN, 2, { type: 'run.finished', outcome: 'answered' }),
];

const exported: Trial<boolean> = {
  prepare: (folder) => writeFile(path.join(folder, 'run.md'), 'somebody’s own text'),
  act: async (folder) => (await exportIn(folder, 'run.md')).ok,
  wrong: async (folder, done) => {
    await exportIn(folder, 'whole.md');
    const text = (await textOf(path.join(folder, 'run.md'))) ?? '';
    const isOld = text === 'somebody’s own text';
    if (!isOld && text !== (await textOf(path.join(folder, 'whole.md'))))
      return 'neither the old text nor the new one';
    if (done.result.status === 'fulfilled') return isOld ? 'acknowledged, but not written' : undefined;
    return toldBy(done);
  },
};

const exportIn = (folder: string, name: string) =>
  exportToFile(
    {
      runs: { read: async () => RUN_EVENTS, folder: async () => path.join(folder, 'R') },
      ...{ runId: RUN, format: 'markdown' },
    },
    path.join(folder, name),
  );

const projectRecord: Trial<string> = {
  prepare: async (folder) => {
    await mkdir(path.join(folder, 'notes'));
    await projectIn(folder);
  },
  act: async (folder) => (await projectIn(folder)).id,
  wrong: async (folder, done) => {
    const told = toldBy(done);
    if (told !== undefined) return told;
    const known = (await projectIn(folder)).id;
    const records = (await readdir(path.join(folder, 'data/projects'))).filter((name) =>
      name.startsWith('notes-'),
    );
    return records.length === 1 && records[0] === known
      ? undefined
      : `${records.length} records of one folder`;
  },
};

const projectIn = (folder: string) =>
  openProject({ folder: path.join(folder, 'notes'), dataDirectory: path.join(folder, 'data'), git: false });

const lock: Trial<boolean> = {
  act: async (folder) => withLock(path.join(folder, 'lock'), async () => true, { waitMs: 50, silenceMs: 10 }),
  wrong: async (_folder, done) => toldBy(done),
};

/** Closed at the end of each trial, so that nothing is at work on the folder any more. */
async function journalIn<T>(folder: string, use: (journal: BankJournal) => Promise<T>): Promise<T> {
  const journal = new BankJournal({
    folder: path.join(folder, 'bank'),
    openDatabase: memoryDatabase,
    bounds: { bytes: 2_000, segments: 2 },
    idleMs: 0,
  });
  try {
    return await use(journal);
  } finally {
    await journal.dispose().catch(() => undefined);
  }
}

const OLD = Array.from({ length: 2 }, () => someCase());
const NEW = Array.from({ length: 2 }, () => someCase());

const memory: Trial<{ readonly acknowledged: readonly string[]; readonly warning: string | undefined }> = {
  template: (folder) =>
    journalIn(folder, async (journal) => {
      for (const record of OLD) await journal.write(adding(record));
    }),
  act: (folder) =>
    journalIn(folder, async (journal) => {
      const acknowledged: string[] = [];
      const warnings: string[] = [];
      for (const record of NEW) {
        await journal.write(adding(record)).catch(() => undefined);
        const warning = await journal.warning().catch(messageOf);
        if (warning === undefined && warnings.length === 0) acknowledged.push(record.id);
        else if (warning !== undefined) warnings.push(warning);
      }
      return { acknowledged, warning: warnings[0] };
    }),
  wrong: async (folder, { result }) => {
    if (result.status === 'rejected') return messageOf(result.reason);
    const { acknowledged } = result.value;
    const wanted = [...OLD.map(({ id }) => id), ...acknowledged];
    const missing = await journalIn(folder, (journal) =>
      journal.read((bank) => wanted.filter((id) => !bank.get(id))),
    );
    return missing.length === 0 ? undefined : `${missing.length} cases are gone`;
  },
};

const rowOf = (
  id: string,
  where: string,
  expected: string,
  see: Produced['see'],
  guard: Produced['guard'],
  like: Produced['like'] = FINE,
): FaultRow => ({
  id: `disk/${id}`,
  fault: 'Disk full, i/o error, no permission, a torn write: at every operation',
  where,
  expected,
  shown: { see, like, guard },
});

export const DISK: readonly FaultRow[] = [
  rowOf(
    'memory',
    'case bank’s journal and images',
    'All that was there and all that was acknowledged without a warning is there.',
    everyOperation(memory),
    { file: 'src/node/journal/segmentReader.ts', find: '      this.#position = before;\n', replace: '' },
  ),
  rowOf(
    'run-log',
    'run log and marks of unfinished runs',
    'Every event that was acknowledged is in the log, which can be written on; a run without an end is listed.',
    everyOperation(runLog),
    {
      file: 'src/node/appendFile.ts',
      find: "if (size > 0 && last.toString('latin1') !== '\\n')",
      replace: 'if (size < 0)',
    },
  ),
  rowOf(
    'whole-run',
    'a whole run whose log cannot be written',
    'The run ends with its answer; that it is not kept is told in one sentence, once.',
    wholeRun,
    { file: 'src/core/agent/recorder.ts', find: 'if (this.#storeFailed) return;', replace: '' },
    /^\d+ runs answered$/,
  ),
  rowOf(
    'page-cache',
    'cache of pages',
    'A cache never rejects, and what it gives is what was written.',
    everyOperation(pageCache),
    {
      file: 'src/node/diskCache.ts',
      find: '        // A full disk, a folder that cannot be written: the cache is no more than a saving.\n',
      replace: "        throw new Error('full');\n",
    },
  ),
  rowOf(
    'index',
    'file of the workspace index',
    'The file holds the old index or the new one, whole.',
    everyOperation(indexFile),
    {
      file: 'src/node/indexFile.ts',
      find: 'const fresh = `${file}.${process.pid}.${Date.now().toString(36)}`;',
      replace: 'const fresh = file;',
    },
  ),
  rowOf(
    'vectors',
    'file of vectors',
    'The file holds the old vectors or the new ones, whole.',
    everyOperation(vectorFile),
    {
      file: 'src/node/vectorCache.ts',
      find: 'const fresh = `${file}.${process.pid}.${Date.now().toString(36)}`;',
      replace: 'const fresh = file;',
    },
  ),
  rowOf(
    'case-export',
    'export of cases',
    'The file holds what it held or what was exported, whole; else the fault is told.',
    everyOperation(textFile),
    {
      file: 'src/node/textFile.ts',
      find: 'const written = replaces ? `${target}.${process.pid}-${randomUUID().slice(0, 8)}.tmp` : target;',
      replace: 'const written = target;',
    },
  ),
  rowOf(
    'run-export',
    'export of a run',
    'A document that was there stays, or the new one is there whole; else the fault is told.',
    everyOperation(exported),
    {
      file: 'src/node/exportRun.ts',
      find: 'await writeText(file, (write) => write(text));',
      replace: 'await writeFile(file, text);',
    },
  ),
  rowOf(
    'run-files',
    'files that a run keeps',
    'What was acknowledged is there; else one sentence says what could not be kept.',
    everyOperation(runFile),
    {
      file: 'src/node/runFiles.ts',
      find: "return failed('storage', `${name} could not be kept: ${messageOf(error)}`);",
      replace: 'throw error;',
    },
  ),
  rowOf(
    'code',
    'code that is about to run',
    'No code runs that was not written whole; one sentence says so.',
    everyOperation(codeFile),
    {
      file: 'src/node/codeFile.ts',
      find: "return failed('storage', `The code could not be written to ${file}: ${messageOf(error)}`);",
      replace: '',
    },
  ),
  rowOf(
    'command-output',
    'output of a command',
    'The model gets the output, and the file has it or the output says that it has not.',
    everyOperation(output),
    {
      file: 'src/node/commandOutput.ts',
      find: '(error) => (this.#fileError = error)',
      replace: '() => undefined',
    },
  ),
  rowOf(
    'artefacts',
    'copies of what a command made',
    'Only copies that are whole are shown.',
    everyOperation(artefacts),
    { file: 'src/node/madeFiles.ts', find: '        copies.push(copy);', replace: '' },
  ),
  rowOf(
    'project',
    'record of the project',
    'The folder keeps its one project, and its memory is found again.',
    everyOperation(projectRecord),
    {
      file: 'src/node/project.ts',
      find: '    return opened(projects, known ?? newRecord(folder, git, hash(folder)));',
      replace: '    throw new Error();',
    },
  ),
  rowOf(
    'lock',
    'lock between processes',
    'The work is done, or its caller gets the error of the system.',
    everyOperation(lock),
    {
      file: 'src/node/fileLock.ts',
      find: '    // Others take it over when this process is gone.\n',
      replace: "    throw new Error('release');\n",
    },
  ),
  rowOf(
    'command-line-tool',
    'the script of the command line',
    'The script that was there stays, or the new one is there whole, with nothing left beside it.',
    everyOperation(program),
    {
      file: 'src/node/commandLineTool.ts',
      find: 'const temporary = `${file}.${process.pid}.tmp`;',
      replace: 'const temporary = file;',
    },
  ),
];
