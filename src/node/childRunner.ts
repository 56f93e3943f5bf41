import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { Disposable } from '../core/common/disposable';
import type { Secrets } from '../core/common/secrets';
import { shellKind } from '../core/common/quote';
import { failed, ok } from '../core/common/result';
import type { Result } from '../core/common/result';
import type { CommandEnd, CommandRequest, CommandRunner } from '../core/ports';
import type { RunStore } from '../core/agent/runStore';
import type { CommandOutput } from './commandOutput';
import { CommandRecord } from './commandRecord';
import { isOwnVariable } from './ownVariables';
import { writeCodeFile } from './codeFile';
import { OWN_GROUP, ProcessGroup } from './processGroup';
import { findPythonEnvironment, type PythonEnvironment } from './pythonEnvironment';

/** After Ctrl+C a command has this long to end before it is killed, milliseconds. */
const GRACE = 3_000;
/** What a command left in the background may hold its output open: how long that is waited for, milliseconds. */
const DRAIN = 1_000;

/** Runs commands as child processes, for the command line; the same contract as the integrated terminal's runner. */
export function createChildRunner(options: {
  readonly cwd: string;
  readonly runs: Pick<RunStore, 'folder'>;
  readonly secrets: Secrets;
}): CommandRunner & Disposable {
  const { cwd, secrets } = options;
  const shell = process.platform === 'win32' ? 'powershell.exe' : '/bin/sh';
  const commands = new Set<Child>();
  return {
    place: 'process',
    remarks: () => Promise.resolve(findPythonEnvironment(cwd).remarks),
    async prepareCode(runId, callId, language, code) {
      const folder = await options.runs.folder(runId);
      return writeCodeFile(folder, callId, language, code, {
        workspace: cwd,
        shell: shellKind(shell),
        searchPath: process.env['PATH'] ?? '',
      });
    },
    async start(request) {
      const runFolder = await options.runs.folder(request.runId);
      const record = await CommandRecord.begin({ request, runFolder, workspace: cwd, secrets });
      const child = new Child(shell, cwd, request, record.output);
      commands.add(child);
      const ended = child.ended.finally(() => commands.delete(child));
      const started = await child.started;
      if (started.ok) return ok(record.running(ended));
      await ended;
      await record.output.end();
      return started;
    },
    dispose: () => {
      for (const child of commands) child.kill();
    },
  };
}

/** A shell that runs one command. */
class Child {
  readonly started: Promise<Result<undefined>>;
  readonly ended: Promise<CommandEnd>;
  readonly #process: ChildProcess;
  readonly #group: ProcessGroup;

  constructor(
    shell: string,
    cwd: string,
    { command, isApproved, signal, onOutput }: CommandRequest,
    output: CommandOutput,
  ) {
    const flag = shellKind(shell) === 'powershell' ? '-Command' : '-c';
    const child = spawn(shell, [flag, command], {
      ...OWN_GROUP,
      cwd,
      env: isApproved ? environment(findPythonEnvironment(cwd).environment) : readingEnvironment(),
      // Its input is closed: nobody types.
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#process = child;
    this.#group = new ProcessGroup(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => onOutput(output.write(chunk)));
    }
    this.started = new Promise((resolve) => {
      child.once('spawn', () => resolve(ok(undefined)));
      child.once('error', ({ message }) =>
        resolve(failed('tool', `The shell could not be started: ${message}`)),
      );
    });
    this.ended = this.#live(signal);
  }

  /** At once, with all that it started. */
  kill(): void {
    this.#group.kill();
    // What left the group may hold them open.
    this.#process.stdout?.destroy();
    this.#process.stderr?.destroy();
  }

  async #live(signal: AbortSignal): Promise<CommandEnd> {
    let cancelled = false;
    let kill: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      cancelled = true;
      this.#group.signal('SIGINT');
      kill = setTimeout(() => this.#group.kill(), GRACE);
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    const code = await endOf(this.#process);
    clearTimeout(kill);
    signal.removeEventListener('abort', onAbort);
    // Shells have what they start in the background ignore Ctrl+C.
    if (cancelled) this.#group.kill();
    else this.#group.settle();
    return {
      exitCode: cancelled ? undefined : (code ?? undefined),
      endedBy: cancelled ? 'cancelled' : code === null ? 'closed' : 'exit',
    };
  }
}

/** The end of the command itself and of its output; what it left running in the background is not waited for. */
async function endOf(child: ChildProcess): Promise<number | null> {
  let drain: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise((resolve) => {
      child.once('error', () => resolve(null));
      child.once('close', resolve);
      child.once('exit', (code) => {
        drain = setTimeout(() => resolve(code), DRAIN);
      });
    });
  } finally {
    clearTimeout(drain);
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}

/** For what only reads: git takes no locks to note what it saw, asks nobody and fetches nothing. */
const readingEnvironment = (): NodeJS.ProcessEnv => ({
  ...environment(undefined),
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_NO_LAZY_FETCH: '1',
  GIT_ALLOW_PROTOCOL: 'none',
});

function environment(python: PythonEnvironment | undefined): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !isOwnVariable(name));
  // What Python prints into a pipe would be in the machine's old code page on Windows.
  const all: NodeJS.ProcessEnv = { PYTHONIOENCODING: 'utf-8', ...Object.fromEntries(kept) };
  if (!python) return all;
  // Windows writes it `Path`.
  const name = Object.keys(all).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  return {
    ...all,
    VIRTUAL_ENV: python.folder,
    [name]: [python.programs, all[name] ?? ''].join(path.delimiter),
  };
}
