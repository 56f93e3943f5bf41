/** Cases as read-only Markdown documents, `memento-case:/<id>/<question>.md`, shown as source: nothing is rendered. */
import * as vscode from 'vscode';
import type { Disposable } from '../core/common/disposable';
import type { Case } from '../core/memory/case';
import { shorten } from './caseLabels';
import { caseMarkdown } from './caseMarkdown';
import type { ProjectMemory } from './projectMemory';

const SCHEME = 'memento-case';

export function registerCaseDocuments(memory: ProjectMemory): Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
    provideTextDocumentContent: async (uri) => {
      const id = uri.path.split('/')[1] ?? '';
      const { bank } = await memory.get();
      const record = await bank.get(id);
      if (!record) return 'This case is no longer there.\n';
      return caseMarkdown(record, await bank.lessonCounts(record.lessons.map((lesson) => lesson.id)));
    },
  });
}

export async function openCaseDocument(record: Case): Promise<void> {
  const name =
    shorten(record.question, 40)
      .replace(/[\\/:*?"<>|#%]/g, ' ')
      .trim() || 'case';
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${record.id}/${name}.md` });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}
