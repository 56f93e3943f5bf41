/** The models of a provider, to choose from. */
import * as vscode from 'vscode';
import type { RoleConfig } from '../../models';
import { offeredModels } from '../../models';
import { formatNumber } from '../formats';
import { apiKeyFor } from '../secrets';
import { editorModelId } from './editorModel';
import type { Choice } from './saveChoice';

export interface ModelItem extends vscode.QuickPickItem {
  /** Undefined for one that says why there is no list; choosing it tries again. */
  readonly model: string | undefined;
}

/** @param typedKey what was typed as the key, undefined to use the one that is stored */
export async function modelItems(
  secrets: vscode.SecretStorage,
  choice: Choice,
  typedKey: string | undefined,
  signal: AbortSignal,
): Promise<readonly ModelItem[]> {
  if (choice.provider === 'vscode') return editorItems();
  const { provider, baseUrl } = choice;
  const config: RoleConfig = { provider, baseUrl, source: 'settings' };
  const apiKey = typedKey ?? (await apiKeyFor(secrets, { provider, baseUrl }));
  try {
    const offered = await offeredModels('planner', { ...config, apiKey }, { signal });
    if (!offered.ok) return [noList(offered.fault.message)];
    if (offered.value.length === 0) return [noList(vscode.l10n.t('The server offers no model.'))];
    return offered.value.map((model) => ({ label: withoutIcons(model), model }));
  } catch (error) {
    if (signal.aborted) return [];
    throw error;
  }
}

async function editorItems(): Promise<readonly ModelItem[]> {
  const models = await vscode.lm.selectChatModels();
  if (models.length === 0) return [noList(vscode.l10n.t('VS Code offers no language model at present.'))];
  return models.map((model) => ({
    label: withoutIcons(model.name),
    description: editorModelId(model),
    detail: vscode.l10n.t('reads {0} tokens at once', formatNumber(model.maxInputTokens)),
    model: editorModelId(model),
  }));
}

const noList = (why: string): ModelItem => ({
  label: vscode.l10n.t('$(warning) No list of models: try again, or type a name'),
  detail: withoutIcons(why),
  alwaysShow: true,
  model: undefined,
});

/** A label may hold `$(icon)`: a name is shown as it is. */
const withoutIcons = (text: string): string => text.replaceAll('$(', '$ (');
