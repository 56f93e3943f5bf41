/** What both views have in common: when they load anew, and what they show when that fails. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { Logger } from '../core/ports';

/** Changes come in bursts (an import, another window): one reload for all of them. */
const REFRESH_DELAY_MS = 50;

export class ViewRefresh<Node> implements Disposable {
  readonly #disposables = new DisposableStore();
  readonly #changed = this.#disposables.add(new vscode.EventEmitter<Node | undefined>());
  readonly #id: string;
  readonly #logger: Logger;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #loaded = false;

  /** @param id of the view; its context `<id>Failed` tells the welcome that there is nothing to be welcome to */
  constructor(id: string, logger: Logger) {
    [this.#id, this.#logger] = [id, logger];
  }

  /** With a node: its rows or its row alone; with undefined, all. */
  readonly onDidChange = this.#changed.event;

  /** All of the view, soon. */
  soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#changed.fire(undefined);
    }, REFRESH_DELAY_MS);
  }

  of(node: Node): void {
    this.#changed.fire(node);
  }

  /** Times grow old, and another process may have written, while nobody looked. */
  whenShown(view: vscode.TreeView<Node>): void {
    this.#disposables.add(
      view.onDidChangeVisibility(({ visible }) => visible && this.#loaded && this.soon()),
    );
  }

  /** None where the rows cannot be loaded: the welcome then says so, with a way to try again. */
  async load(view: vscode.TreeView<Node>, rows: () => Promise<Node[]>): Promise<Node[]> {
    try {
      // The first time takes the start of a thread: the view shows that it works.
      const found = this.#loaded
        ? await rows()
        : await vscode.window.withProgress({ location: { viewId: this.#id } }, rows);
      this.#tell(false);
      return found;
    } catch (error) {
      this.#logger.error(`${this.#id} cannot be shown: ${messageOf(error)}`);
      view.description = messageOf(error);
      this.#tell(true);
      return [];
    }
  }

  #tell(failed: boolean): void {
    this.#loaded = !failed;
    void vscode.commands.executeCommand('setContext', `${this.#id}Failed`, failed);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#disposables.dispose();
  }
}
