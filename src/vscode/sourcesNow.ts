import type { Case } from '../core/memory/case';
import { type ChangedSource, changedSources } from '../core/memory/curation/changedSources';
import { workspaceFolder } from './projectMemory';

/** Which sources of the case are no longer as they were, in the open folders; none where none is open. */
export async function sourcesNow(record: Case): Promise<readonly ChangedSource[]> {
  if (!workspaceFolder()) return [];
  const { workspaceFiles } = await import('./folderFiles');
  return changedSources(record, workspaceFiles());
}
