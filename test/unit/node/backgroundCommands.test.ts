import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { CommandEnd, CommandRequest, CommandRunner, RunningCommand } from '../../../src/core/ports';
import { Secrets } from '../../../src/core/common/secrets';
import { ok } from '../../../src/core/common/result';
import { BackgroundCommands } from '../../../src/core/tools/backgroundCommands';
import { commandTools, type CommandHost } from '../../../src/core/tools/runCommand';
import { createChildRunner } from '../../../src/node/childRunner';
import { callTool, type CallParts } from '../../fakes/callTool';
import { isAlive, until } from '../../fakes/processes';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const LONG = 60_000;
const AT_ONCE = { quietMs: 1, mostMs: LONG };
const PATIENT = { quietMs: LONG, mostMs: LONG };

function toolsOf(host: Partial<CommandHost> & Pick<CommandHost, 'runner'>) {
  const [command, code, way] = commandTools({
    background: new BackgroundCommands(),
    cancelled: new AbortController().signal,
    notify: () => undefined,
    ...host,
  });
  assert.ok(command && code && way);
  return {
    run: (line: string, more: object = {}, parts: CallParts = {}) =>
      callTool(command, { command: line, ...more }, { approve: true, ...parts }),
    runCode: (text: string) => callTool(code, { language: 'python', code: text }, { approve: true }),
    way: (args: object) => callTool(way, args, { callId: 'c2' }),
  };
}

/** Real processes. */
describe('commands in the background', function () {
  this.timeout(20_000);
  before(function () {
    if (process.platform !== 'win32') return;
    console.log('      skipped: these are commands of a POSIX shell');
    this.skip();
  });
  const folder = temporaryFolder();
  let runner: ReturnType<typeof createChildRunner>;
  beforeEach(() => {
    mkdirSync(path.join(folder(), 'workspace'));
    runner = createChildRunner({
      cwd: path.join(folder(), 'workspace'),
      runs: { folder: () => Promise.resolve(folder()) },
      secrets: new Secrets(),
    });
  });
  afterEach(() => runner.dispose());

  /** Waits until it prints something, and no longer. */
  const untilReady = {
    foreground: PATIENT,
    background: { quietMs: 300, mostMs: LONG, fromFirstOutput: true },
  } as const;

  it('goes on where the model asks for it, is read on, and stopped', async () => {
    const { run, way } = toolsOf({ runner, patience: untilReady });
    const begun = await run('echo "at $$"; while [ ! -e go ]; do sleep 0.05; done; echo asked; sleep 60', {
      background: true,
    });
    assert.equal(begun.ok, true);
    assert.equal(begun.background, true);
    assert.match(begun.content, /^\[e1\] still running in the background as c1\nat \d+\n/);
    assert.match(begun.asked[0]?.reasons.join(' ') ?? '', /goes on in the background/);
    const pid = Number(/at (\d+)/.exec(begun.content)?.[1]);
    writeFileSync(path.join(folder(), 'workspace/go'), '');
    const more = await way({ id: 'c1', action: 'wait', waitSeconds: 1 });
    assert.match(more.content, /^\[e1\] still running in the background as c1\nasked\n/);
    assert.ok(isAlive(pid));
    const stopped = await way({ id: 'c1', action: 'stop' });
    assert.match(stopped.content, /no exit code \(cancelled\)/);
    await until(() => !isAlive(pid));
  });

  it('is waited for to its end, whose output is what came since', async () => {
    const { run, way } = toolsOf({ runner, patience: untilReady });
    await run('echo first; while [ ! -e go ]; do sleep 0.05; done; echo last; exit 3', { background: true });
    writeFileSync(path.join(folder(), 'workspace/go'), '');
    const { content, exitCode } = await way({ id: 'c1', action: 'wait' });
    assert.match(content, /^\[e1\] exit code 3\nlast\n/);
    assert.equal(exitCode, 3);
    assert.match((await way({ id: 'c1', action: 'wait' })).content, /^exit code 3\n\(no output\)/);
  });

  it('goes to the background by itself where it says nothing for long', async () => {
    const { run } = toolsOf({ runner, patience: { foreground: AT_ONCE, background: AT_ONCE } });
    assert.match((await run('sleep 60')).content, /^still running in the background as c1\n\(no output\)/);
  });

  it('is not ended with the work that started it, but by the person’s Stop', async () => {
    const [work, stop] = [new AbortController(), new AbortController()];
    const { run, way } = toolsOf({ runner, patience: untilReady, cancelled: stop.signal });
    const { content } = await run('echo $$; sleep 60', { background: true }, { signal: work.signal });
    const pid = Number(/\n(\d+)\n/.exec(content)?.[1]);
    work.abort();
    assert.match((await way({ id: 'c1', action: 'wait', waitSeconds: 0 })).content, /^still running/);
    stop.abort();
    await until(() => !isAlive(pid));
  });

  it('ends at its time limit in the background too', async () => {
    const { run, way } = toolsOf({ runner, patience: untilReady });
    await run('echo up; sleep 60', { background: true, timeoutSeconds: 1 });
    assert.match((await way({ id: 'c1', action: 'wait' })).content, /^stopped after 1 s/);
  });

  it('returns the end at once of what fails at once', async () => {
    const { run } = toolsOf({ runner });
    const { content, background } = await run('echo "port in use" >&2; exit 98', { background: true });
    assert.deepEqual([content, background], ['[e1] exit code 98\nport in use\n', undefined]);
  });

  it('is ended with the program', async () => {
    const { run } = toolsOf({ runner, patience: untilReady });
    const { content } = await run('trap "" INT TERM; echo $$; sleep 60', { background: true });
    runner.dispose();
    await until(() => !isAlive(Number(/\n(\d+)\n/.exec(content)?.[1])));
  });

  it('says which there are where none has that name', async () => {
    const { run, way } = toolsOf({ runner, patience: untilReady });
    assert.match((await way({ id: 'c9', action: 'stop' })).content, /no command c9 .* Nothing runs there/);
    await run('echo up; sleep 60', { background: true });
    assert.match((await way({ id: 'c9', action: 'stop' })).content, /These do: c1\./);
  });

  it('has the programs of the workspace’s Python first in the PATH, which the approval tells', async () => {
    const venv = path.join(folder(), 'workspace/.venv');
    mkdirSync(path.join(venv, 'bin'), { recursive: true });
    writeFileSync(path.join(venv, 'pyvenv.cfg'), '');
    writeFileSync(path.join(venv, 'bin/python'), '#!/bin/sh\necho "its own, $VIRTUAL_ENV"\n', {
      mode: 0o755,
    });
    const { run, runCode } = toolsOf({ runner });
    const { content, asked } = await run('python');
    assert.equal(content, `[e1] exit code 0\nits own, ${venv}\n`);
    assert.match(asked[0]?.reasons.join(' ') ?? '', /environment \.venv is used/);
    const code = await runCode('print(1)');
    assert.ok(code.asked[0]?.command.includes(path.join(venv, 'bin/python')), code.asked[0]?.command);
    assert.match(code.content, /its own/);
  });
});

/** A terminal in which a command prints something and then waits. */
function waitingTerminal(printed: string): CommandRunner {
  const start = ({ signal, onOutput }: CommandRequest) => {
    onOutput(printed);
    const ended = new Promise<CommandEnd>((resolve) => {
      signal.addEventListener('abort', () => resolve({ endedBy: 'cancelled', exitCode: undefined }));
    });
    const made = { folder: '/', files: [], workspace: [], more: 0, lookedThrough: true };
    const facts = { outputFile: '/o.txt', bytes: 0, leftOutFrom: undefined, notKept: 0, made };
    const running: RunningCommand = {
      ended,
      yields: () => Promise.resolve({ output: printed, ...facts }),
      show: undefined,
    };
    return Promise.resolve(ok(running));
  };
  return {
    ...{ place: 'terminal', start, remarks: () => Promise.resolve([]) },
    prepareCode: () => Promise.resolve(ok('')),
  };
}

describe('a command that asks', () => {
  const patience = { foreground: { quietMs: 1, mostMs: 100 }, background: AT_ONCE };

  for (const question of ['[sudo] password for ann: ', 'Proceed? [y/N] ', 'Continue (y/n)', '>>> ']) {
    it(`is waited for: ${question}`, async () => {
      const told: string[] = [];
      const notify = (message: string) => void told.push(message);
      const { run } = toolsOf({ runner: waitingTerminal(`a line\n${question}`), patience, notify });
      const { content } = await run('make install');
      assert.deepEqual(told.length, 1);
      assert.match(told[0] ?? '', /wait for you.*make install$/);
      assert.match(content, /only the user can type it/);
    });
  }

  for (const output of ['', 'compiling\n', 'compiling ...', 'Ready: http://localhost:8000\n']) {
    it(`is not one that prints ${JSON.stringify(output)}`, async () => {
      const notify = () => assert.fail('nothing is asked');
      const { run } = toolsOf({ runner: waitingTerminal(output), patience, notify });
      assert.doesNotMatch((await run('make')).content, /only the user/);
    });
  }
});
