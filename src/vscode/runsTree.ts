/** The Runs view: what was asked in this folder, newest first, with how it stands. */
import * as vscode from 'vscode';
import type { RunSummary } from '../core/agent/runStore';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import { messageOf } from '../core/common/result';
import type { Logger } from '../core/ports';
import type { ProjectMemory } from './projectMemory';
import { runLabels, standingOf, type RunStanding } from './runLabels';

export interface RunNode {
  readonly kind: 'run';
  readonly run: RunSummary;
  readonly standing: RunStanding;
}

/** More are found with “Show Past Run”. */
const SHOWN = 200;
/** Events come in bursts: one reload for all of them. */
const REFRESH_DELAY_MS = 50;

export interface RunsTree extends Disposable {
  refresh(): void;
}

export function createRunsTree(memory: ProjectMemory, logger: Logger): RunsTree {
  const disposables = new DisposableStore();
  const changed = disposables.add(new vscode.EventEmitter<undefined>());
  const view = disposables.add(
    vscode.window.createTreeView<RunNode>('memento.runs', {
      canSelectMany: true,
      treeDataProvider: {
        onDidChangeTreeData: changed.event,
        getTreeItem: runItem,
        getChildren: (node) => (node ? [] : load()),
      },
    }),
  );

  /** An empty tree shows the welcome; a message, for the fault, keeps it away. */
  async function load(): Promise<RunNode[]> {
    try {
      const { runs } = await memory.get();
      const nodes = await Promise.all(
        (await runs.list(SHOWN)).map(async (run): Promise<RunNode> => {
          const isUnderWay = run.outcome === null && (await runs.isUnderWay(run.runId));
          return { kind: 'run', run, standing: standingOf(run, isUnderWay) };
        }),
      );
      Object.assign(view, { message: undefined });
      return nodes;
    } catch (error) {
      view.message = `The runs cannot be shown: ${messageOf(error)}`;
      logger.error(view.message);
      return [];
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined;
  const refresh = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      changed.fire(undefined);
    }, REFRESH_DELAY_MS);
  };
  disposables.add({ dispose: () => clearTimeout(timer) });
  memory.onDidOpen(({ runs }) => disposables.add(runs.onDidChange(refresh)));
  // Times grow old, and another process may have written, while nobody looked.
  disposables.add(view.onDidChangeVisibility(({ visible }) => visible && refresh()));
  return { refresh, dispose: () => disposables.dispose() };
}

function runItem({ run, standing }: RunNode): vscode.TreeItem {
  const labels = runLabels(run, standing, Date.now());
  const item = new vscode.TreeItem(labels.label);
  item.id = run.runId;
  item.description = labels.description;
  item.tooltip = run.question;
  item.iconPath = new vscode.ThemeIcon(
    labels.icon,
    labels.color === undefined ? undefined : new vscode.ThemeColor(labels.color),
  );
  item.contextValue = labels.contextValue;
  item.accessibilityInformation = { label: labels.accessibleLabel, role: 'treeitem' };
  item.command = { command: 'memento.showRun', title: 'Show Run', arguments: [run.runId] };
  return item;
}
