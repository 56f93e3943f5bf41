/** Commands on the runs of the Runs view. */
import * as vscode from 'vscode';
import { shorten } from './caseLabels';
import type { ProjectMemory } from './projectMemory';
import type { Research } from './research';
import { resumeRun } from './resumeRun';
import type { RunNode } from './runsTree';
import { confirmInDialog, showError, showInformation, showWarning } from './notifications';

interface RunCommandServices {
  readonly memory: ProjectMemory;
  readonly research: () => Promise<Research>;
}

type Command = (argument: unknown, selected: unknown) => unknown;

export function runCommands(services: RunCommandServices): Readonly<Record<string, Command>> {
  const { memory, research } = services;
  return {
    'memento.resumeRun': (run) => resumeRun(services, idOf(run)),
    'memento.stopRun': async (run) => {
      const id = idOf(run);
      if (id !== undefined && !(await research()).stopRun(id)) {
        void showInformation(vscode.l10n.t('Memento: that run is under way in another window.'));
      }
    },
    'memento.exportRun': async (run) => {
      const id = idOf(run) ?? (await research()).activeRun;
      if (id === undefined) return;
      const { exportRun } = await import('./exportRun');
      const exported = await exportRun((await memory.get()).runs, id, undefined);
      if (!exported.ok) void showError(vscode.l10n.t('Memento: {0}', exported.fault.message));
    },
    'memento.deleteRun': async (run, selected) => {
      const nodes = (Array.isArray(selected) && selected.length > 0 ? selected : [run]).filter(isRunNode);
      if (nodes.length > 0 && (await confirmed(nodes))) await deleteRuns(memory, nodes);
    },
  };
}

/** What is deleted cannot be brought back; what was learned from it stays. */
async function confirmed(nodes: readonly RunNode[]): Promise<boolean> {
  const [first] = nodes;
  const isOne = first !== undefined && nodes.length === 1;
  const detail = isOne
    ? vscode.l10n.t('Log and files of the run are deleted for good. Its case, and what was learned, stay.')
    : vscode.l10n.t(
        'Logs and files of the runs are deleted for good. Their cases, and what was learned, stay.',
      );
  const doIt = vscode.l10n.t('Delete');
  const chosen = await confirmInDialog(
    isOne
      ? vscode.l10n.t('Delete “{0}”?', shorten(first.run.question, 100))
      : vscode.l10n.t('Delete {0} runs?', nodes.length),
    detail,
    doIt,
  );
  return chosen === doIt;
}

async function deleteRuns(memory: ProjectMemory, nodes: readonly RunNode[]): Promise<void> {
  const { runs } = await memory.get();
  for (const { run } of nodes) {
    if (!(await runs.remove(run.runId))) {
      void showWarning(
        vscode.l10n.t(
          'Memento: “{0}” is under way: stop it before it is deleted.',
          shorten(run.question, 100),
        ),
      );
    }
  }
}

const idOf = (value: unknown): string | undefined =>
  isRunNode(value) ? value.run.runId : typeof value === 'string' ? value : undefined;

const isRunNode = (value: unknown): value is RunNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'run' && 'run' in value;
