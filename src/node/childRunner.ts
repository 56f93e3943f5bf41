import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { shellKind } from '../core/common/quote';
import { failed, ok } from '../core/common/result';
import type { Result } from '../core/common/result';
import type { CommandRequest, CommandResult, CommandRunner } from '../core/ports';
import type { RunStore } from '../core/agent/runStore';
import { CommandOutput } from './commandOutput';
import { writeCodeFile } from './codeFile';
import { FileWatch } from './madeFiles';
import { OWN_GROUP, ProcessGroup } from './processGroup';

/** After Ctrl+C a command has this long to end before it is killed, milliseconds. */
const GRACE = 3_000;
/** What a command left in the background may hold its output open: how long that is waited for, milliseconds. */
const DRAIN = 1_000;

/** Memento's own settings and the keys of its servers: no business of code that a model wrote, nor of what it prints. */
const OWN_VARIABLE = /^(?:MEMENTO_.*|(?:OPENAI|TAVILY|BRAVE|SERPER|SEMANTIC_SCHOLAR)_API_KEY)$/i;

/** Runs commands as child processes, for the command line; the same contract as the integrated terminal's runner. */
export function createChildRunner(options: { readonly cwd: string; readonly runs: RunStore }): CommandRunner {
  const shell = process.platform === 'win32' ? 'powershell.exe' : '/bin/sh';
  return {
    async prepareCode(runId, callId, language, code) {
      const folder = await options.runs.folder(runId);
      return writeCodeFile(folder, callId, language, code, {
        workspace: options.cwd,
        shell: shellKind(shell),
        searchPath: process.env['PATH'] ?? '',
      });
    },
    async run(request) {
      const { callId } = request;
      const runFolder = await options.runs.folder(request.runId);
      const watch = await FileWatch.begin({ runFolder, callId, workspace: options.cwd });
      const output = new CommandOutput(path.join(runFolder, `output-${callId}.txt`));
      const ending = await runChild(shell, options.cwd, request, output);
      const text = await output.end();
      if (!ending.ok) return ending;
      const { bytes, leftOutFrom, notKept, file } = output;
      const written = { output: text, outputFile: file, bytes, leftOutFrom, notKept };
      return ok({ ...ending.value, ...written, made: await watch.end() });
    },
  };
}

async function runChild(
  shell: string,
  cwd: string,
  request: CommandRequest,
  output: CommandOutput,
): Promise<Result<Pick<CommandResult, 'exitCode' | 'endedBy'>>> {
  const flag = shellKind(shell) === 'powershell' ? '-Command' : '-c';
  const child = spawn(shell, [flag, request.command], {
    ...OWN_GROUP,
    cwd,
    env: environment(),
    // Its input is closed: nobody types.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const group = new ProcessGroup(child);
  let cancelled = false;
  let kill: ReturnType<typeof setTimeout> | undefined;
  const onAbort = () => {
    cancelled = true;
    group.signal('SIGINT');
    kill = setTimeout(() => group.kill(), GRACE);
  };
  if (request.signal.aborted) onAbort();
  request.signal.addEventListener('abort', onAbort, { once: true });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => request.onOutput(output.write(chunk)));
  }
  const ended = await endOf(child);
  clearTimeout(kill);
  request.signal.removeEventListener('abort', onAbort);
  // Shells have what they start in the background ignore Ctrl+C.
  if (cancelled) group.kill();
  else group.settle();
  if (ended.error) return failed('tool', `The shell could not be started: ${ended.error.message}`);
  return ok({
    exitCode: cancelled ? undefined : (ended.code ?? undefined),
    endedBy: cancelled ? 'cancelled' : ended.code === null ? 'closed' : 'exit',
  });
}

/** The end of the command itself and of its output; what it left running in the background is not waited for. */
async function endOf(child: ChildProcess): Promise<{ readonly code: number | null; readonly error?: Error }> {
  let drain: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, error }));
      child.once('close', (code) => resolve({ code }));
      child.once('exit', (code) => {
        drain = setTimeout(() => resolve({ code }), DRAIN);
      });
    });
  } finally {
    clearTimeout(drain);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !OWN_VARIABLE.test(name));
  // What Python prints into a pipe would be in the machine's old code page on Windows.
  return { PYTHONIOENCODING: 'utf-8', ...Object.fromEntries(kept) };
}
