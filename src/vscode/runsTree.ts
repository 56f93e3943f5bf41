/** The Runs view: what was asked in this folder, newest first, with how it stands. */
import * as vscode from 'vscode';
import type { RunSummary } from '../core/agent/runStore';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import type { Logger } from '../core/ports';
import type { LiveRuns } from './liveRuns';
import type { OpenMemory } from './openMemory';
import type { ProjectMemory } from './projectMemory';
import { runLabels, type RunStanding } from './runLabels';
import { progressWords } from './runProgressWords';
import { threadsOf } from './runThreads';
import { ViewRefresh } from './viewRefresh';

export interface RunNode {
  readonly kind: 'run';
  readonly run: RunSummary;
  readonly standing: RunStanding;
  readonly followUps: readonly RunNode[];
}
type Node = RunNode | { readonly kind: 'more' };

const PAGE = 200;
/** How often the view looks at the clock, and at runs of other windows, which do not tell that they end. */
const LOOK_MS = 5_000;

export interface RunsTree extends Disposable {
  refresh(): void;
  showMore(): void;
  readonly selection: readonly RunNode[];
}

export function createRunsTree(memory: ProjectMemory, live: LiveRuns, logger: Logger): RunsTree {
  const disposables = new DisposableStore();
  const refresh = disposables.add(new ViewRefresh<Node>('memento.runs', logger));
  let limit = PAGE;
  /** Those shown that are under way, here or elsewhere. */
  let underWay: readonly RunNode[] = [];

  const view: vscode.TreeView<Node> = disposables.add(
    vscode.window.createTreeView<Node>('memento.runs', {
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: refresh.onDidChange,
        getTreeItem: (node) => (node.kind === 'run' ? runItem(node, live) : moreItem()),
        getChildren: (node): vscode.ProviderResult<Node[]> =>
          node === undefined ? refresh.load(view, rows) : node.kind === 'run' ? [...node.followUps] : [],
      },
    }),
  );

  async function rows(): Promise<Node[]> {
    const opened = await memory.get();
    const found = await opened.runs.list(limit + 1);
    const nodes = await Promise.all(found.slice(0, limit).map((run) => nodeOf(run, opened)));
    const byId = new Map(nodes.map((node) => [node.run.runId, node]));
    const node = ({ runId }: RunSummary) => byId.get(runId) ?? [];
    const threads = threadsOf(found.slice(0, limit)).flatMap(({ first, followUps }) =>
      [node(first)].flat().map((each): RunNode => ({ ...each, followUps: followUps.flatMap(node) })),
    );
    underWay = threads.flatMap((each) => [each, ...each.followUps]).filter(isUnderWay);
    view.description = '';
    return found.length > limit ? [...threads, { kind: 'more' }] : threads;
  }

  async function nodeOf(run: RunSummary, { runs }: OpenMemory): Promise<RunNode> {
    return { kind: 'run', run, standing: await live.standing(run, runs), followUps: [] };
  }

  async function look(): Promise<void> {
    if (!view.visible || underWay.length === 0) return;
    const { runs } = await memory.get();
    for (const node of underWay) {
      if (node.standing === 'live') refresh.of(node);
      else if (!(await runs.isUnderWay(node.run.runId))) refresh.soon();
    }
  }

  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  disposables.add({ dispose: () => clearInterval(timer) });
  disposables.add(
    live.onDidProgress((runId) => {
      const node = underWay.find(({ run }) => run.runId === runId);
      if (node) refresh.of(node);
    }),
  );
  memory.onDidOpen(({ runs }) => disposables.add(runs.onDidChange(() => refresh.soon())));
  refresh.whenShown(view);
  return {
    refresh: () => refresh.soon(),
    showMore: () => {
      limit += PAGE;
      refresh.soon();
    },
    get selection() {
      return view.selection.filter((node) => node.kind === 'run');
    },
    dispose: () => disposables.dispose(),
  };
}

const isUnderWay = ({ standing }: RunNode): boolean => standing === 'live' || standing === 'elsewhere';

function runItem({ run, standing, followUps }: RunNode, live: LiveRuns): vscode.TreeItem {
  const now = Date.now();
  const progress = live.progressOf(run.runId);
  const labels = runLabels(run, standing, now, progress && progressWords(progress, now));
  const { None, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(labels.label, followUps.length === 0 ? None : Expanded);
  item.id = run.runId;
  item.description = labels.description;
  item.tooltip = run.question;
  item.iconPath = new vscode.ThemeIcon(
    labels.icon,
    labels.color === undefined ? undefined : new vscode.ThemeColor(labels.color),
  );
  item.contextValue = labels.contextValue;
  item.accessibilityInformation = { label: labels.accessibleLabel, role: 'treeitem' };
  item.command = { command: 'memento.showRun', title: vscode.l10n.t('Show Run'), arguments: [run.runId] };
  return item;
}

function moreItem(): vscode.TreeItem {
  const item = new vscode.TreeItem(vscode.l10n.t('Show more…'));
  item.id = 'more';
  item.iconPath = new vscode.ThemeIcon('ellipsis');
  item.command = { command: 'memento.showMoreRuns', title: vscode.l10n.t('Show More') };
  return item;
}
