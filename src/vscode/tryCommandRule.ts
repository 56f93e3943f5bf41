/** “Try a Command Rule”: what a rule would do with commands, before it is saved. */
import os from 'node:os';
import * as vscode from 'vscode';
import type { CommandDecision } from '../core/tools/shell/decideCommand';
import { CommandPolicy } from '../core/tools/shell/commandPolicy';
import { editorCommandPlace } from './commandPlace';
import { workspaceFolder } from './projectMemory';
import { readSettings } from './settings';
import { showInformation } from './notifications';

export async function tryCommandRule(extensionPath: string): Promise<void> {
  const title = vscode.l10n.t('Try a Command Rule');
  const rule = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('How do commands begin that run without asking?'),
    placeHolder: 'npm test',
    ignoreFocusOut: true,
  });
  const text = rule?.trim().replace(/\s+/g, ' ') ?? '';
  if (text === '' || !(await tried(title, text, extensionPath))) return;
  const config = vscode.workspace.getConfiguration('memento');
  const saved = config.inspect<Record<string, boolean>>('terminal.autoApprove')?.globalValue;
  await config.update('terminal.autoApprove', { ...saved, [text]: true }, vscode.ConfigurationTarget.Global);
  const open = vscode.l10n.t('Open Settings');
  const told = vscode.l10n.t('Commands that begin with “{0}” run without asking from now on.', text);
  if ((await showInformation(told, open)) === open)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'memento.terminal.autoApprove');
}

/** A box for commands, with what would become of each; true where the user saves the rule. */
function tried(title: string, rule: string, extensionPath: string): Promise<boolean> {
  const others = readSettings().commandRules.filter(({ text }) => text !== rule);
  const rules = [...others, { text: rule, verdict: 'auto' as const }];
  const root = workspaceFolder()?.uri.fsPath ?? os.homedir();
  const policy = new CommandPolicy(editorCommandPlace(extensionPath, root, () => rules));
  const save: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('save'),
    tooltip: vscode.l10n.t('Save Rule'),
  };
  const box = vscode.window.createInputBox();
  Object.assign(box, {
    title,
    prompt: vscode.l10n.t('Type commands to see what “{0}” does with them. Enter saves the rule.', rule),
    value: rule,
    ignoreFocusOut: true,
    buttons: [save],
  });
  const look = async () => {
    const { value } = box;
    const decision = value.trim() === '' ? undefined : await policy.decide(value);
    if (box.value === value) box.validationMessage = decision && verdictOf(decision);
  };
  return new Promise((resolve) => {
    const settle = (saves: boolean) => {
      resolve(saves);
      box.dispose();
    };
    box.onDidChangeValue(() => void look());
    box.onDidAccept(() => settle(true));
    box.onDidTriggerButton(() => settle(true));
    box.onDidHide(() => settle(false));
    box.show();
    void look();
  });
}

const verdictOf = ({ verdict, reasons }: CommandDecision): vscode.InputBoxValidationMessage =>
  verdict === 'auto'
    ? {
        message: vscode.l10n.t('Runs without asking. {0}', reasons.join(' ')),
        severity: vscode.InputBoxValidationSeverity.Info,
      }
    : {
        message: vscode.l10n.t('Asks. {0}', reasons.join(' ')),
        severity: vscode.InputBoxValidationSeverity.Warning,
      };
