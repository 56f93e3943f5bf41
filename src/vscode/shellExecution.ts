/** A command through VS Code's shell integration. */
import * as vscode from 'vscode';
import { isAtPrompt, isReadingLine } from '../node/foreground';
import { delay, type Execution } from './execution';
import { ShellOutput } from './shellOutput';

/** With the prompt back, how long the end of the command may still be told late, milliseconds. */
const END_MS = 1_000;

/** Where the prompt has read for so long, and no command was said to begin, none is to come. */
const LOST_MS = 5_000;

/** After the end, how long the last of the output may take, milliseconds. */
const DRAIN_MS = 1_000;

/** What came together with the word that a second execution began is lost: it can be read only from then on. */
const UNHEARD = '[what the command printed is in the terminal only: VS Code did not hand it on]\n';

/** A shell whose prompt takes longer gets its command all the same, milliseconds. */
const READING_MS = 5_000;
const POLL_MS = 30;

/**
 * Waits until the shell reads what is typed: what comes while it gets its prompt ready can be lost, command and all.
 * Windows does not tell.
 */
export async function whenReading(terminal: vscode.Terminal): Promise<void> {
  const pid = await pidOf(terminal);
  if (pid === undefined) return;
  const end = Date.now() + READING_MS;
  while (terminal.exitStatus === undefined && Date.now() < end && !(await isReadingLine(pid))) {
    await delay(POLL_MS);
  }
}

export function executeInShell(
  terminal: vscode.Terminal,
  integration: vscode.TerminalShellIntegration,
  command: string,
): Execution {
  return new ShellCommand(terminal, integration, command);
}

/**
 * VS Code matches what the shell says it runs with what was asked for, and makes a second execution of it where the
 * two differ by a blank, or where the shell did not say that the command began: the first then neither gives output
 * nor ends. An end that is never seen would hold up the run for good.
 */
class ShellCommand implements Execution {
  readonly ended: Promise<number | undefined>;
  readonly #terminal: vscode.Terminal;
  readonly #command: string;
  readonly #own: vscode.TerminalShellExecution;
  readonly #subscriptions: vscode.Disposable;
  readonly #chunks: ReadableStream<string>;
  readonly #read: Promise<void>[] = [];
  /** Those that began since, while ours had not. */
  readonly #others = new Set<vscode.TerminalShellExecution>();
  #controller: ReadableStreamDefaultController<string> | undefined;
  #settle!: (exitCode: number | undefined) => void;
  #isBegun = false;
  /** VS Code gave something of the output, if only where it begins. */
  #isHeard = false;
  #isOver = false;

  constructor(terminal: vscode.Terminal, integration: vscode.TerminalShellIntegration, command: string) {
    this.#terminal = terminal;
    this.#command = command;
    this.ended = new Promise((resolve) => (this.#settle = resolve));
    this.#chunks = new ReadableStream({ start: (controller) => void (this.#controller = controller) });
    // Listening begins first: the end of a short command comes at once.
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidStartTerminalShellExecution((event) => {
        if (event.terminal === terminal) this.#onStart(event.execution);
      }),
      vscode.window.onDidEndTerminalShellExecution((event) => {
        if (event.terminal === terminal) this.#onEnd(event.execution, event.exitCode);
      }),
    );
    // What the user has half typed VS Code takes away itself.
    this.#own = integration.executeCommand(command);
    this.#take(this.#own);
    void this.#watch();
  }

  read(): AsyncIterable<string> {
    return this.#chunks;
  }

  dispose(): void {
    this.#isOver = true;
    this.#subscriptions.dispose();
    void Promise.race([Promise.all(this.#read), delay(DRAIN_MS)]).then(() => {
      if (!this.#isHeard) this.#controller?.enqueue(UNHEARD);
      this.#controller?.close();
      this.#controller = undefined;
    });
  }

  #onStart(execution: vscode.TerminalShellExecution): void {
    if (execution === this.#own) this.#isBegun = true;
    if (this.#isBegun) return;
    this.#others.add(execution);
    this.#take(execution);
  }

  #onEnd(execution: vscode.TerminalShellExecution, exitCode: number | undefined): void {
    this.#others.delete(execution);
    if (execution === this.#own || this.#isSame(execution.commandLine.value)) {
      this.#settle(exitCode);
      return;
    }
    // It may be ours under other words, or one of the user’s, which ours comes after.
    void delay(END_MS).then(() => {
      if (!this.#isBegun && this.#others.size === 0) this.#settle(exitCode);
    });
  }

  /** Where the shell does not say where a command ends, its text runs on into the output. */
  #isSame(text: string): boolean {
    return withoutBlanks(text).startsWith(withoutBlanks(this.#command));
  }

  #take(execution: vscode.TerminalShellExecution): void {
    this.#read.push(
      this.#pump(execution).catch((error: unknown) => {
        this.#controller?.error(error);
        this.#controller = undefined;
      }),
    );
  }

  async #pump(execution: vscode.TerminalShellExecution): Promise<void> {
    const output = new ShellOutput();
    for await (const chunk of execution.read()) {
      this.#isHeard = true;
      this.#controller?.enqueue(output.add(chunk));
      if (output.isAtPrompt && execution === this.#own)
        void delay(END_MS).then(() => this.#settle(output.exitCode));
    }
    this.#controller?.enqueue(output.end());
  }

  /** A command that was lost on its way to the shell. */
  async #watch(): Promise<void> {
    const pid = await pidOf(this.#terminal);
    if (pid === undefined) return;
    for (let idle = 0; idle < LOST_MS;) {
      await delay(END_MS);
      if (this.#isBegun || this.#isOver) return;
      const isIdle = this.#others.size === 0 && (await isAtPrompt(pid)) && (await isReadingLine(pid));
      idle = isIdle ? idle + END_MS : 0;
    }
    if (!this.#isBegun) this.#settle(undefined);
  }
}

const withoutBlanks = (text: string): string => text.replace(/\s+/g, '');

/** Undefined where the shell’s terminal cannot be asked. */
async function pidOf(terminal: vscode.Terminal): Promise<number | undefined> {
  return process.platform === 'win32' ? undefined : await terminal.processId;
}
