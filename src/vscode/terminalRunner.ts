/** Runs commands in the integrated terminal, where the user sees them and can step in. */
import * as vscode from 'vscode';
import type { RunStore } from '../core/agent/runStore';
import type { Disposable } from '../core/common/disposable';
import { shellKind } from '../core/common/quote';
import type { Secrets } from '../core/common/secrets';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import { controlCharacter } from '../core/common/terminalText';
import type { CommandEnd, CommandRequest, CommandRunner, RunningCommand } from '../core/ports';
import { createChildRunner } from '../node/childRunner';
import { writeCodeFile } from '../node/codeFile';
import type { CommandOutput } from '../node/commandOutput';
import { CommandRecord } from '../node/commandRecord';
import { findPythonEnvironment } from '../node/pythonEnvironment';
import { delay, type Execution } from './execution';
import { isReported } from './reported';
import { executeAsScript } from './scriptExecution';
import { executeInShell, whenReading } from './shellExecution';
import { Terminals, type Lease } from './terminals';
import { usePython } from './usePython';
import { showWarning } from './notifications';

/** How long after a command's end its last output may still arrive, milliseconds. */
const DRAIN_MS = 1_000;
/** A cancelled run ends within a second, whether or not the command heeds Ctrl+C. */
const CANCEL_MS = 600;
const OFFER_KILL_MS = 3_000;

export interface TerminalRunnerOptions {
  /** The workspace folder: where commands run. */
  readonly cwd: string;
  readonly runs: Pick<RunStore, 'folder'>;
  readonly secrets: Secrets;
  /** Another shell than the user's default. */
  readonly shellPath?: string;
}

export function createTerminalRunner(options: TerminalRunnerOptions): CommandRunner & Disposable {
  const { cwd } = options;
  const terminals = new Terminals(cwd, options.shellPath);
  const shell = options.shellPath ?? vscode.env.shell;
  const processes = createChildRunner(options);
  return {
    place: 'terminal',
    remarks: () => Promise.resolve(findPythonEnvironment(cwd).remarks),
    prepareCode: async (runId, callId, language, code) =>
      writeCodeFile(await options.runs.folder(runId), callId, language, code, {
        workspace: cwd,
        shell: shellKind(shell),
        searchPath: undefined,
      }),
    start: async (request) => {
      // What nobody was asked about shows in the panel; the user's shell is set up in ways that nobody looked at.
      if (!request.isApproved) return processes.start(request);
      const control = controlCharacter(request.command);
      if (control !== undefined) {
        return failed(
          'bad-arguments',
          `The command holds ${control}, which a terminal would act on: use run_code.`,
        );
      }
      const folder = await options.runs.folder(request.runId);
      const [lease, record] = await Promise.all([
        terminals.lease(request.signal),
        CommandRecord.begin({ request, runFolder: folder, workspace: cwd, secrets: options.secrets }),
      ]);
      return startIn(lease, request, record, () => execute(lease, request, { cwd, folder, shell }));
    },
    dispose: () => {
      terminals.dispose();
      processes.dispose();
    },
  };
}

interface Place {
  readonly cwd: string;
  /** The run's folder. */
  readonly folder: string;
  readonly shell: string;
}

async function execute(
  lease: Lease,
  { callId, command }: CommandRequest,
  { cwd, folder, shell }: Place,
): Promise<Result<Execution>> {
  const { terminal, integration } = lease;
  const python = findPythonEnvironment(cwd).environment;
  const kind = shellKind(shell);
  if (integration && isReported(command, shell)) {
    if (python) await usePython(lease, integration, python, kind);
    await whenReading(terminal);
    return ok(executeInShell(terminal, integration, command));
  }
  if (kind !== 'posix') {
    return failed(
      'unsupported',
      'This terminal has no shell integration: choose PowerShell or bash as the default terminal profile.',
    );
  }
  return ok(
    await executeAsScript({
      type: (line) => lease.type(line),
      folder,
      callId,
      command,
      shell: shell || 'sh',
      cwd,
      python,
    }),
  );
}

async function startIn(
  lease: Lease,
  request: CommandRequest,
  record: CommandRecord,
  begin: () => Promise<Result<Execution>>,
): Promise<Result<RunningCommand>> {
  const show = () => lease.terminal.show();
  if (request.signal.aborted) {
    lease.release();
    return ok(record.running(Promise.resolve({ endedBy: 'cancelled', exitCode: undefined }), show));
  }
  const begun = await begin().catch((error: unknown) =>
    failed('tool', `The command could not be given to the terminal: ${messageOf(error)}`),
  );
  if (!begun.ok) {
    lease.release();
    await record.output.end();
    return begun;
  }
  return ok(record.running(follow(lease, begun.value, request, record.output), show));
}

/** Takes the output until the command's end, which is told in one of several ways. */
async function follow(
  lease: Lease,
  execution: Execution,
  { signal, onOutput }: CommandRequest,
  output: CommandOutput,
): Promise<CommandEnd> {
  let over = false;
  const drained = pump(execution, (chunk) => {
    if (!over) onOutput(output.write(chunk));
  });
  const settled: Promise<CommandEnd> = Promise.race([
    execution.ended.then((exitCode): CommandEnd => ({ endedBy: 'exit', exitCode })),
    lease.closed.then((exitCode): CommandEnd => ({ endedBy: 'closed', exitCode })),
  ]);
  // The terminal is free when the command has ended, which may be long after a cancelled run stopped waiting.
  void settled.then(() => {
    execution.dispose();
    lease.release();
  });
  const end = await orCancelled(settled, lease.terminal, signal);
  await Promise.race([drained, delay(end.endedBy === 'cancelled' ? 0 : DRAIN_MS)]);
  over = true;
  return end;
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
  settled: Promise<CommandEnd>,
  terminal: vscode.Terminal,
  signal: AbortSignal,
): Promise<CommandEnd> {
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<CommandEnd>((resolve) => {
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

async function offerKill(settled: Promise<CommandEnd>, terminal: vscode.Terminal): Promise<void> {
  const ended = await Promise.race([settled, delay(OFFER_KILL_MS)]);
  if (ended) return;
  const kill = vscode.l10n.t('Kill Terminal');
  const chosen = await showWarning(vscode.l10n.t('Memento: the command has not stopped after Ctrl+C.'), kill);
  if (chosen === kill) terminal.dispose();
}
