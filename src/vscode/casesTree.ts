/** The Cases view: what Memento remembers of this folder, newest first, a page at a time. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { Case } from '../core/memory/case';
import type { Logger } from '../core/ports';
import { caseLabels, changedNote } from './caseLabels';
import { escapeMarkdown } from '../core/markdown/untrustedText';
import type { ProjectMemory } from './projectMemory';
import { sourcesNow } from './sourcesNow';

export type CaseNode =
  { readonly kind: 'case'; readonly case: Case } | { readonly kind: 'more'; readonly left: number };

const PAGE = 200;
/** Changes come in bursts (an import, another window): one reload for all of them. */
const REFRESH_DELAY_MS = 50;

export interface CasesTree extends Disposable {
  refresh(): void;
  showMore(): void;
}

export function createCasesTree(memory: ProjectMemory, logger: Logger): CasesTree {
  const disposables = new DisposableStore();
  const changed = disposables.add(new vscode.EventEmitter<undefined>());
  let shown = PAGE;
  let loaded = false;

  const view = disposables.add(
    vscode.window.createTreeView<CaseNode>('memento.cases', {
      showCollapseAll: false,
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getTreeItem: (node) => (node.kind === 'case' ? caseItem(node.case) : moreItem(node.left)),
        getChildren: (node) => (node ? [] : load()),
        resolveTreeItem: (item, node) => (node.kind === 'case' ? withTooltip(item, node.case, memory) : item),
      },
    }),
  );

  /** An empty tree shows the welcome; a message, for the fault, keeps it away. */
  async function load(): Promise<CaseNode[]> {
    try {
      const { bank } = await memory.get();
      const [page, counts] = await Promise.all([bank.list({ offset: 0, limit: shown }), bank.counts()]);
      loaded = true;
      setText(undefined, counts.total === 0 ? '' : `${counts.accepted} of ${counts.total} accepted`);
      const left = page.total - page.cases.length;
      const nodes = page.cases.map((record): CaseNode => ({ kind: 'case', case: record }));
      return left > 0 ? [...nodes, { kind: 'more', left }] : nodes;
    } catch (error) {
      logger.error(`The cases cannot be shown: ${messageOf(error)}`);
      setText(`The cases cannot be shown: ${messageOf(error)}`, '');
      return [];
    }
  }

  function setText(message: string | undefined, description: string): void {
    // Typed as if it could not be taken back, but undefined is what clears it.
    Object.assign(view, { message });
    view.description = description;
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire(undefined);
    }, REFRESH_DELAY_MS);
  };
  disposables.add({ dispose: () => clearTimeout(timer) });
  disposables.add(memory.onDidChange(refresh));
  // Dates grow old, and another process may have written, while nobody looked.
  disposables.add(view.onDidChangeVisibility(({ visible }) => visible && loaded && refresh()));

  return {
    refresh,
    showMore: () => {
      shown += PAGE;
      refresh();
    },
    dispose: () => disposables.dispose(),
  };
}

function caseItem(record: Case): vscode.TreeItem {
  const labels = caseLabels(record, Date.now());
  const item = new vscode.TreeItem(labels.label);
  item.id = record.id;
  item.description = labels.description;
  item.iconPath = new vscode.ThemeIcon(
    labels.icon,
    labels.color === undefined ? undefined : new vscode.ThemeColor(labels.color),
  );
  item.contextValue = labels.contextValue;
  item.accessibilityInformation = { label: labels.accessibleLabel, role: 'treeitem' };
  item.command = { command: 'memento.openCase', title: 'Open Case', arguments: [record.id] };
  return item;
}

/** Asked for when the pointer rests on the row: only then are the case's sources read and its record computed. */
async function withTooltip(
  item: vscode.TreeItem,
  record: Case,
  memory: ProjectMemory,
): Promise<vscode.TreeItem> {
  const { bank } = await memory.get();
  const [changed, [own]] = await Promise.all([sourcesNow(record), bank.records([record.id])]);
  const { tooltip } = caseLabels(record, Date.now());
  const parts = [tooltip, escapeMarkdown(own?.words ?? ''), changedNote(changed)];
  item.tooltip = new vscode.MarkdownString(parts.filter((part) => part !== '').join('\n\n'));
  return item;
}

function moreItem(left: number): vscode.TreeItem {
  const item = new vscode.TreeItem('Show more…');
  item.id = 'more';
  item.description = `${left.toLocaleString('en-US')} older`;
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'memento.showMoreCases', title: 'Show More' };
  return item;
}
