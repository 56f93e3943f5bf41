/** Cases as read-only Markdown documents, `memento-case:/<id>/<question>.md`, shown as source: nothing is rendered. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import type { Case } from '../core/memory/case';
import { caseDetails } from '../core/memory/curation/caseDetails';
import { shorten } from './caseLabels';
import { caseMarkdown } from './caseMarkdown';
import type { ProjectMemory } from './projectMemory';
import { sourcesNow } from './sourcesNow';

const SCHEME = 'memento-case';

export function registerCaseDocuments(memory: ProjectMemory): Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri) => {
      const id = uri.path.split('/')[1] ?? '';
      const details = await caseDetails((await memory.get()).bank, id, sourcesNow);
      return details ? caseMarkdown(details) : `${vscode.l10n.t('This case is no longer there.')}\n`;
    },
  });
}

export async function openCaseDocument(record: Case): Promise<void> {
  const document = await vscode.workspace.openTextDocument(caseUri(SCHEME, record));
  await vscode.window.showTextDocument(document, { preview: true });
}

/** The id says which case it is, the name is for people. */
export function caseUri(scheme: string, { id, question }: Case): vscode.Uri {
  const name = shorten(question, 40)
    .replace(/[\\/:*?"<>|#%]/g, ' ')
    .trim();
  return vscode.Uri.from({ scheme, path: `/${id}/${name || 'case'}.md` });
}
