/** The editor's language, as far as Memento speaks it. */
import * as vscode from 'vscode';

export interface Language {
  /** BCP 47: of the words that are shown, which are English where there is no translation. */
  readonly tag: string;
  /** English sentences and their translations, as JSON; undefined for English. */
  readonly bundle: string | undefined;
}

export function editorLanguage(): Language {
  const { bundle } = vscode.l10n;
  return bundle === undefined
    ? { tag: 'en', bundle: undefined }
    : { tag: vscode.env.language, bundle: JSON.stringify(bundle) };
}
