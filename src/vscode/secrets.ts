/** API keys: in VS Code's secret storage, one an origin, so that a key never goes to a server it was not set for. */
import { parseUrl } from '../core/common/url';
import * as vscode from 'vscode';
import { PUBLIC_ENDPOINTS, type KeyedProvider } from '../core/tools/web/search/searchConfig';
import { PROVIDER_LABELS } from '../core/tools/web/search/searchResult';
import { OPENAI_BASE_URL } from '../models/endpoint';
import { readSettings, type RoleSettings } from './settings';
import { showInformation } from './notifications';

/** Undefined where the base URL is no URL; the model adapter says so when it is used. */
function originOf({ provider, baseUrl }: Server): string | undefined {
  // Azure has no address that would do for all.
  return parseUrl(baseUrl ?? (provider === 'azure' ? '' : OPENAI_BASE_URL))?.origin;
}

type Server = Pick<RoleSettings, 'provider'> & { readonly baseUrl?: string | undefined };

const secretName = (origin: string) => `memento.apiKey ${origin}`;

export async function apiKeyFor(secrets: vscode.SecretStorage, role: Server): Promise<string | undefined> {
  const origin = originOf(role);
  return origin === undefined ? undefined : await secrets.get(secretName(origin));
}

/** Binds a key to the origin of a server. */
export async function saveKey(secrets: vscode.SecretStorage, baseUrl: string, key: string): Promise<void> {
  const origin = parseUrl(baseUrl)?.origin;
  if (origin !== undefined) await secrets.store(secretName(origin), key);
}

/** Search services with keys; the rest needs none. */
const KEYED_SEARCHES: readonly KeyedProvider[] = ['tavily', 'brave', 'serper', 'semanticScholar'];

const originOfSearch = (name: KeyedProvider): string => new URL(PUBLIC_ENDPOINTS[name]).origin;

export async function searchKeys(
  secrets: vscode.SecretStorage,
): Promise<Readonly<Partial<Record<KeyedProvider, string | undefined>>>> {
  const keys: Partial<Record<KeyedProvider, string | undefined>> = {};
  for (const name of KEYED_SEARCHES) keys[name] = await secrets.get(secretName(originOfSearch(name)));
  return keys;
}

interface Service extends vscode.QuickPickItem {
  readonly origin: string;
}

/** The configured servers of models, then the services that search. */
function services(): readonly Service[] {
  const { planner, executor } = readSettings();
  const roles = executor.baseUrl === undefined ? [planner] : [planner, executor];
  const origins = [...new Set(roles.map(originOf))].filter((origin) => origin !== undefined);
  return [
    ...origins.map((origin) => ({ label: origin, description: vscode.l10n.t('models'), origin })),
    ...KEYED_SEARCHES.map((name) => {
      const origin = originOfSearch(name);
      const { host } = new URL(origin);
      const description =
        name === 'semanticScholar'
          ? vscode.l10n.t('search for papers, {0}', host)
          : vscode.l10n.t('web search, {0}', host);
      return { label: PROVIDER_LABELS[name], description, origin };
    }),
  ];
}

/** Asks for whom the key is, then for the key. */
export async function setApiKey(secrets: vscode.SecretStorage): Promise<void> {
  const service = await vscode.window.showQuickPick(services(), {
    title: vscode.l10n.t('Set API Key'),
    placeHolder: vscode.l10n.t('For which server?'),
  });
  if (!service) return;
  const { origin } = service;
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('Set API Key'),
    prompt: vscode.l10n.t(
      "The key for {0}. It is kept in VS Code's secret storage and sent to this server only; empty removes it.",
      origin,
    ),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return;
  if (key.trim() === '') await secrets.delete(secretName(origin));
  else await secrets.store(secretName(origin), key.trim());
  void showInformation(
    key.trim() === ''
      ? vscode.l10n.t('Memento: the API key for {0} is removed.', origin)
      : vscode.l10n.t('Memento: the API key for {0} is saved.', origin),
  );
}
