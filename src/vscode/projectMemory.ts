/** The memory of the open folder. It is loaded and opened when first asked for, not at start-up. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import { Emitter } from '../core/common/event';
import type { Logger } from '../core/ports';
import type { OpenMemory } from './openMemory';

export class ProjectMemory implements Disposable {
  readonly #extensionPath: string;
  readonly #logger: Logger;
  readonly #changed = new Emitter<void>();
  readonly #opened = new Emitter<OpenMemory>();
  #open: Promise<OpenMemory> | undefined;

  constructor(extensionPath: string, logger: Logger) {
    this.#extensionPath = extensionPath;
    this.#logger = logger;
  }

  /** Fires when cases were added, judged or forgotten, by another process too. */
  readonly onDidChange = this.#changed.on;

  /** Fires when the memory was opened. */
  readonly onDidOpen = this.#opened.on;

  /** Rejects where the bank cannot be opened; the next call tries again. */
  get(): Promise<OpenMemory> {
    this.#open ??= this.#openMemory().catch((error: unknown) => {
      this.#open = undefined;
      throw error;
    });
    return this.#open;
  }

  async #openMemory(): Promise<OpenMemory> {
    const { openMemory } = await import('./openMemory');
    const memory = await openMemory(this.#extensionPath, workspaceFolder(), this.#logger);
    memory.bank.onDidChange(() => this.#changed.fire());
    this.#opened.fire(memory);
    return memory;
  }

  dispose(): void {
    void this.#open?.then(
      ({ bank }) => bank.dispose(),
      () => undefined,
    );
  }
}

/** The folder that is researched: the first one, as long as there are no banks across several. */
export const workspaceFolder = (): vscode.WorkspaceFolder | undefined =>
  vscode.workspace.workspaceFolders?.find((folder) => folder.uri.scheme === 'file');
