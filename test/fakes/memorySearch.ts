import { WorkspaceIndex, type WorkspaceIndexOptions } from '../../src/core/tools/workspaceIndex';

/** A WorkspaceSearch over files given as text (path -> text): the real index with no worker and no disk. */
export function memorySearch(
  files: Readonly<Record<string, string>>,
  options: WorkspaceIndexOptions = {},
): WorkspaceIndex {
  const index = new WorkspaceIndex(options);
  for (const [path, text] of Object.entries(files)) index.update(path, text);
  return index;
}
