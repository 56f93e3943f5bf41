import path from 'node:path';
import type * as vscode from 'vscode';
import { powerShellString, quotePosix, type ShellKind } from '../core/common/quote';
import type { PythonEnvironment } from '../node/pythonEnvironment';
import { delay } from './execution';
import { executeInShell, whenReading } from './shellExecution';
import type { Lease } from './terminals';

/** A shell that does not answer in so long gets its command all the same, milliseconds. */
const PATIENCE_MS = 2_000;

/** The environment that a terminal has. */
const used = new WeakMap<vscode.Terminal, string>();

/**
 * Puts the programs of a Python environment first in a terminal's PATH. Typed, where the user sees it, once the shell
 * is up: what the shell's own files do to the PATH (macOS's path_helper, pyenv) would come after what a new terminal is
 * given.
 */
export async function usePython(
  { terminal, closed }: Lease,
  integration: vscode.TerminalShellIntegration,
  python: PythonEnvironment,
  shell: ShellKind,
): Promise<void> {
  const line = pathLine(python, shell);
  if (line === undefined || used.get(terminal) === python.folder) return;
  used.set(terminal, python.folder);
  await whenReading(terminal);
  const setup = executeInShell(terminal, integration, line);
  await Promise.race([setup.ended, closed, delay(PATIENCE_MS)]);
  setup.dispose();
}

/** For fish too, which has `export` and takes a quoted `$PATH` for one word. Undefined where there is no such line. */
export function pathLine({ folder, programs }: PythonEnvironment, shell: ShellKind): string | undefined {
  switch (shell) {
    case 'posix':
      return `export VIRTUAL_ENV=${quotePosix(folder)} PATH=${quotePosix(programs)}:"$PATH"`;
    case 'powershell':
      return `$env:VIRTUAL_ENV = ${powerShellString(folder)}; $env:PATH = ${powerShellString(programs + path.delimiter)} + $env:PATH`;
    case 'cmd':
      return undefined;
  }
}
