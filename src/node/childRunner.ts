import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { shellKind } from '../core/common/quote';
import { failed, ok } from '../core/common/result';
import type { Result } from '../core/common/result';
import type { CommandRequest, CommandResult, CommandRunner } from '../core/ports';
import type { RunStore } from '../core/agent/runStore';
import { CommandOutput } from './commandOutput';
import { writeCodeFile } from './codeFile';

/** After Ctrl+C a command has this long to end before it is killed, milliseconds. */
const GRACE = 3_000;

/** Runs commands as child processes, for the command line; the same contract as the integrated terminal's runner. */
export function createChildRunner(options: { readonly cwd: string; readonly runs: RunStore }): CommandRunner {
  const shell = process.platform === 'win32' ? 'powershell.exe' : '/bin/sh';
  return {
    async prepareCode(runId, callId, language, code) {
      const folder = await options.runs.folder(runId);
      return writeCodeFile(folder, callId, language, code, {
        workspace: options.cwd,
        shell: shellKind(shell),
      });
    },
    async run(request) {
      const folder = await options.runs.folder(request.runId);
      const output = new CommandOutput(path.join(folder, `output-${request.callId}.txt`));
      return runChild(shell, options.cwd, request, output);
    },
  };
}

async function runChild(
  shell: string,
  cwd: string,
  request: CommandRequest,
  output: CommandOutput,
): Promise<Result<CommandResult>> {
  const flag = shellKind(shell) === 'powershell' ? '-Command' : '-c';
  // A process group of its own, so that what the command started ends with it.
  const child = spawn(shell, [flag, request.command], {
    cwd,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let cancelled = false;
  let kill: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => {
    cancelled = true;
    signalGroup(child, 'SIGINT');
    kill = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE);
  };
  if (request.signal.aborted) onAbort();
  request.signal.addEventListener('abort', onAbort, { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => request.onOutput(output.write(chunk)));
  }
  const ended = await new Promise<{ code: number | null; error?: Error }>((resolve) => {
    child.once('error', (error) => resolve({ code: null, error }));
    child.once('close', (code) => resolve({ code }));
  });
  clearTimeout(kill);
  request.signal.removeEventListener('abort', onAbort);
  const text = await output.end();
  if (ended.error) return failed('tool', `The shell could not be started: ${ended.error.message}`);
  return ok({
    exitCode: cancelled ? undefined : (ended.code ?? undefined),
    output: text,
    outputFile: output.file,
    bytes: output.bytes,
    endedBy: cancelled ? 'cancelled' : ended.code === null ? 'closed' : 'exit',
  });
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch {
    // It has ended by itself in the meantime.
  }
}
