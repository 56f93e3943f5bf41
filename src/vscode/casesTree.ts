/** The Cases view: what Memento remembers of this folder, in groups, a page of each at a time. */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import type { CaseOrder } from '../core/memory/bank';
import type { Logger } from '../core/ports';
import { dateGroups, judgementGroups, type CaseGroup, type Grouping } from './caseGroups';
import { ALL, itemOf, withTooltip, type CaseNode } from './caseItems';
import { CaseView } from './caseView';
import { formatNumber } from './formats';
import type { ProjectMemory } from './projectMemory';
import { ViewRefresh } from './viewRefresh';

export type { CaseNode } from './caseItems';

const PAGE = 200;

export interface CasesTree extends Disposable {
  refresh(): void;
  /** @param node the row that says that there is more; any other value is of no effect */
  showMore(node: unknown): void;
  groupBy(grouping: Grouping): Promise<void>;
  orderBy(order: CaseOrder): Promise<void>;
  readonly selection: readonly CaseNode[];
}

export function createCasesTree(memory: ProjectMemory, state: vscode.Memento, logger: Logger): CasesTree {
  const disposables = new DisposableStore();
  const refresh = disposables.add(new ViewRefresh<CaseNode>('memento.cases', logger));
  const kept = new CaseView(state);
  /** How many rows of a group are shown, where it is more than a page. */
  const shown = new Map<string, number>();

  const view: vscode.TreeView<CaseNode> = disposables.add(
    vscode.window.createTreeView<CaseNode>('memento.cases', {
      showCollapseAll: true,
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: refresh.onDidChange,
        getTreeItem: itemOf,
        getChildren: (node): Promise<CaseNode[]> => refresh.load(view, () => childrenOf(node)),
        resolveTreeItem: (item, node) => (node.kind === 'case' ? withTooltip(item, node.case, memory) : item),
      },
    }),
  );

  async function childrenOf(node: CaseNode | undefined): Promise<CaseNode[]> {
    if (node !== undefined) return node.kind === 'group' ? pageOf(node.group) : [];
    const { bank, runs } = await memory.get();
    const [counts, suggested] = await Promise.all([bank.counts(), runs.suggested()]);
    view.description =
      counts.total === 0
        ? ''
        : vscode.l10n.t('{0} of {1} accepted', formatNumber(counts.accepted), formatNumber(counts.total));
    await showBadge(suggested);
    if (kept.grouping === 'none') return pageOf(ALL);
    const groups = kept.grouping === 'date' ? dateGroups(new Date()) : judgementGroups(suggested);
    const nodes = await Promise.all(
      groups.map(async (group): Promise<CaseNode> => {
        const { total } = await bank.list({ ...group.query, offset: 0, limit: 0 });
        return { kind: 'group', group, total };
      }),
    );
    return nodes.filter((each) => each.kind === 'group' && each.total > 0);
  }

  async function pageOf(group: CaseGroup): Promise<CaseNode[]> {
    const { bank } = await memory.get();
    const limit = shown.get(group.key) ?? PAGE;
    const { cases, total } = await bank.list({ ...group.query, order: kept.order, offset: 0, limit });
    const nodes = cases.map((record): CaseNode => ({ kind: 'case', case: record, group }));
    const left = total - cases.length;
    return left > 0 ? [...nodes, { kind: 'more', group, left }] : nodes;
  }

  /** Only for what somebody else waits for: that answers are not judged is no reason to call for the user. */
  async function showBadge(suggested: readonly string[]): Promise<void> {
    const { bank } = await memory.get();
    const waiting =
      suggested.length === 0
        ? 0
        : (await bank.list({ judgement: 'unjudged', ofRuns: suggested, offset: 0, limit: 0 })).total;
    // Typed as if it could not be taken back, but undefined is what clears it.
    Object.assign(view, {
      badge:
        waiting === 0
          ? undefined
          : { value: waiting, tooltip: vscode.l10n.t('Judgements suggested to you: {0}', waiting) },
    });
  }

  disposables.add(memory.onDidChange(() => refresh.soon()));
  memory.onDidOpen(({ runs }) => disposables.add(runs.onDidChange(() => refresh.soon())));
  refresh.whenShown(view);

  return {
    refresh: () => refresh.soon(),
    showMore: (node) => {
      if (!isMore(node)) return;
      shown.set(node.group.key, (shown.get(node.group.key) ?? PAGE) + PAGE);
      refresh.soon();
    },
    groupBy: async (grouping) => {
      await kept.groupBy(grouping);
      refresh.soon();
    },
    orderBy: async (order) => {
      await kept.orderBy(order);
      refresh.soon();
    },
    get selection() {
      return view.selection;
    },
    dispose: () => disposables.dispose(),
  };
}

const isMore = (value: unknown): value is Extract<CaseNode, { kind: 'more' }> =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'more' && 'group' in value;
