/** Writes which model was chosen into the user's own settings. */
import * as vscode from 'vscode';
import type { ProviderName } from '../../models';
import { readSettings, type RoleSettings } from '../settings';

export interface Choice {
  readonly provider: Exclude<ProviderName, 'auto'>;
  readonly baseUrl?: string | undefined;
  readonly model?: string | undefined;
  /** Of Azure. */
  readonly deployment?: string | undefined;
}

export type Use = 'both' | 'planner' | 'executor';

export function usesFor(): readonly (vscode.QuickPickItem & { readonly use: Use })[] {
  const { planner, executor } = readSettings();
  const now = ({ model, provider }: RoleSettings) => vscode.l10n.t('now: {0}', model ?? provider);
  return [
    {
      use: 'both',
      label: vscode.l10n.t('Plan and work'),
      detail: vscode.l10n.t('For planner and executor.'),
    },
    {
      use: 'planner',
      label: vscode.l10n.t('Plan'),
      description: now(planner),
      detail: vscode.l10n.t('Plans the work and writes the answer; what works stays as it is.'),
    },
    {
      use: 'executor',
      label: vscode.l10n.t('Work'),
      description: now(isUnset(executor) ? planner : executor),
      detail: vscode.l10n.t('Carries out the tasks with tools; what plans stays as it is.'),
    },
  ];
}

export async function saveChoice(choice: Choice, use: Use): Promise<void> {
  const { planner, executor } = readSettings();
  if (use === 'executor') return write('executor', choice);
  // An executor with no settings follows the planner: it is to stay as it is.
  if (use === 'planner' && isUnset(executor)) await write('executor', planner);
  if (use === 'both') await write('executor', { provider: undefined });
  await write('planner', choice);
}

const isUnset = ({ provider, model, baseUrl }: RoleSettings): boolean =>
  provider === 'auto' && model === undefined && baseUrl === undefined;

type Written = Partial<Omit<RoleSettings, 'provider'>> & {
  readonly provider: ProviderName | undefined;
  readonly deployment?: string | undefined;
};

async function write(role: 'planner' | 'executor', written: Written): Promise<void> {
  const { provider, baseUrl, model, deployment = written.azure?.deployment } = written;
  const values = {
    provider,
    baseUrl,
    model: provider === 'azure' && model === deployment ? undefined : model,
    'azure.deployment': deployment,
    'azure.apiVersion': written.azure?.apiVersion,
  };
  const configuration = vscode.workspace.getConfiguration('memento');
  for (const [name, value] of Object.entries(values)) {
    const key = `${role}.${name}`;
    if (configuration.inspect(key)?.globalValue === value) continue;
    await configuration.update(key, value, vscode.ConfigurationTarget.Global);
  }
}
