/** API keys: in VS Code's secret storage, one an origin, so that a key never goes to a server it was not set for. */
import * as vscode from 'vscode';
import { OPENAI_BASE_URL } from '../models/endpoint';
import { readSettings, type RoleSettings } from './settings';

/** Undefined where the base URL is no URL; the model adapter says so when it is used. */
function originOf({ baseUrl }: RoleSettings): string | undefined {
  const url = baseUrl ?? OPENAI_BASE_URL;
  return URL.canParse(url) ? new URL(url).origin : undefined;
}

const secretName = (origin: string) => `memento.apiKey ${origin}`;

export async function apiKeyFor(
  secrets: vscode.SecretStorage,
  role: RoleSettings,
): Promise<string | undefined> {
  const origin = originOf(role);
  return origin === undefined ? undefined : await secrets.get(secretName(origin));
}

/** Asks for the key of the configured server, and for which one where planner and executor have different ones. */
export async function setApiKey(secrets: vscode.SecretStorage): Promise<void> {
  const { planner, executor } = readSettings();
  const roles = executor.baseUrl === undefined ? [planner] : [planner, executor];
  const origins = [...new Set(roles.map(originOf))].filter((origin) => origin !== undefined);
  const origin =
    origins.length < 2
      ? origins[0]
      : await vscode.window.showQuickPick(origins, {
          title: 'Set API Key',
          placeHolder: 'For which server?',
        });
  if (origin === undefined) {
    if (origins.length === 0)
      void vscode.window.showErrorMessage('Memento: the base URL in the settings is no URL.');
    return;
  }
  const key = await vscode.window.showInputBox({
    title: 'Set API Key',
    prompt: `The key for ${origin}. It is kept in VS Code's secret storage and sent to this server only; empty removes it.`,
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return;
  if (key.trim() === '') await secrets.delete(secretName(origin));
  else await secrets.store(secretName(origin), key.trim());
  const done = key.trim() === '' ? 'removed' : 'saved';
  void vscode.window.showInformationMessage(`Memento: the API key for ${origin} is ${done}.`);
}
