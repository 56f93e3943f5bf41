/** A command through VS Code's shell integration. */
import * as vscode from 'vscode';
import type { Execution } from './execution';

export function executeInShell(
  terminal: vscode.Terminal,
  integration: vscode.TerminalShellIntegration,
  command: string,
): Execution {
  let onEnd: vscode.Disposable | undefined;
  const begun: { execution?: vscode.TerminalShellExecution } = {};
  // Listening begins first: the end of a short command comes at once.
  const ended = new Promise<number | undefined>((resolve) => {
    onEnd = vscode.window.onDidEndTerminalShellExecution((event) => {
      if (event.terminal !== terminal) return;
      // Where the shell does not report the beginning of a command, VS Code takes its end for that of another one,
      // whose text runs on into the output. An end that is never seen would hold up the run for good.
      const text = event.execution.commandLine.value;
      if (event.execution === begun.execution || text === '' || text.startsWith(command))
        resolve(event.exitCode);
    });
  });
  begun.execution = integration.executeCommand(command);
  const stream = begun.execution.read();
  return { read: () => stream, ended, dispose: () => void onEnd?.dispose() };
}
