/** What “Memento: Test Model” found, as a read-only document: it can be searched, copied and read aloud. */
import * as vscode from 'vscode';
import type { Disposable } from '../../core/common/disposable';

const SCHEME = 'memento-model-test';

export class ModelTestDocument implements Disposable {
  readonly #uri = vscode.Uri.from({ scheme: SCHEME, path: '/Model test.md' });
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered: vscode.Disposable;
  #text: string | undefined;

  constructor() {
    this.#registered = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: () =>
        this.#text ?? vscode.l10n.t('This test is over: run “Memento: Test Model” again.'),
    });
  }

  async show(markdown: string): Promise<void> {
    this.#text = markdown;
    this.#changed.fire(this.#uri);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(this.#uri), {
      preview: true,
    });
  }

  dispose(): void {
    this.#registered.dispose();
    this.#changed.dispose();
  }
}
