/** Which cases a command is about. */
import type { Case } from '../core/memory/case';
import type { CaseNode } from './casesTree';
import type { ProjectMemory } from './projectMemory';
import type { Research } from './research';

export interface CaseTargetServices {
  readonly memory: ProjectMemory;
  readonly research: () => Promise<Research>;
}

/**
 * The cases of a tree node or an id, and of all selected nodes where VS Code gives them; with neither, that of the run
 * whose panel has the focus.
 */
export async function casesOf(
  { memory, research }: CaseTargetServices,
  target: unknown,
  selected: unknown,
): Promise<readonly Case[]> {
  const { bank } = await memory.get();
  const ids = idsOf(Array.isArray(selected) && selected.length > 0 ? selected : [target]);
  if (ids.length > 0) {
    const found = await Promise.all(ids.map((id) => bank.get(id)));
    return found.flatMap((record) => record ?? []);
  }
  const { activeRun } = await research();
  const record = activeRun === undefined ? undefined : await bank.ofRun(activeRun);
  return record ? [record] : [];
}

const idsOf = (targets: readonly unknown[]): string[] =>
  targets.flatMap((target) =>
    isCaseNode(target) ? target.case.id : typeof target === 'string' ? target : [],
  );

const isCaseNode = (value: unknown): value is Extract<CaseNode, { kind: 'case' }> =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'case' && 'case' in value;
