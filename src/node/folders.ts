/** The folders of a workspace, and what their files are called. */
import type { ExcludedGlob } from './excludes';

export interface WorkspaceFolder {
  /** As its user calls it. */
  readonly name: string;
  /** Absolute path. */
  readonly root: string;
  /** Globs of what to leave out, e.g. the editor's `files.exclude`. */
  readonly excludes?: readonly ExcludedGlob[];
}

export interface LabelledFolder {
  /** What stands before the paths of its files: nothing for a single folder, else its name and a slash. */
  readonly label: string;
  readonly root: string;
  readonly excludes: readonly ExcludedGlob[];
}

/** As VS Code labels files where there are several folders; a second folder of the same name has a number. */
export function labelled(folders: readonly WorkspaceFolder[]): readonly LabelledFolder[] {
  const taken = new Set<string>();
  return folders.map(({ name, root, excludes = [] }) => {
    if (folders.length === 1) return { label: '', root, excludes };
    const plain = name.replaceAll('/', '-') || 'folder';
    let label = plain;
    for (let n = 2; taken.has(label); n++) label = `${plain} (${n})`;
    taken.add(label);
    return { label: `${label}/`, root, excludes };
  });
}
