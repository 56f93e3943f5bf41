/** “Install Command Line Tool”: says exactly what it would write, and writes it when the user agrees. */
import os from 'node:os';
import * as vscode from 'vscode';
import {
  installCommandLineTool,
  planCommandLineTool,
  uninstallCommandLineTool,
  type CommandLinePlan,
} from '../node/commandLineTool';
import { confirmInDialog, showError, showInformation, showWarning } from './notifications';

export async function installCommandLine(extensionPath: string): Promise<void> {
  const { platform, env, execPath: runtime } = process;
  const plan = await planCommandLineTool({ platform, env, home: os.homedir(), extensionPath, runtime });
  switch (plan.there) {
    case 'foreign':
      void showError(
        vscode.l10n.t(
          'Memento: {0} is a file of another program, which is left alone. Move it away, then run this command again.',
          plan.file,
        ),
      );
      return;
    case 'same':
      return offerUninstall(plan);
    case 'nothing':
    case 'older':
      if (!(await agrees(plan))) return;
      await installCommandLineTool(plan);
      return tellInstalled(plan);
  }
}

/** “Show Script” opens it to be read, and writes nothing. */
async function agrees(plan: CommandLinePlan): Promise<boolean> {
  const install = plan.there === 'older' ? vscode.l10n.t('Update') : vscode.l10n.t('Install');
  const show = vscode.l10n.t('Show Script');
  const chosen = await confirmInDialog(
    vscode.l10n.t('Write {0}?', plan.file),
    vscode.l10n.t(
      'It is a script of {0} lines that runs the command line of this extension, in its newest installed version. Nothing else is changed. Deleting the file uninstalls it.',
      plan.script.split('\n').length - 1,
    ),
    install,
    show,
  );
  if (chosen === show) {
    const language = plan.file.endsWith('.cmd') ? 'bat' : 'shellscript';
    const document = await vscode.workspace.openTextDocument({ content: plan.script, language });
    await vscode.window.showTextDocument(document);
  }
  return chosen === install;
}

async function tellInstalled({ file, pathLine }: CommandLinePlan): Promise<void> {
  if (pathLine === undefined) {
    void showInformation(vscode.l10n.t('Memento: {0} is installed. Type “memento” in a new terminal.', file));
    return;
  }
  const copy = vscode.l10n.t('Copy Line');
  const chosen = await showWarning(
    vscode.l10n.t(
      'Memento: {0} is installed, but its folder is not on your PATH. Add this to your shell’s start-up file: {1}',
      file,
      pathLine,
    ),
    copy,
  );
  if (chosen === copy) await vscode.env.clipboard.writeText(pathLine);
}

async function offerUninstall(plan: CommandLinePlan): Promise<void> {
  const uninstall = vscode.l10n.t('Uninstall');
  const chosen = await showInformation(
    vscode.l10n.t('Memento: {0} is installed and up to date.', plan.file),
    uninstall,
  );
  if (chosen !== uninstall) return;
  await uninstallCommandLineTool(plan);
  void showInformation(vscode.l10n.t('Memento: {0} is deleted.', plan.file));
}
