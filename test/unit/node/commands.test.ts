import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Secrets } from '../../../src/core/common/secrets';
import type { CodeLanguage } from '../../../src/core/ports';
import { readFileTool } from '../../../src/core/tools/readFile';
import { NOT_EXPOSED } from '../../../src/core/tools/tool';
import { BackgroundCommands } from '../../../src/core/tools/backgroundCommands';
import { commandTools } from '../../../src/core/tools/runCommand';
import { CommandPolicy } from '../../../src/core/tools/shell/commandPolicy';
import type { CommandRule } from '../../../src/core/tools/shell/commandRules';
import { createCommandPlace } from '../../../src/node/commandPlace';
import { createChildRunner } from '../../../src/node/childRunner';
import { codeCommand, writeCodeFile } from '../../../src/node/codeFile';
import { createRunFiles } from '../../../src/node/runFiles';
import { createRunStore } from '../../../src/node/runStore';
import { callTool, type CalledTool, type CallParts } from '../../fakes/callTool';
import { isAlive, until } from '../../fakes/processes';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const DIST = path.resolve(import.meta.dirname, '../../../dist');
const RUN = '01JTESTRVN0000000000000000';

const PNG = `
import os, struct, sys, zlib
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
rows = b''.join(b'\\0' + bytes(((x * 4) % 256, (y * 4) % 256, 128)[c] for x in range(64) for c in range(3)) for y in range(48))
png = b'\\x89PNG\\r\\n\\x1a\\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', 64, 48, 8, 2, 0, 0, 0)) + chunk(b'IDAT', zlib.compress(rows)) + chunk(b'IEND', b'')
`;

/** Real processes, as the command line runs them. */
describe('run_code and run_command', function () {
  this.timeout(20_000);
  const folder = temporaryFolder();
  const workspace = () => path.join(folder(), 'workspace');
  const runFolder = () => path.join(folder(), 'storage/runs', RUN);
  beforeEach(() => mkdirSync(workspace()));

  const tools = (rules: readonly CommandRule[] = []) => {
    const runs = createRunStore(path.join(folder(), 'storage'));
    const runner = createChildRunner({ cwd: workspace(), runs, secrets: new Secrets() });
    const [command, code, background] = commandTools({
      ...{ runner, background: new BackgroundCommands(), notify: () => undefined },
      cancelled: new AbortController().signal,
      policy: new CommandPolicy(
        createCommandPlace({
          ...{ root: workspace(), dist: DIST },
          rules: () => rules,
          searchPath: '/usr/bin:/bin',
        }),
      ),
    });
    assert.ok(command && code && background);
    return {
      ...{ code, command, background },
      read: readFileTool(undefined, createRunFiles(runs)),
    };
  };
  const allowed = (parts: CallParts = {}): CallParts => ({ runId: RUN, approve: true, ...parts });
  const code = (language: CodeLanguage, text: string, parts?: CallParts) =>
    callTool(tools().code, { language, code: text }, allowed(parts));
  const command = (line: string, parts?: CallParts, more: object = {}) =>
    callTool(tools().command, { command: line, ...more }, allowed(parts));
  const read = (args: object) => callTool(tools().read, args, allowed());

  before(function () {
    if (process.platform !== 'win32') return;
    console.log('      skipped: these are commands of a POSIX shell');
    this.skip();
  });

  it('shows an image, a table and data that Python makes', async function () {
    if (!has('python3')) {
      console.log('      skipped: python3 is not installed');
      this.skip();
    }
    const { ok, files, content, exitCode } = await code(
      'python',
      `${PNG}
out = os.environ['MEMENTO_OUTPUT_DIR']
open(os.path.join(out, 'gradient.png'), 'wb').write(png)
open(os.path.join(out, 'table.csv'), 'w').write('a,b\\n1,2\\n')
os.makedirs(os.path.join(out, 'deep/er'))
open(os.path.join(out, 'deep/er/data.json'), 'w').write('{}')
print('done')`,
    );
    assert.deepEqual([ok, exitCode], [true, 0]);
    assert.deepEqual(
      files?.map(({ path: file, mediaType }) => [file, mediaType]),
      [
        ['files/deep/er/data.json', 'application/json'],
        ['files/gradient.png', 'image/png'],
        ['files/table.csv', 'text/csv'],
      ],
    );
    const png = readFileSync(path.join(runFolder(), 'files/gradient.png'));
    assert.equal(files?.[1]?.bytes, png.length);
    assert.match(content, /run:files\/gradient\.png \(image\/png, [\d,]+ bytes\)/);
    assert.ok(content.includes(`where run: is ${runFolder()}:`), content);
  });

  describe('without asking', () => {
    const notAsked = ({ asked }: CalledTool) => asked.every(({ waiver }) => waiver !== undefined);

    it('runs what only reads, and nothing of a Python environment of the folder', async () => {
      const bin = path.join(workspace(), '.venv/bin');
      mkdirSync(bin, { recursive: true });
      writeFileSync(path.join(workspace(), '.venv/pyvenv.cfg'), '');
      for (const program of ['cat', 'python'])
        writeFileSync(path.join(bin, program), '#!/bin/sh\necho pwned', { mode: 0o755 });
      writeFileSync(path.join(workspace(), 'a.txt'), 'the depth is 41');
      const read = await command('cat a.txt');
      assert.match(read.content, /the depth is 41/);
      assert.ok(notAsked(read));
      const approved = await command('cat a.txt; true $HOME');
      assert.match(approved.content, /pwned/, 'what a person approves runs as in their terminal');
      assert.ok(!notAsked(approved));
    });

    it('runs what a rule of the user allows, and all else asks', async () => {
      const rules = [{ text: 'touch made', verdict: 'auto' }] as const;
      const [tool] = [tools(rules).command];
      assert.ok(notAsked(await callTool(tool, { command: 'touch made' }, allowed())));
      for (const line of ['touch other', 'touch made; rm made', 'touch made &', 'cat ../secret', 'cat < a']) {
        const { asked } = await callTool(tool, { command: line }, allowed({ approve: false }));
        assert.equal(asked[0]?.waiver, undefined, line);
        assert.ok((asked[0]?.reasons.length ?? 0) > 0);
      }
    });

    it('asks for what goes on in the background, and for code', async () => {
      const server = await command('cat', { approve: false }, { background: true });
      assert.equal(server.asked[0]?.waiver, undefined);
      const text = await code('shell', 'cat a.txt', { approve: false });
      assert.equal(text.asked[0]?.waiver, undefined);
    });
  });

  it('gives JavaScript and shell the same folder, with what earlier calls left in it', async () => {
    const first = await code(
      'javascript',
      "require('fs').writeFileSync(process.env.MEMENTO_OUTPUT_DIR + '/plot.svg', '<svg/>')",
    );
    assert.deepEqual(
      first.files?.map(({ path: file }) => file),
      ['files/plot.svg'],
    );
    const second = await code('shell', 'cp "$MEMENTO_OUTPUT_DIR/plot.svg" "$MEMENTO_OUTPUT_DIR/copy.svg"', {
      callId: 'c2',
    });
    assert.deepEqual(
      second.files?.map(({ path: file }) => file),
      ['files/copy.svg'],
    );
  });

  it('tells of files in the workspace and keeps what can be shown as it was', async () => {
    writeFileSync(path.join(workspace(), 'old.csv'), 'a\n');
    writeFileSync(path.join(workspace(), 'same.csv'), 'a\n');
    const { files, content } = await command('echo 1 >> old.csv; echo x > new.txt; echo "{}" > new.json');
    assert.deepEqual(
      files?.map(({ path: file }) => file),
      ['workspace/c1/new.json', 'workspace/c1/old.csv'],
    );
    assert.match(
      content,
      /In the workspace folder:\n- new\.json \(new\)\n- new\.txt \(new\)\n- old\.csv \(changed\)$/,
    );
    writeFileSync(path.join(workspace(), 'old.csv'), 'another\n');
    assert.equal(readFileSync(path.join(runFolder(), 'workspace/c1/old.csv'), 'utf8'), 'a\n1\n');
  });

  it('says nothing of files where none were made', async () => {
    const { files, content } = await command('echo hi');
    assert.deepEqual([files, content], [[], '[e1] exit code 0\nhi\n']);
  });

  it('lists at most 40 of many files, and says how many there are', async () => {
    const { files, content, preview } = await code(
      'shell',
      'cd "$MEMENTO_OUTPUT_DIR"; i=0; while [ $i -lt 130 ]; do : > "f$i.txt"; i=$((i+1)); done',
    );
    assert.equal(files?.length, 40);
    assert.match(content, /and 90 more files/);
    assert.match(preview, /130 files made/);
  });

  it('follows no link out of the folder, and lists nothing that is gone again', async () => {
    writeFileSync(path.join(folder(), 'secret.png'), 'secret');
    const { files } = await code(
      'shell',
      `cd "$MEMENTO_OUTPUT_DIR"; ln -s ${path.join(folder(), 'secret.png')} link.png; ln -s ${folder()} all; ` +
        'mkfifo pipe.png; : > gone.csv; rm gone.csv; : > here.csv',
    );
    assert.deepEqual(
      files?.map(({ path: file }) => file),
      ['files/here.csv'],
    );
    for (const name of ['run:files/link.png', 'run:files/all/secret.png', 'run:../../../secret.png']) {
      assert.match((await read({ path: name })).content, /outside the folder of this run/);
    }
    assert.match((await read({ path: 'run:files/pipe.png' })).content, /is not a file/);
    assert.match((await read({ path: 'run:files/gone.csv' })).content, /left no file/);
  });

  it('keeps names with spaces, letters of all scripts and line breaks apart', async () => {
    const { files, content } = await code(
      'shell',
      `cd "$MEMENTO_OUTPUT_DIR"; : > 'a b.csv'; : > 'größe 図.csv'; printf x > "$(printf 'one\\n- run:two.csv')"`,
    );
    assert.deepEqual(
      files?.map(({ path: file }) => file),
      ['files/a b.csv', 'files/größe 図.csv', 'files/one\n- run:two.csv'],
    );
    assert.ok(content.includes('- "run:files/one\\n- run:two.csv"'), content);
    assert.equal((await read({ path: 'run:files/größe 図.csv' })).ok, true);
  });

  it('shows head and tail of a long output, and read_file the rest', async () => {
    const { content, artifact } = await command('seq 1 300000');
    const more = /read_file (\{.*\})\)/.exec(content)?.[1];
    assert.ok(more !== undefined, content.slice(-300));
    const { startLine } = JSON.parse(more) as { startLine: number };
    assert.ok(content.includes(`\n${startLine - 1}\n`), `line ${startLine - 1} is shown`);
    const rest = await read(JSON.parse(more) as object);
    assert.match(
      rest.content,
      new RegExp(`^\\[e1\\] run:output-c1\\.txt:${startLine}-\\d+ — .*\n${startLine}\n`),
    );
    assert.match(rest.content, /lines \d+-300000 are left: call read_file with startLine/);
    assert.deepEqual(rest.cited[0]?.locator, { kind: 'lines', start: startLine, end: startLine + 399 });
    const end = await read({ path: 'run:output-c1.txt', startLine: 299_999 });
    assert.match(end.content, /\n299999\n300000\n\(the file has 300000 lines\)$|\n299999\n300000$/);
    assert.equal(readFileSync(artifact ?? '', 'utf8').split('\n').length, 300_001);
  });

  it('lets a long line be read to its end', async () => {
    const { content } = await command('seq 1 20000 | tr "\\n" " "');
    assert.match(content, /read_file \{"path":"run:output-c1\.txt","startLine":1\}\)$/);
    const path = 'run:output-c1.txt';
    const texts: string[] = [];
    for (let call: object | undefined = { path, startLine: 1 }; call;) {
      const { content: part, cited } = await read(call);
      texts.push(cited[0]?.text ?? '');
      const next = /startLine 1 and startColumn (\d+)\)$/.exec(part)?.[1];
      call = next === undefined ? undefined : { path, startLine: 1, startColumn: Number(next) };
    }
    assert.equal(texts.length, 5);
    assert.equal(texts.join(''), readFileSync(`${runFolder()}/output-c1.txt`, 'utf8'));
    const beyond = await read({ path, startLine: 1, startColumn: 200_000 });
    assert.equal(beyond.content, 'Line 1 of output-c1.txt ends before column 200000.');
  });

  it('keeps 50 MB of a larger output on disk and says so', async () => {
    const { content, artifact } = await command('head -c 60000000 /dev/zero | tr "\\0" "x" | fold -w 99');
    const size = statSync(artifact ?? '').size;
    assert.ok(size < 50 * 1024 * 1024 + 200 && size > 49 * 1024 * 1024, `${size} bytes`);
    assert.match(content, /bytes in all; the last [\d,]+ bytes were not kept/);
    const last = await read({ path: 'run:output-c1.txt', startLine: 500_000, endLine: 500_001 });
    assert.match(last.content, /:500000-500001 — .*\nx{99}\nx{99}\n/);
  });

  it('ends a command that never ends, and what it started', async () => {
    const since = Date.now();
    const line = 'sleep 300 & echo begun $!; sleep 300';
    const { ok, content, exitCode } = await command(line, {}, { timeoutSeconds: 1 });
    assert.ok(Date.now() - since < 10_000);
    assert.deepEqual([ok, exitCode], [false, undefined]);
    const inBackground = Number(/^\[e1\] stopped after 1 s\nbegun (\d+)\n/.exec(content)?.[1]);
    // Shells have it ignore Ctrl+C.
    await until(() => !isAlive(inBackground));
  });

  it('does not wait for what a command leaves in the background', async () => {
    const since = Date.now();
    const { ok, content } = await command('sleep 30 & echo started $!');
    assert.ok(Date.now() - since < 10_000);
    assert.equal(ok, true);
    process.kill(Number(/started (\d+)/.exec(content)?.[1]));
  });

  it('ends what runs when the program itself is ended', async () => {
    const script = `
      import { Secrets } from ${JSON.stringify(path.resolve('src/core/common/secrets.ts'))};
      import { createChildRunner } from ${JSON.stringify(path.resolve('src/node/childRunner.ts'))};
      const folder = ${JSON.stringify(folder())};
      const runner = createChildRunner({
        cwd: folder,
        runs: { folder: async () => folder },
        secrets: new Secrets(),
      });
      const command = 'trap "" INT TERM; echo $$; sleep 300';
      const { signal } = new AbortController();
      await runner.start({ runId: 'r', callId: 'c', command, signal, onOutput: (text) => process.stdout.write(text) });`;
    const file = path.join(folder(), 'program.mts');
    writeFileSync(file, script);
    const program = spawn(process.execPath, ['--import', 'tsx', file], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(program, 'exit');
    const pid = await new Promise((resolve) => program.stdout.once('data', resolve));
    assert.ok(isAlive(Number(pid)));
    program.kill('SIGTERM');
    assert.deepEqual(await ended, [null, 'SIGTERM']);
    await until(() => !isAlive(Number(pid)));
  });

  it('hands on no key of Memento’s, and all else', async () => {
    const before = process.env['OPENAI_API_KEY'];
    process.env['OPENAI_API_KEY'] = 'sk-secret';
    process.env['LAKE_OF_THIS_TEST'] = 'deep';
    const { content } = await command('env');
    delete process.env['LAKE_OF_THIS_TEST'];
    if (before === undefined) delete process.env['OPENAI_API_KEY'];
    else process.env['OPENAI_API_KEY'] = before;
    assert.match(content, /^LAKE_OF_THIS_TEST=deep$/m);
    assert.doesNotMatch(content, /OPENAI_API_KEY|sk-secret/);
  });

  it('says what is missing where nothing runs the language, and takes python for python3', async () => {
    const host = { workspace: undefined, shell: 'posix', searchPath: folder() } as const;
    const write = () => writeCodeFile(folder(), 'c1', 'python', 'print(1)', host);
    const none = await write();
    assert.equal(
      !none.ok && none.fault.message,
      'No python can be run here: python3 or python is not installed, or not in the PATH.',
    );
    writeFileSync(path.join(folder(), 'python'), '#!/bin/sh\n', { mode: 0o755 });
    mkdirSync(path.join(folder(), 'python3'));
    const found = await write();
    assert.match(found.ok ? found.value : '', / python \S+code-c1\.py$/);
  });

  it('gives a command no input', async () => {
    assert.match((await command('cat; echo end')).content, /exit code 0\nend\n$/);
  });

  it('takes binary, mixed line ends and other encodings as they come', async () => {
    const binary = await command('head -c 4000 /dev/urandom');
    assert.match(binary.content, /Much of this is no text/);
    assert.doesNotMatch(binary.content, /[\u0000-\u0008\u000e-\u001f]/);
    assert.match((await command("printf 'a\\r\\nb\\rc\\n'")).content, /\na\nb\nc\n$/);
    assert.match((await command("printf 'caf\\351\\n'")).content, /\ncaf\ufffd\n$/);
  });

  it('takes a shell that was killed for no success', async () => {
    const { ok, content } = await command('kill -9 $$');
    assert.equal(ok, false);
    assert.match(content, /^no exit code \(closed\)/);
  });

  it('runs the code that was approved, whatever became of its file in the meantime', async () => {
    const { code: tool } = tools();
    const result = await tool.run(
      { language: 'shell', code: 'echo approved' },
      {
        runId: RUN,
        callId: 'c1',
        exposure: NOT_EXPOSED,
        signal: new AbortController().signal,
        output: () => undefined,
        cite: async (draft) => ({ readAt: 0, ...draft, id: 'e1', callId: 'c1', hash: '' }),
        approve: async () => {
          writeFileSync(path.join(runFolder(), 'code-c1.sh'), 'echo swapped');
          return { approved: true, reason: null };
        },
      },
    );
    assert.match(result.content, /\napproved\n/);
  });

  it('reads nothing of another run', async () => {
    await command('echo secret');
    const other = '01JTESTRVN0000000000000001';
    const path_ = `run:../${RUN}/output-c1.txt`;
    const result = await callTool(tools().read, { path: path_ }, { ...allowed(), runId: other });
    assert.match(result.content, /outside the folder of this run/);
  });

  it('does not take a workspace that is full of links for one of files', async () => {
    symlinkSync(folder(), path.join(workspace(), 'up'));
    const { files } = await command('ls > /dev/null');
    assert.deepEqual(files, []);
    assert.ok(existsSync(path.join(workspace(), 'up')));
  });
});

describe('codeCommand', () => {
  it('sets the folder in the words of each shell', () => {
    assert.equal(
      codeCommand(['python3', '/r/code-c1.py'], "/it's/files", 'posix'),
      "env MEMENTO_OUTPUT_DIR='/it'\\''s/files' python3 /r/code-c1.py",
    );
    assert.equal(
      codeCommand(['python', 'C:\\r s\\code-c1.py'], "C:\\it's\\files", 'powershell'),
      "$env:MEMENTO_OUTPUT_DIR = 'C:\\it''s\\files'; & python 'C:\\r s\\code-c1.py'",
    );
    assert.equal(
      codeCommand(['node', 'C:\\r s\\code-c1.js'], 'C:\\r s\\files', 'cmd'),
      'set "MEMENTO_OUTPUT_DIR=C:\\r s\\files" && node "C:\\r s\\code-c1.js"',
    );
    assert.equal(codeCommand(['node', 'C:\\x.js'], 'C:\\100%\\files', 'cmd'), undefined);
  });
});

const has = (program: string): boolean => {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
