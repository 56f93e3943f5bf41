import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { CommandEnd, CommandRequest, CommandYield } from '../../src/core/ports';
import { createTerminalRunner } from '../../src/vscode/terminalRunner';

const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-terminal-'));
const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? os.tmpdir();
let calls = 0;

after(() => rmSync(folder, { recursive: true, force: true }));

/** The same contract with shell integration and without: `sh` has none. */
for (const [name, shellPath] of [
  ['with shell integration', undefined],
  ['without shell integration', '/bin/sh'],
] as const) {
  describe(`terminal runner ${name}`, () => {
    let runner: ReturnType<typeof createTerminalRunner>;
    const start = (command: string, more: Partial<CommandRequest> = {}) => {
      const request = { runId: 'run', callId: `${shellPath ? 'sh' : 'bash'}-${calls++}`, command };
      return runner.start({ signal: new AbortController().signal, onOutput: () => {}, ...request, ...more });
    };
    const run = async (
      command: string,
      more?: Partial<CommandRequest>,
    ): Promise<CommandEnd & CommandYield> => {
      const started = await start(command, more);
      assert.ok(started.ok, started.ok ? '' : started.fault.message);
      const end = await started.value.ended;
      return { ...end, ...(await started.value.yields()) };
    };

    before(function () {
      if (process.platform === 'win32') this.skip();
      const runs = { folder: async () => folder };
      runner = createTerminalRunner({ cwd, runs, ...(shellPath === undefined ? {} : { shellPath }) });
    });
    after(() => runner.dispose());

    it('gives output and exit code', async () => {
      let live = '';
      const result = await run('(echo hi; echo there >&2; exit 3)', { onOutput: (chunk) => (live += chunk) });
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
      const { output, exitCode } = await run('{ (echo a); (echo b); echo c; }; false');
      assert.deepEqual([output, exitCode], ['a\nb\nc\n', 1]);
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
