import * as vscode from 'vscode';
import { isAbortError } from '../core/common/abort';
import type { Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { CaseBank } from '../core/memory/bank';
import { embedMissing } from '../core/memory/embedMissing';
import type { Encoder, Logger } from '../core/ports';
import { formatNumber } from './formats';

/**
 * Encodes, in the background, the questions of cases that have no vector yet: after an import, and after a change of the
 * encoder. What is left when the window closes is done the next time.
 */
export class QuestionEncoding implements Disposable {
  readonly #bank: CaseBank;
  readonly #logger: Logger;
  readonly #stop = new AbortController();
  #working = false;

  constructor(bank: CaseBank, logger: Logger) {
    [this.#bank, this.#logger] = [bank, logger];
  }

  /** Does nothing where it is under way, or nothing is to be done. Never rejects. */
  async start(encoder: Encoder): Promise<void> {
    if (this.#working) return;
    this.#working = true;
    try {
      if ((await this.#bank.withoutVector(encoder.id, 1)).length > 0) await this.#encode(encoder);
    } catch (error) {
      if (!isAbortError(error)) this.#logger.warn(`Questions could not be encoded: ${messageOf(error)}`);
    } finally {
      this.#working = false;
    }
  }

  dispose(): void {
    this.#stop.abort();
  }

  async #encode(encoder: Encoder): Promise<void> {
    const where = {
      location: vscode.ProgressLocation.Window,
      title: vscode.l10n.t('Memento: encoding questions'),
    };
    await vscode.window.withProgress(where, (progress) =>
      embedMissing(this.#bank, encoder, {
        signal: this.#stop.signal,
        onProgress: ({ done, total }) =>
          progress.report({ message: vscode.l10n.t('{0} of {1}', formatNumber(done), formatNumber(total)) }),
      }),
    );
  }
}
