/** Runs commands in the integrated terminal, where the user sees them and can step in. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunStore } from '../core/agent/runStore';
import type { Disposable } from '../core/common/disposable';
import { shellKind } from '../core/common/quote';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import { controlCharacter } from '../core/common/terminalText';
import type { CommandRequest, CommandResult, CommandRunner } from '../core/ports';
import { writeCodeFile } from '../node/codeFile';
import { CommandOutput } from '../node/commandOutput';
import { FileWatch } from '../node/madeFiles';
import { delay, type Execution } from './execution';
import { isReported } from './reported';
import { executeAsScript } from './scriptExecution';
import { executeInShell } from './shellExecution';
import { Terminals, type Lease } from './terminals';

/** How long after a command's end its last output may still arrive, milliseconds. */
const DRAIN_MS = 1_000;
/** A cancelled run ends within a second, whether or not the command heeds Ctrl+C. */
const CANCEL_MS = 600;
const OFFER_KILL_MS = 3_000;

export interface TerminalRunnerOptions {
  /** The workspace folder: where commands run. */
  readonly cwd: string;
  readonly runs: Pick<RunStore, 'folder'>;
  /** Another shell than the user's default. */
  readonly shellPath?: string;
}

export function createTerminalRunner(options: TerminalRunnerOptions): CommandRunner & Disposable {
  const terminals = new Terminals(options.cwd, options.shellPath);
  const shell = options.shellPath ?? vscode.env.shell;
  return {
    prepareCode: async (runId, callId, language, code) =>
      writeCodeFile(await options.runs.folder(runId), callId, language, code, {
        workspace: options.cwd,
        shell: shellKind(shell),
        searchPath: undefined,
      }),
    run: async (request) => {
      const control = controlCharacter(request.command);
      if (control !== undefined) {
        return failed(
          'bad-arguments',
          `The command holds ${control}, which a terminal would act on: use run_code.`,
        );
      }
      const folder = await options.runs.folder(request.runId);
      const output = new CommandOutput(path.join(folder, `output-${request.callId}.txt`));
      const [lease, watch] = await Promise.all([
        terminals.lease(request.signal),
        FileWatch.begin({ runFolder: folder, callId: request.callId, workspace: options.cwd }),
      ]);
      return runIn(lease, request, { output, watch }, () => start(lease, request, folder, shell));
    },
    dispose: () => terminals.dispose(),
  };
}

async function start(
  { terminal, integration }: Lease,
  { callId, command }: CommandRequest,
  folder: string,
  shell: string,
): Promise<Result<Execution>> {
  if (integration && isReported(command, shell)) {
    return ok(executeInShell(terminal, integration, command));
  }
  if (shellKind(shell) !== 'posix') {
    return failed(
      'unsupported',
      'This terminal has no shell integration: choose PowerShell or bash as the default terminal profile.',
    );
  }
  return ok(await executeAsScript({ terminal, folder, callId, command, shell: shell || 'sh' }));
}

type Ending = Pick<CommandResult, 'endedBy' | 'exitCode'>;

/** What becomes of a command: what it prints, and the files that it makes. */
interface Yield {
  readonly output: CommandOutput;
  readonly watch: FileWatch;
}

async function runIn(
  lease: Lease,
  request: CommandRequest,
  { output, watch }: Yield,
  begin: () => Promise<Result<Execution>>,
): Promise<Result<CommandResult>> {
  const { signal } = request;
  const finish = async (ending: Ending): Promise<Result<CommandResult>> => {
    const text = await output.end();
    const { bytes, leftOutFrom, notKept, file } = output;
    const written = { output: text, outputFile: file, bytes, leftOutFrom, notKept };
    return ok({ ...ending, ...written, made: await watch.end() });
  };
  if (signal.aborted) {
    lease.release();
    return finish({ endedBy: 'cancelled', exitCode: undefined });
  }
  const begun = await begin().catch((error: unknown) =>
    failed('tool', `The command could not be given to the terminal: ${messageOf(error)}`),
  );
  if (!begun.ok) {
    lease.release();
    await output.end();
    return begun;
  }
  const execution = begun.value;
  let over = false;
  const drained = pump(execution, (chunk) => {
    if (!over) request.onOutput(output.write(chunk));
  });
  const settled: Promise<Ending> = Promise.race([
    execution.ended.then((exitCode): Ending => ({ endedBy: 'exit', exitCode })),
    lease.closed.then((exitCode): Ending => ({ endedBy: 'closed', exitCode })),
  ]);
  // The terminal is free when the command has ended, which may be long after a cancelled run stopped waiting.
  void settled.then(() => {
    execution.dispose();
    lease.release();
  });
  const ending = await orCancelled(settled, lease.terminal, signal);
  await Promise.race([drained, delay(ending.endedBy === 'cancelled' ? 0 : DRAIN_MS)]);
  over = true;
  return finish(ending);
}

async function pump(execution: Execution, write: (chunk: string) => void): Promise<void> {
  try {
    for await (const chunk of execution.read()) write(chunk);
  } catch (error) {
    write(`\n[the output could not be read: ${messageOf(error)}]\n`);
  }
}

/** The ending, or soon after an abort: Ctrl+C, and a way to kill what does not stop. */
async function orCancelled(
  settled: Promise<Ending>,
  terminal: vscode.Terminal,
  signal: AbortSignal,
): Promise<Ending> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<Ending>((resolve) => {
    onAbort = () => {
      if (terminal.exitStatus === undefined) terminal.sendText('\u0003', false);
      void offerKill(settled, terminal);
      void Promise.race([settled, delay(CANCEL_MS)]).then((ending) =>
        resolve({ endedBy: 'cancelled', exitCode: ending?.exitCode }),
      );
    };
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
  });
  // What ends after the abort was ended by it.
  const ending = await Promise.race([settled.then((end) => (signal.aborted ? aborted : end)), aborted]);
  if (onAbort) signal.removeEventListener('abort', onAbort);
  return ending;
}

async function offerKill(settled: Promise<Ending>, terminal: vscode.Terminal): Promise<void> {
  const ended = await Promise.race([settled, delay(OFFER_KILL_MS)]);
  if (ended) return;
  const kill = 'Kill Terminal';
  const chosen = await vscode.window.showWarningMessage(
    'Memento: the command has not stopped after Ctrl+C.',
    kill,
  );
  if (chosen === kill) terminal.dispose();
}
