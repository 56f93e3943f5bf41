import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { Secrets } from '../../src/core/common/secrets';
import type { CommandEnd, CommandRequest, CommandYield } from '../../src/core/ports';
import { isAtPrompt } from '../../src/node/foreground';
import { createTerminalRunner } from '../../src/vscode/terminalRunner';
import { poll } from './driver';

const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-terminal-'));
const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.tmpdir();
let calls = 0;

after(() => rmSync(folder, { recursive: true, force: true }));

interface Shell {
  readonly name: string;
  readonly file: string;
  readonly integrated: boolean;
}

/** The same contract with shell integration and without, which `sh` has not. */
const SHELLS: readonly Shell[] = [
  { name: 'bash', file: '/bin/bash', integrated: true },
  { name: 'zsh', file: '/usr/bin/zsh', integrated: true },
  { name: 'fish', file: '/usr/bin/fish', integrated: true },
  { name: 'sh, without shell integration', file: '/bin/sh', integrated: false },
];

for (const { name, file, integrated } of SHELLS) {
  describe(`terminal runner in ${name}`, () => {
    const isFish = name === 'fish';
    let runner: ReturnType<typeof createTerminalRunner>;
    const start = (command: string, more: Partial<CommandRequest> = {}, by = runner) => {
      const callId = `${path.basename(file)}-${calls++}`;
      const request = { runId: 'run', callId, command, isApproved: true };
      return by.start({ signal: new AbortController().signal, onOutput: () => {}, ...request, ...more });
    };
    const run = async (
      command: string,
      more?: Partial<CommandRequest>,
      by?: typeof runner,
    ): Promise<CommandEnd & CommandYield> => {
      const started = await start(command, more, by);
      assert.ok(started.ok, started.ok ? '' : started.fault.message);
      const end = await started.value.ended;
      return { ...end, ...(await started.value.yields()) };
    };
    const newest = () => {
      const terminal = vscode.window.terminals.at(-1);
      assert.ok(terminal);
      return terminal;
    };

    before(function () {
      if (!existsSync(file)) {
        console.log(`      skipped: ${file} is not installed`);
        this.skip();
      }
      runner = createTerminalRunner({
        cwd,
        runs: { folder: async () => folder },
        secrets: new Secrets(),
        shellPath: file,
      });
    });
    after(() => runner?.dispose());

    it('gives output and exit code', async () => {
      let live = '';
      const result = await run(
        isFish ? "sh -c 'echo hi; echo there >&2; exit 3'" : '(echo hi; echo there >&2; exit 3)',
        { onOutput: (chunk) => (live += chunk) },
      );
      assert.deepEqual(
        { exitCode: result.exitCode, output: result.output, endedBy: result.endedBy, live },
        { exitCode: 3, output: 'hi\nthere\n', endedBy: 'exit', live: 'hi\nthere\n' },
      );
    });

    it('runs in the workspace folder, in the terminal that is there', async () => {
      const count = vscode.window.terminals.length;
      assert.equal((await run('pwd')).output.trim(), cwd);
      assert.equal(vscode.window.terminals.length, count);
    });

    it('gives the output of a subshell among others', async () => {
      const { output, exitCode } = await run(
        isFish ? 'begin; echo a; echo b; echo c; end; false' : '{ (echo a); (echo b); echo c; }; false',
      );
      assert.deepEqual([output, exitCode], ['a\nb\nc\n', 1]);
    });

    it('loses no command that comes while the prompt is drawn', async () => {
      const printed: string[] = [];
      for (let n = 0; n < 12; n++) printed.push((await run(`echo ${n}`)).output.trim());
      assert.deepEqual(
        printed,
        printed.map((_, n) => String(n)),
      );
    });

    it('gives nothing where nothing is printed', async () => {
      for (let n = 0; n < 5; n++) assert.equal((await run('true')).output, '');
    });

    it('takes colours off', async () => {
      assert.equal((await run("printf '\\033[31mred\\033[0m\\n'")).output, 'red\n');
    });

    it('keeps all of a long output on disk, and its head and tail', async () => {
      const result = await run('seq 1 60000');
      const whole = readFileSync(result.outputFile, 'utf8').trim().split('\n');
      assert.equal(whole.length, 60_000);
      assert.equal(whole.at(-1), '60000');
      assert.match(result.output, /^1\n2\n[^]*characters left out[^]*\n59999\n60000\n$/);
      assert.ok(result.output.length < 20_000);
    });

    it('takes wide characters, progress bars and very long lines as they are', async () => {
      assert.equal((await run("printf '漢字 😀 é\\n'")).output, '漢字 😀 é\n');
      assert.match((await run("printf '10%%\\r50%%\\r100%%\\n'")).output, /^10%\n50%\n100%\n$/);
      const { bytes } = await run("head -c 300000 /dev/zero | tr '\\0' x; echo");
      assert.equal(bytes, 300_001);
    });

    it('tells how a shell ended that its command ended', async () => {
      const { endedBy, exitCode } = await run('exit 7');
      // fish says how its command ended before it goes.
      assert.ok(isFish || endedBy === (integrated ? 'closed' : 'exit'), endedBy);
      assert.equal(exitCode, 7);
      assert.equal((await run('echo alive')).output, 'alive\n');
    });

    if (integrated) {
      it('takes a shell that was killed for no success', async () => {
        const { endedBy, exitCode } = await run(isFish ? 'kill -9 $fish_pid' : 'kill -9 $$');
        assert.deepEqual([endedBy, exitCode], ['closed', undefined]);
        assert.equal((await run('echo alive')).output, 'alive\n');
      });

      it('leaves a terminal in which the user ran something to them', async () => {
        await run('true');
        const theirs = newest();
        const ran = new Promise((resolve) => {
          const subscription = vscode.window.onDidEndTerminalShellExecution((event) => {
            if (event.terminal === theirs) resolve(subscription.dispose());
          });
        });
        theirs.sendText('set -e; cd /');
        await ran;
        assert.equal((await run('pwd')).output.trim(), cwd);
        assert.notEqual(newest(), theirs);
        theirs.dispose();
      });
    }

    if (isFish) {
      // VS Code takes what fish runs from the screen.
      for (const [how, written] of [
        ['with more words', ' and more'],
        ['in other words', '\\rother words'],
      ] as const) {
        it(`sees the end of a command that is told ${how}`, async () => {
          const write = `if test "$argv[1]" = C; printf '${written}'; end; __as_told $argv`;
          await run(`functions -c __vsc_esc __as_told; function __vsc_esc; ${write}; end`);
          const terminal = newest();
          const slow = await run('echo heard; sleep 0.5; sh -c "exit 3"');
          assert.deepEqual([slow.output, slow.exitCode, slow.endedBy], ['heard\n', 3, 'exit']);
          // What is over at once VS Code does not always hand on.
          const { output, exitCode } = await run('echo heard');
          assert.equal(exitCode, 0);
          assert.match(output, /^heard\n$|printed is in the terminal only/);
          assert.equal(newest(), terminal);
          const closed = new Promise((resolve) => {
            const subscription = vscode.window.onDidCloseTerminal(() => resolve(subscription.dispose()));
          });
          terminal.dispose();
          await closed;
        });
      }
    }

    it('takes away what the user has half typed', async () => {
      await run('true');
      newest().sendText('echo half ', false);
      // Nobody tells when the shell has it.
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.equal((await run('echo whole')).output, 'whole\n');
    });

    it('does not type into a program that the user started', async () => {
      await run('true');
      const theirs = newest();
      theirs.sendText('cat');
      const pid = await theirs.processId;
      await poll('cat to begin', async () => !(await isAtPrompt(pid ?? 0)));
      assert.equal((await run('echo mine')).output, 'mine\n');
      assert.notEqual(newest(), theirs);
      theirs.dispose();
    });

    it('finds the programs of the workspace’s Python first', async () => {
      const place = mkdtempSync(path.join(os.tmpdir(), "memento's venv "));
      mkdirSync(path.join(place, '.venv/bin'), { recursive: true });
      writeFileSync(path.join(place, '.venv/pyvenv.cfg'), '');
      for (const program of ['python', 'seq']) {
        writeFileSync(path.join(place, '.venv/bin', program), '#!/bin/sh\necho of the environment\n', {
          mode: 0o755,
        });
      }
      const other = createTerminalRunner({
        cwd: place,
        shellPath: file,
        runs: { folder: async () => folder },
        secrets: new Secrets(),
      });
      try {
        assert.equal((await run('seq 1 2', {}, other)).output, 'of the environment\n');
        assert.equal((await run('seq 1 2', {}, other)).output, 'of the environment\n');
        assert.match((await run('echo $VIRTUAL_ENV', {}, other)).output, /memento's venv .*\.venv\n$/);
      } finally {
        other.dispose();
        rmSync(place, { recursive: true, force: true });
      }
    });

    it('stops within a second', async () => {
      const abort = new AbortController();
      const running = run('echo begun; sleep 60', {
        signal: abort.signal,
        onOutput: (chunk) => {
          if (chunk.includes('begun')) abort.abort();
        },
      });
      await new Promise((resolve) => abort.signal.addEventListener('abort', resolve));
      const since = Date.now();
      const { endedBy, output } = await running;
      assert.ok(Date.now() - since < 1_000, `took ${Date.now() - since} ms`);
      assert.equal(endedBy, 'cancelled');
      assert.match(output, /^begun/);
      // The terminal is alive, and clean.
      assert.equal((await run('echo next')).output, 'next\n');
    });

    it('runs commands side by side', async () => {
      const [a, b] = await Promise.all([run('sleep 1; echo a'), run('echo b')]);
      assert.deepEqual([a.output, b.output], ['a\n', 'b\n']);
    });

    it('runs code from a file', async () => {
      const code = "for (const word of ['a b', 'c\\'d']) console.log(word);\nprocess.exitCode = 4;";
      const command = await runner.prepareCode('run', `code-${calls++}`, 'javascript', code);
      assert.ok(command.ok);
      const { output, exitCode } = await run(command.value);
      assert.deepEqual([output, exitCode], ["a b\nc'd\n", 4]);
    });

    it('tells a closed terminal from success', async () => {
      const { endedBy, exitCode } = await run('echo begun; sleep 60', {
        onOutput: (chunk) => {
          if (chunk.includes('begun')) for (const terminal of vscode.window.terminals) terminal.dispose();
        },
      });
      assert.deepEqual([endedBy, exitCode], ['closed', undefined]);
    });

    for (const [what, command] of [
      ['a line feed', 'echo a\necho b'],
      ['a carriage return', 'echo a\recho b'],
      ['the end of bracketed paste', 'echo \u001b[201~'],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const result = await start(command);
        assert.equal(result.ok ? 'ran' : result.fault.code, 'bad-arguments');
      });
    }
  });
}
