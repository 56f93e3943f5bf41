/** “Memento: Choose Tools…”: which of the tools that VS Code has for language models a run may call. */
import * as vscode from 'vscode';
import { offeredTools } from './languageModelTools';
import { readSettings } from './settings';
import { showInformation } from './notifications';

interface ToolItem extends vscode.QuickPickItem {
  /** Absent for a heading. */
  readonly tool?: string;
}

export async function chooseTools(): Promise<void> {
  const { editorTools: before } = readSettings();
  const offered = offeredTools();
  const gone = before.filter((name) => offered.every((tool) => tool.name !== name));
  if (offered.length + gone.length === 0) {
    void showInformation(
      vscode.l10n.t(
        'Memento: VS Code has no tools for language models. Add an MCP server, or install an extension that brings some.',
      ),
    );
    return;
  }
  const items: readonly ToolItem[] = [
    ...headed(
      vscode.l10n.t('Offered by VS Code'),
      offered.map((tool) => itemOf(tool, before)),
    ),
    ...headed(
      vscode.l10n.t('Chosen, but not there at present'),
      gone.map((name) => ({ label: name, tool: name, picked: true })),
    ),
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Choose Tools'),
    placeHolder: vscode.l10n.t('Which tools may Memento call? It asks before each call.'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return;
  const names = chosen.flatMap(({ tool }) => tool ?? []);
  await vscode.workspace
    .getConfiguration('memento')
    .update('tools.fromEditor', names, vscode.ConfigurationTarget.Global);
}

function itemOf(tool: vscode.LanguageModelToolInformation, chosen: readonly string[]): ToolItem {
  return {
    // A label may hold `$(icon)`: a name is shown as it is.
    label: withoutIcons(tool.name),
    description: tool.tags.join(', '),
    detail: withoutIcons(tool.description.replace(/\s+/g, ' ').slice(0, 300)),
    picked: chosen.includes(tool.name),
    tool: tool.name,
  };
}

const headed = (heading: string, items: readonly ToolItem[]): readonly ToolItem[] =>
  items.length === 0 ? [] : [{ label: heading, kind: vscode.QuickPickItemKind.Separator }, ...items];

const withoutIcons = (text: string): string => text.replaceAll('$(', '$ (');
