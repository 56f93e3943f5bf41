/** Faults of commands, documents and files. */
import { mkdir, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import fs from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { BackgroundCommands } from '../../src/core/tools/backgroundCommands';
import { describeCommand } from '../../src/core/tools/commandWords';
import { commandTools } from '../../src/core/tools/runCommand';
import { CommandPolicy } from '../../src/core/tools/shell/commandPolicy';
import { readDocument } from '../../src/formats';
import { createChildRunner } from '../../src/node/childRunner';
import { createCommandPlace } from '../../src/node/commandPlace';
import { createFiles } from '../../src/node/files';
import { createRunStore } from '../../src/node/runStore';
import { callTool, type CalledTool } from '../fakes/callTool';
import { documentFile } from '../fakes/documentFixtures';
import { onFaultyDisk } from '../fakes/faultyDisk';
import { isAlive, until } from '../fakes/processes';
import { zipOf } from '../fakes/zip';
import type { FaultRow, Stage } from './row';
import { Secrets } from '../../src/core/common/secrets';

const RUN = '01JTESTRVN0000000000000000';
const RUNNER = 'run_command, over a real shell';

const posixOnly = (): string | undefined =>
  process.platform === 'win32' ? 'these are commands of a POSIX shell' : undefined;

/** Runs a command that the person approves. */
async function command(stage: Stage, line: string, more: object = {}): Promise<CalledTool> {
  const workspace = path.join(stage.folder, 'workspace');
  await mkdir(workspace);
  const runner = createChildRunner({
    cwd: workspace,
    runs: createRunStore(path.join(stage.folder, 'storage')),
    secrets: new Secrets(),
  });
  stage.after(async () => runner.dispose());
  const place = createCommandPlace({
    ...{ root: workspace, dist: path.resolve('dist'), shell: () => 'posix' as const },
    ...{ rules: () => [], searchPath: '/usr/bin:/bin' },
  });
  const [tool] = commandTools({
    ...{ runner, background: new BackgroundCommands(), notify: () => undefined },
    ...{ cancelled: new AbortController().signal, policy: new CommandPolicy(place) },
  });
  if (tool === undefined) throw new Error('There is no run_command.');
  return callTool(tool, { command: line, ...more }, { runId: RUN, approve: true });
}

const success = ({ ok }: CalledTool): string => (ok ? 'success' : 'no success');
const firstLine = ({ content }: CalledTool): string => content.split('\n')[0] ?? '';

/** A fixture's fault, or what became of it. */
const document = (name: string, entry?: string) => async (): Promise<string> => {
  const read = await readDocument(documentFile(name), entry === undefined ? {} : { entry });
  return read.ok ? 'read' : `${read.fault.code}: ${read.fault.message}`;
};

const ZEROS = deflateRawSync(Buffer.alloc(100_000_000));

const archive = (claimed: number) => async (): Promise<string> => {
  const read = await readDocument(
    { name: 'a.zip', bytes: zipOf('a.txt', ZEROS, claimed) },
    { entry: 'a.txt' },
  );
  return read.ok ? 'read' : `${read.fault.code}: ${read.fault.message}`;
};

/** A link that leads from `from` to `to` before the n-th operation of a read, for every n: what was read of it. */
async function swapped(stage: Stage, from: string, to: string): Promise<readonly string[]> {
  const root = path.join(stage.folder, 'workspace');
  const link = path.join(root, 'turning.txt');
  const found = new Set<string>();
  for (let at = 1, more = true; more; at++) {
    fs.rmSync(link, { force: true });
    fs.symlinkSync(from, link);
    const swap = () => {
      fs.symlinkSync(to, `${link}.new`);
      fs.renameSync(`${link}.new`, link);
    };
    const { result, operations } = await onFaultyDisk(root, at, { meddle: swap }, () =>
      createFiles({ root }).read('turning.txt'),
    );
    more = operations >= at;
    if (result.status === 'rejected') found.add(`threw ${String(result.reason)}`);
    else found.add(result.value.ok ? `read “${result.value.value}”` : result.value.fault.code);
  }
  return [...found].sort();
}

export const TOOLS: readonly FaultRow[] = [
  {
    id: 'command/never-ends',
    fault: 'A command that never ends, with another in the background',
    where: RUNNER,
    expected: 'At its limit of time it is ended with all that it started, and is no success.',
    shown: {
      unable: posixOnly,
      see: async (stage) => {
        const called = await command(stage, 'sleep 300 & echo begun $!; sleep 300', { timeoutSeconds: 1 });
        const pid = Number(/begun (\d+)/.exec(called.content)?.[1]);
        await until(() => !isAlive(pid));
        return `${success(called)}; ${firstLine(called)}`;
      },
      like: 'no success; [e1] stopped after 1 s',
      guard: {
        file: 'src/node/childRunner.ts',
        find: 'if (cancelled) this.#group.kill();',
        replace: 'if (cancelled) return { exitCode: undefined, endedBy: "cancelled" };',
      },
    },
  },
  {
    id: 'command/huge-output',
    fault: 'An output of 1.9 MB',
    where: RUNNER,
    expected: 'The model gets its head and tail with the way to the rest; all of it is on disk.',
    shown: {
      unable: posixOnly,
      see: async (stage) => {
        const { content, artifact } = await command(stage, 'seq 1 300000');
        const { size } = await stat(artifact ?? '');
        const parts = ['\n1\n', '\n300000\n', 'read_file {"path":"run:output-c1.txt"'].filter((part) =>
          content.includes(part),
        );
        return `${content.length < 15_000 ? 'short' : 'long'}, ${parts.length} of 3 parts; ${size} bytes on disk`;
      },
      like: 'short, 3 of 3 parts; 1988895 bytes on disk',
      guard: {
        file: 'src/node/commandOutput.ts',
        find: '    } else this.#stream.write(text);',
        replace: '    } else if (this.bytes < SHOWN) this.#stream.write(text);',
      },
    },
  },
  {
    id: 'command/endless-output',
    fault: 'An output of 60 MB',
    where: RUNNER,
    expected: '50 MB are kept on disk, and the model is told that the rest was not.',
    shown: {
      unable: posixOnly,
      see: async (stage) => {
        const called = await command(stage, 'head -c 60000000 /dev/zero | tr "\\0" "x" | fold -w 99');
        const { size } = await stat(called.artifact ?? '');
        const told = /the last [\d,]+ bytes were not kept/.test(called.content);
        return `${Math.floor(size / 1024 / 1024)} MB kept, ${told ? 'told' : 'not told'}`;
      },
      like: /^(?:49|50) MB kept, told$/,
      guard: {
        file: 'src/node/commandOutput.ts',
        find: 'if (this.notKept > 0 || this.bytes > MAX_FILE) {',
        replace: 'if (this.notKept > 0) {',
      },
    },
  },
  {
    id: 'command/binary-output',
    fault: 'Binary output',
    where: RUNNER,
    expected: 'The model gets no control characters, and is told that it is no text.',
    shown: {
      unable: posixOnly,
      see: async (stage) => {
        const { content } = await command(stage, 'head -c 4000 /dev/urandom');
        const told = content.includes('Much of this is no text');
        return `${told ? 'told' : 'not told'}, ${/[\u0000-\u0008\u000e-\u001f]/.test(content) ? 'control characters' : 'clean'}`;
      },
      like: 'told, clean',
      guard: { file: 'src/node/commandOutput.ts', find: '    this.#sample(chunk);\n', replace: '' },
    },
  },
  {
    id: 'command/no-exit-code',
    fault: 'A shell that is killed: there is no exit code',
    where: RUNNER,
    expected: 'It is no success.',
    shown: {
      unable: posixOnly,
      see: async (stage) => {
        const called = await command(stage, 'kill -9 $$');
        return `${success(called)}; ${firstLine(called)}`;
      },
      like: 'no success; no exit code (closed)',
      guard: {
        file: 'src/core/tools/commandWords.ts',
        find: 'ok: exitCode === 0 && limitSeconds === undefined,',
        replace: 'ok: (exitCode ?? 0) === 0 && limitSeconds === undefined,',
      },
    },
  },
  {
    id: 'command/exit-code-untold',
    fault: 'A shell that ends a command and does not tell its exit code',
    where: 'how a command’s end is told',
    expected: 'It is no success.',
    shown: {
      see: async () => {
        const made = { folder: '', files: [], workspace: [], more: 0, lookedThrough: true };
        const yielded = {
          output: 'all fine',
          outputFile: 'o.txt',
          bytes: 8,
          notKept: 0,
          leftOutFrom: undefined,
          made,
        };
        const { ok, preview } = describeCommand(yielded, { exitCode: undefined, endedBy: 'exit' });
        return `${ok ? 'success' : 'no success'}; ${preview}`;
      },
      like: 'no success; no exit code (exit)',
      guard: {
        file: 'src/core/tools/commandWords.ts',
        find: 'exitCode === undefined ? `no exit code (${endedBy})` : ',
        replace: '',
      },
    },
  },
  {
    id: 'terminal/closed',
    fault: 'The terminal is closed while a command runs',
    where: 'integrated terminal',
    expected: 'The command has ended with no exit code, which is no success.',
    shown: { file: 'test/integration/terminal.test.ts', test: 'tells a closed terminal from success' },
  },
  {
    id: 'terminal/no-shell-integration',
    fault: 'A shell without shell integration',
    where: 'integrated terminal',
    expected: 'Commands run all the same, with their output and exit code.',
    shown: { file: 'test/integration/terminal.test.ts', test: 'gives output and exit code' },
  },
  {
    id: 'terminal/shell-killed',
    fault: 'The shell of the terminal is killed by its command',
    where: 'integrated terminal',
    expected: 'It is no success.',
    shown: {
      file: 'test/integration/terminal.test.ts',
      test: 'takes a shell that was killed for no success',
    },
  },
  {
    id: 'document/encrypted-pdf',
    fault: 'A PDF with a password',
    where: 'document readers',
    expected: 'It is not read, and the model is told why.',
    shown: {
      see: document('user-password.pdf'),
      like: /^unsupported: .*protected with a password/,
      guard: {
        file: 'src/formats/pdf/read.ts',
        find: 'return isPasswordNeeded(error)',
        replace: 'return error === undefined',
      },
    },
  },
  {
    id: 'document/cut-pdf',
    fault: 'A PDF that is cut off',
    where: 'document readers',
    expected: 'It is not read, and the model is told that it is broken.',
    shown: {
      see: document('cut-off.pdf'),
      like: /^bad-reply: .*broken PDF/,
      guard: {
        file: 'src/formats/pdf/read.ts',
        find: '${baseName(source.name)} is a broken PDF: ',
        replace: '',
      },
    },
  },
  {
    id: 'document/broken-zip',
    fault: 'A ZIP archive (a DOCX) that is cut off',
    where: 'document readers',
    expected: 'It is not read, and the model is told that it is broken.',
    shown: {
      see: document('cut-off.docx'),
      like: /^bad-reply: .*broken DOCX/,
      guard: {
        file: 'src/formats/office/officeArchive.ts',
        find: '  if (!archive.ok) {\n',
        replace: '  if (!archive.ok && archive.fault === undefined) {\n',
      },
    },
  },
  {
    id: 'document/encrypted-zip',
    fault: 'An encrypted entry of an archive',
    where: 'document readers',
    expected: 'It is not read, and the model is told which entry is encrypted.',
    shown: {
      see: document('encrypted.zip', 'slides.md'),
      like: /^unsupported: slides\.md is encrypted/,
      guard: {
        file: 'src/formats/archive/zip.ts',
        find: '    if (isEncrypted)\n',
        replace: '    if (isEncrypted && size < 0)\n',
      },
    },
  },
  {
    id: 'document/wrong-checksum',
    fault: 'An entry of an archive with another checksum',
    where: 'document readers',
    expected: 'It is not read, and the model is told that it is damaged.',
    shown: {
      see: async () => {
        const packed = deflateRawSync(Buffer.from('good text'));
        const read = await readDocument(
          { name: 'a.zip', bytes: zipOf('a.txt', packed, 9, 1) },
          { entry: 'a.txt' },
        );
        return read.ok ? 'read' : `${read.fault.code}: ${read.fault.message}`;
      },
      like: 'bad-reply: a.txt is damaged in the archive: its checksum is wrong.',
      guard: {
        file: 'src/formats/archive/zip.ts',
        find: 'if (crc32(unpacked.value) !== entry.checksum)',
        replace: 'if (entry.checksum < 0)',
      },
    },
  },
  {
    id: 'document/zip-bomb',
    fault: 'A ZIP bomb that says how large it is (100 MB of 97 KB)',
    where: 'document readers',
    expected: 'It is not unpacked.',
    shown: {
      see: archive(100_000_000),
      like: /^limit: a\.txt looks like a ZIP bomb: \d+ bytes would become 100000000\.$/,
      guard: {
        file: 'src/formats/archive/zip.ts',
        find: 'if (size > LARGE_ENTRY_BYTES && size > packedSize * MOST_RATIO)',
        replace: 'if (size < 0)',
      },
    },
  },
  {
    id: 'document/lying-zip-bomb',
    fault: 'A ZIP bomb that says it has 1,000 bytes',
    where: 'document readers',
    expected: 'No more is unpacked than it says.',
    shown: {
      see: archive(1_000),
      like: 'limit: a.txt looks like a ZIP bomb: it unpacks to more than the 1000 bytes that it claims.',
      guard: {
        file: 'src/formats/archive/zip.ts',
        find: 'Math.max(1, Math.min(entry.size, left))',
        replace: '2 ** 30',
      },
    },
  },
  {
    id: 'file/two-gigabytes',
    fault: 'A file of 2 GB',
    where: 'workspace files',
    expected: 'It is refused by its size, with nothing of it read.',
    shown: {
      see: async (stage) => {
        const file = path.join(stage.folder, 'huge.txt');
        await writeFile(file, '');
        await truncate(file, 2 ** 31 + 1);
        const files = createFiles({ root: stage.folder });
        const text = await files.read('huge.txt');
        const bytes = await files.bytes('huge.txt', { maxBytes: 50_000_000 });
        return [text, bytes]
          .map((read) => (read.ok ? 'read' : `${read.fault.code}: ${read.fault.message}`))
          .join(' ');
      },
      like: /^limit: huge\.txt is too large to read: 2147\.5 MB, where [\d.]+ MB is the limit\. limit: huge\.txt is too large to read: 2147\.5 MB, where 50\.0 MB is the limit\.$/,
      guard: {
        file: 'src/node/files.ts',
        find: "  if (size > most) return failed('limit', tooLarge(file, size, most));\n",
        replace: '',
      },
    },
  },
  {
    id: 'file/swapped-link',
    fault: 'A link is swapped between check and use: before every operation of a read',
    where: 'workspace files',
    expected: 'What is outside the folder is never read, whichever way the link is turned.',
    shown: {
      unable: () => (process.platform === 'win32' ? 'links take rights that a user has not' : undefined),
      see: async (stage) => {
        const root = path.join(stage.folder, 'workspace');
        await mkdir(root);
        const [inside, outside] = [path.join(root, 'a.md'), path.join(stage.folder, 'outside.txt')];
        await writeFile(inside, 'inside');
        await writeFile(outside, 'secret');
        await symlink(inside, path.join(root, 'turning.txt'));
        const found = new Set([
          ...(await swapped(stage, inside, outside)),
          ...(await swapped(stage, outside, inside)),
        ]);
        return [...found].sort().join(', ');
      },
      like: 'denied, read “inside”',
      guard: {
        file: 'src/node/files.ts',
        find: ' || named.ino !== opened.ino || named.dev !== opened.dev',
        replace: '',
      },
    },
  },
];
