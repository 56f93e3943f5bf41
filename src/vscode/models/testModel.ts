/** “Memento: Test Model”: tries the models that are set up, and shows as a document what works. */
import * as vscode from 'vscode';
import {
  CHECK_LABELS,
  hasFailed,
  headingOf,
  testModels,
  VERDICTS,
  type TestedModel,
} from '../../models/testModels';
import { isAbortError } from '../../core/common/abort';
import { formatMinute } from '../formats';
import { showFault } from '../remedies';
import { readSettings } from '../settings';
import { editorOptions, modelConfig } from './configuredModels';
import type { ModelTestDocument } from './modelTestDocument';

export async function testModel(secrets: vscode.SecretStorage, document: ModelTestDocument): Promise<void> {
  const tested = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Memento tests the model'),
      cancellable: true,
    },
    (progress, token) => run(secrets, progress, token),
  );
  if (tested === undefined) return;
  await document.show(testMarkdown(tested));
  const fault = tested
    .flatMap((each) => [each.fault, ...each.checks.map((check) => check.fault)])
    .find(Boolean);
  if (fault) await showFault(fault);
}

/** Undefined where it was cancelled. */
async function run(
  secrets: vscode.SecretStorage,
  progress: vscode.Progress<{ message: string }>,
  token: vscode.CancellationToken,
): Promise<readonly TestedModel[] | undefined> {
  const abort = new AbortController();
  token.onCancellationRequested(() => abort.abort());
  try {
    return await testModels(await modelConfig(secrets), {
      ...editorOptions(abort.signal),
      prices: readSettings().prices,
      onCheck: (_roles, { name, verdict }) =>
        progress.report({ message: vscode.l10n.t('{0}: {1}', CHECK_LABELS[name], VERDICTS[verdict]) }),
    });
  } catch (error) {
    if (abort.signal.aborted && isAbortError(error)) return undefined;
    throw error;
  }
}

function testMarkdown(tested: readonly TestedModel[]): string {
  const verdict = tested.some(hasFailed)
    ? vscode.l10n.t('Something does not work: see below what, and what to do about it.')
    : vscode.l10n.t('All that Memento needs works.');
  const sections = tested.map((each) => {
    const lines = each.checks.map(
      ({ name, verdict, words }) => `- ${VERDICTS[verdict]} · ${CHECK_LABELS[name]}: ${words}`,
    );
    return [`## ${headingOf(each)}`, '', ...(each.fault ? [each.fault.message] : lines)].join('\n');
  });
  return [
    `# ${vscode.l10n.t('Model test')}`,
    vscode.l10n.t('Tested on {0}. {1}', formatMinute(new Date()), verdict),
    ...sections,
    '',
  ].join('\n\n');
}
