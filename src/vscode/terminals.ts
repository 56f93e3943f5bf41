/**
 * Memento's own terminals: an idle one is used again, work side by side gets one each. One in which the user has run
 * something is theirs from then on: they may have gone elsewhere, changed the shell, or set it up as they like.
 */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import { isAtPrompt } from '../node/foreground';
import { delay } from './execution';

const INTEGRATION_TIMEOUT_MS = 5_000;

/** A shell may say how its last command ended before it goes itself, as fish does: so long it may take, milliseconds. */
const LEAVING_MS = 300;

/** Ctrl+U, of POSIX terminals and shells. */
const CLEAR_LINE = '\u0015';

export interface Lease {
  readonly terminal: vscode.Terminal;
  /** Undefined where the shell has none, or did not start it in time. */
  readonly integration: vscode.TerminalShellIntegration | undefined;
  /** Settles when the terminal is closed; with the shell's exit code where the shell ended by itself. */
  readonly closed: Promise<number | undefined>;
  /** Types a line in place of what the user has half typed. */
  type(line: string): void;
  release(): void;
}

export class Terminals implements Disposable {
  readonly #cwd: string;
  readonly #shellPath: string | undefined;
  readonly #idle = new Set<vscode.Terminal>();
  readonly #all = new Set<vscode.Terminal>();
  /** The last line that was typed into each. */
  readonly #typed = new WeakMap<vscode.Terminal, string>();
  /** When the last command in each ended. */
  readonly #released = new WeakMap<vscode.Terminal, number>();
  /** Whose shell has no integration: they are not waited for again. */
  readonly #silent = new WeakSet<vscode.Terminal>();
  readonly #subscriptions = vscode.Disposable.from(
    vscode.window.onDidCloseTerminal((terminal) => this.#forget(terminal)),
    vscode.window.onDidStartTerminalShellExecution(({ terminal, execution }) => {
      // Word of what was typed for us may come when that has ended.
      const isOurs = execution.commandLine.value.trim() === this.#typed.get(terminal);
      if (this.#idle.has(terminal) && !isOurs) this.#forget(terminal);
    }),
  );

  constructor(cwd: string, shellPath?: string) {
    this.#cwd = cwd;
    this.#shellPath = shellPath;
  }

  /** The panel stays where it is: the terminal is shown without taking the keyboard. */
  async lease(signal: AbortSignal): Promise<Lease> {
    const terminal = (await this.#takeIdle()) ?? this.#create();
    terminal.show(true);
    const closed = whenClosed(terminal);
    const patience = this.#silent.has(terminal) ? 0 : INTEGRATION_TIMEOUT_MS;
    const integration = await whenIntegrated(terminal, patience, closed.settled, signal);
    if (!integration && !signal.aborted) this.#silent.add(terminal);
    return {
      terminal,
      integration,
      closed: closed.settled,
      type: (line) => {
        this.#typed.set(terminal, line);
        terminal.sendText(CLEAR_LINE + line);
      },
      release: () => {
        closed.dispose();
        this.#released.set(terminal, Date.now());
        if (terminal.exitStatus === undefined && this.#all.has(terminal)) this.#idle.add(terminal);
      },
    };
  }

  async #takeIdle(): Promise<vscode.Terminal | undefined> {
    for (const terminal of this.#idle) {
      // At once, or work that begins meanwhile would take it too.
      this.#idle.delete(terminal);
      if (await this.#isFree(terminal)) return terminal;
      this.#forget(terminal);
    }
    return undefined;
  }

  /** It is where it was, with nobody at work in it; a shell without integration does not say what the user ran. */
  async #isFree(terminal: vscode.Terminal): Promise<boolean> {
    const cwd = terminal.shellIntegration?.cwd;
    if (cwd !== undefined && cwd.fsPath !== vscode.Uri.file(this.#cwd).fsPath) return false;
    const pid = await terminal.processId;
    await delay(Math.max(0, (this.#released.get(terminal) ?? 0) + LEAVING_MS - Date.now()));
    const isFree = pid === undefined || process.platform === 'win32' || (await comesToPrompt(pid));
    return isFree && terminal.exitStatus === undefined;
  }

  #create(): vscode.Terminal {
    const terminal = vscode.window.createTerminal({
      name: 'Memento',
      cwd: this.#cwd,
      iconPath: new vscode.ThemeIcon('bookmark'),
      // After a reload nobody would know it as Memento's.
      isTransient: true,
      ...(this.#shellPath === undefined ? {} : { shellPath: this.#shellPath }),
    });
    this.#all.add(terminal);
    return terminal;
  }

  #forget(terminal: vscode.Terminal): void {
    this.#all.delete(terminal);
    this.#idle.delete(terminal);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const terminal of this.#all) terminal.dispose();
  }
}

/** What ran last has told its end a moment before it is gone. */
async function comesToPrompt(pid: number): Promise<boolean> {
  for (let tries = 5; tries > 0; tries--) {
    if (await isAtPrompt(pid)) return true;
    await delay(100);
  }
  return false;
}

function whenClosed(
  terminal: vscode.Terminal,
): Disposable & { readonly settled: Promise<number | undefined> } {
  let subscription: vscode.Disposable | undefined;
  const settled = new Promise<number | undefined>((resolve) => {
    subscription = vscode.window.onDidCloseTerminal((closed) => {
      if (closed !== terminal) return;
      const { code, reason } = closed.exitStatus ?? {};
      // VS Code tells 0 for a shell that was killed as well: that is not success.
      resolve(reason === vscode.TerminalExitReason.Process ? code || undefined : undefined);
    });
  });
  return { settled, dispose: () => void subscription?.dispose() };
}

async function whenIntegrated(
  terminal: vscode.Terminal,
  patienceMs: number,
  closed: Promise<unknown>,
  signal: AbortSignal,
): Promise<vscode.TerminalShellIntegration | undefined> {
  if (terminal.shellIntegration) return terminal.shellIntegration;
  const cleanup: (() => void)[] = [];
  try {
    return await new Promise((resolve) => {
      const nothing = () => resolve(undefined);
      const subscription = vscode.window.onDidChangeTerminalShellIntegration((event) => {
        if (event.terminal === terminal) resolve(event.shellIntegration);
      });
      const timer = setTimeout(nothing, patienceMs);
      signal.addEventListener('abort', nothing, { once: true });
      void closed.then(nothing);
      cleanup.push(
        () => void subscription.dispose(),
        () => clearTimeout(timer),
        () => signal.removeEventListener('abort', nothing),
      );
    });
  } finally {
    for (const clean of cleanup) clean();
  }
}
