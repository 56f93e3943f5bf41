/** A command through VS Code's shell integration. */
import * as vscode from 'vscode';
import { isReadingLine } from '../node/foreground';
import { delay, type Execution } from './execution';
import { ShellOutput } from './shellOutput';

/** With the prompt back, how long the end of the command may still be told late, milliseconds. */
const END_MS = 1_000;

/** A shell whose prompt takes longer gets its command all the same, milliseconds. */
const READING_MS = 5_000;
const POLL_MS = 30;

/**
 * Waits until the shell reads what is typed: what comes while it gets its prompt ready can be lost, command and all.
 * Windows does not tell.
 */
export async function whenReading(terminal: vscode.Terminal): Promise<void> {
  const pid = process.platform === 'win32' ? undefined : await terminal.processId;
  if (pid === undefined) return;
  for (const end = Date.now() + READING_MS; Date.now() < end && !(await isReadingLine(pid));) {
    await delay(POLL_MS);
  }
}

export function executeInShell(
  terminal: vscode.Terminal,
  integration: vscode.TerminalShellIntegration,
  command: string,
): Execution {
  let onEnd: vscode.Disposable | undefined;
  let onPrompt: (() => void) | undefined;
  const output = new ShellOutput();
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
    onPrompt = () => void delay(END_MS).then(() => resolve(output.exitCode));
  });
  // What the user has half typed VS Code takes away itself.
  begun.execution = integration.executeCommand(command);
  const stream = begun.execution.read();
  async function* read(): AsyncGenerator<string, void, void> {
    for await (const chunk of stream) {
      yield output.add(chunk);
      if (output.isAtPrompt) onPrompt?.();
    }
    yield output.end();
  }
  return { read, ended, dispose: () => void onEnd?.dispose() };
}
