/** Who can provide a model: what VS Code has, what answers on this machine, and what has to be set up. */
import * as vscode from 'vscode';
import { findLocalServers } from './localServers';

export type ProviderItem = vscode.QuickPickItem &
  (
    | { readonly from: 'vscode' | 'openai' | 'server' | 'azure' | 'look' | 'extractive' }
    | { readonly from: 'local'; readonly baseUrl: string }
  );

/** Names of VS Code's models that an item has room for. */
const NAMED = 4;

/** The first time without the servers of this machine, which are only looked for when the person asks. */
export function createProviderItems(): (signal: AbortSignal) => Promise<readonly ProviderItem[]> {
  let looks = false;
  return async (signal) => {
    const [editor, local] = await Promise.all([
      editorItems(),
      looks ? localItems(signal) : Promise.resolve([lookItem()]),
    ]);
    looks = true;
    return [...editor, ...setUpItems(), ...local, extractiveItem()];
  };
}

async function editorItems(): Promise<readonly ProviderItem[]> {
  const models = await vscode.lm.selectChatModels();
  if (models.length === 0) return [];
  const names = [...new Set(models.map(({ name }) => name))];
  const more = names.length > NAMED ? ' …' : '';
  return [
    {
      from: 'vscode',
      label: vscode.l10n.t('A model of VS Code'),
      description: `${names.slice(0, NAMED).join(', ')}${more}`,
      detail: vscode.l10n.t('VS Code asks whether Memento may use it; its provider counts what is used.'),
    },
  ];
}

const setUpItems = (): readonly ProviderItem[] => [
  {
    from: 'openai',
    label: 'OpenAI',
    description: 'api.openai.com',
    detail: vscode.l10n.t('Needs an API key.'),
  },
  {
    from: 'azure',
    label: 'Azure OpenAI',
    detail: vscode.l10n.t('Needs the endpoint of your resource, a deployment and its key.'),
  },
  {
    from: 'server',
    label: vscode.l10n.t('An OpenAI-compatible server…'),
    detail: vscode.l10n.t('Ollama, LM Studio, vLLM, llama.cpp, OpenRouter …: by its address.'),
  },
];

const lookItem = (): ProviderItem => ({
  from: 'look',
  label: vscode.l10n.t('Look for servers on this machine'),
  detail: vscode.l10n.t('Asks Ollama, LM Studio, vLLM and llama.cpp at their usual ports.'),
});

async function localItems(signal: AbortSignal): Promise<readonly ProviderItem[]> {
  const servers = await findLocalServers(signal);
  if (servers.length === 0) {
    return [
      {
        ...lookItem(),
        label: vscode.l10n.t('No server answers on this machine: look again'),
      },
    ];
  }
  return servers.map(({ name, baseUrl, models }) => ({
    from: 'local' as const,
    baseUrl,
    label: name,
    description: baseUrl,
    detail: models.slice(0, NAMED).join(', '),
  }));
}

const extractiveItem = (): ProviderItem => ({
  from: 'extractive',
  label: vscode.l10n.t('No model: the extractive mode'),
  detail: vscode.l10n.t('Answers with cited sentences of your files. Needs no key and no network.'),
});
