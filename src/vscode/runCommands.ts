/** Commands on the runs of the Runs view. */
import * as vscode from 'vscode';
import { shorten } from './caseLabels';
import type { ProjectMemory } from './projectMemory';
import type { Research } from './research';
import { resumeRun } from './resumeRun';
import type { RunNode } from './runsTree';

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
        void vscode.window.showInformationMessage('Memento: that run is under way in another window.');
      }
    },
    'memento.exportRun': async (run) => {
      const id = idOf(run) ?? (await research()).activeRun;
      if (id === undefined) return;
      const { exportRun } = await import('./exportRun');
      const exported = await exportRun((await memory.get()).runs, id, undefined);
      if (!exported.ok) void vscode.window.showErrorMessage(`Memento: ${exported.fault.message}`);
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
  const what = nodes.length === 1 ? `“${shorten(first?.run.question ?? '', 100)}”` : `${nodes.length} runs`;
  const chosen = await vscode.window.showWarningMessage(
    `Delete ${what}?`,
    {
      modal: true,
      detail: 'Log and files of the run are deleted for good. Its case, and what was learned, stay.',
    },
    'Delete',
  );
  return chosen === 'Delete';
}

async function deleteRuns(memory: ProjectMemory, nodes: readonly RunNode[]): Promise<void> {
  const { runs } = await memory.get();
  for (const { run } of nodes) {
    if (!(await runs.remove(run.runId))) {
      void vscode.window.showWarningMessage(
        `Memento: “${shorten(run.question, 100)}” is under way: stop it before it is deleted.`,
      );
    }
  }
}

const idOf = (value: unknown): string | undefined =>
  isRunNode(value) ? value.run.runId : typeof value === 'string' ? value : undefined;

const isRunNode = (value: unknown): value is RunNode =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'run' && 'run' in value;
