/**
 * Notifications. VS Code makes links of `[words](address)` in them, and runs a `command:` that is pressed: what models,
 * servers and files say must not become one, so nothing here does.
 */
import * as vscode from 'vscode';
import { withoutLinks } from '../core/markdown/untrustedText';

export type Notify = (message: string, ...titles: string[]) => Thenable<string | undefined>;

/* eslint-disable no-restricted-syntax -- the one place */
export const showInformation: Notify = (message, ...titles) =>
  vscode.window.showInformationMessage(withoutLinks(message), ...titles);

export const showWarning: Notify = (message, ...titles) =>
  vscode.window.showWarningMessage(withoutLinks(message), ...titles);

export const showError: Notify = (message, ...titles) =>
  vscode.window.showErrorMessage(withoutLinks(message), ...titles);

/** In a dialog that waits; undefined where the user turned away. */
export const confirmInDialog = (
  message: string,
  detail: string,
  ...titles: string[]
): Thenable<string | undefined> =>
  vscode.window.showWarningMessage(withoutLinks(message), { modal: true, detail }, ...titles);
