/** The rows of the Cases view. */
import * as vscode from 'vscode';
import { escapeMarkdown } from '../core/markdown/untrustedText';
import type { Case } from '../core/memory/case';
import type { CaseGroup } from './caseGroups';
import { caseLabels, changedNote } from './caseLabels';
import { formatNumber } from './formats';
import type { ProjectMemory } from './projectMemory';
import { sourcesNow } from './sourcesNow';

/** The group that holds all where there is no grouping. */
export const ALL: CaseGroup = { key: 'all', label: '', icon: 'list-flat', query: {} };

export type CaseNode =
  | { readonly kind: 'group'; readonly group: CaseGroup; readonly total: number }
  | { readonly kind: 'case'; readonly case: Case; readonly group: CaseGroup }
  | { readonly kind: 'more'; readonly group: CaseGroup; readonly left: number };

export function itemOf(node: CaseNode): vscode.TreeItem {
  switch (node.kind) {
    case 'group':
      return groupItem(node.group, node.total);
    case 'case':
      return caseItem(node.case, node.group);
    case 'more':
      return moreItem(node);
  }
}

function groupItem({ key, label, icon }: CaseGroup, total: number): vscode.TreeItem {
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.id = `group:${key}`;
  const count = formatNumber(total);
  item.description = count;
  item.iconPath = new vscode.ThemeIcon(icon);
  item.contextValue = 'group';
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1}', label, count), role: 'treeitem' };
  return item;
}

function caseItem(record: Case, { key }: CaseGroup): vscode.TreeItem {
  const labels = caseLabels(record, Date.now());
  const item = new vscode.TreeItem(labels.label);
  // A case that goes from one group to another may be in both for a moment.
  item.id = `${key}:${record.id}`;
  item.description = labels.description;
  item.iconPath = new vscode.ThemeIcon(
    labels.icon,
    labels.color === undefined ? undefined : new vscode.ThemeColor(labels.color),
  );
  item.contextValue = labels.contextValue;
  item.accessibilityInformation = { label: labels.accessibleLabel, role: 'treeitem' };
  item.command = { command: 'memento.openCase', title: vscode.l10n.t('Open Case'), arguments: [record.id] };
  return item;
}

function moreItem(node: Extract<CaseNode, { kind: 'more' }>): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Show more…'));
  item.id = `${node.group.key}:more`;
  item.description = vscode.l10n.t('{0} more', formatNumber(node.left));
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'memento.showMoreCases', title: vscode.l10n.t('Show More'), arguments: [node] };
  return item;
}

/** Asked for when the pointer rests on the row: only then are the case's sources read and its record computed. */
export async function withTooltip(
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
