/** The Files port over the folders of a workspace, which may change while it is in use. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { failed, type Result } from '../core/common/result';
import type { FileEntry, Files } from '../core/ports';
import { createFiles, matcher } from './files';
import { labelled, type LabelledFolder, type WorkspaceFolder } from './folders';

interface OpenFolder extends LabelledFolder {
  readonly files: Files;
}

/**
 * Paths are as `labelled` calls them; absolute ones inside a folder are taken too.
 * @param shown absolute paths of files outside the folders that the user has opened: these may be read as well
 */
export function createWorkspaceFiles(
  folders: () => readonly WorkspaceFolder[],
  shown: () => readonly string[] = () => [],
): Files {
  let opened: readonly OpenFolder[] = [];
  const open = (): readonly OpenFolder[] => {
    const now = labelled(folders());
    if (JSON.stringify(now) !== JSON.stringify(opened.map(({ files: _, ...folder }) => folder))) {
      opened = now.map((folder) => ({ ...folder, files: createFiles(folder) }));
    }
    return opened;
  };
  /** Hands a file on to its folder, with its path there. */
  async function inFolder<T>(
    file: string,
    use: (files: Files, path: string) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const place = placeOf(file, open(), shown());
    if (place === undefined) return failed('denied', outside(file, opened));
    const result = await use(place.folder.files, place.path);
    // Faults name the file as it was asked for.
    return result.ok ? result : failed(result.fault.code, named(result.fault.message, place));
  }
  return {
    list: async ({ glob, limit, signal }) => {
      const found: FileEntry[] = [];
      const matches = matcher(glob);
      for (const { label, files } of open()) {
        const all = await files.list({ limit: Infinity, ...(signal ? { signal } : {}) });
        found.push(...all.files.map(({ path: each, size }) => ({ path: label + each, size })));
      }
      for (const file of shown()) {
        const there = await stat(file).catch(() => undefined);
        if (there?.isFile()) found.push({ path: file, size: there.size });
      }
      const matching = found
        .filter((entry) => matches(entry.path))
        .sort((a, b) => (a.path < b.path ? -1 : 1));
      return { files: matching.slice(0, limit), total: matching.length };
    },
    read: (file, signal) => inFolder(file, (files, relative) => files.read(relative, signal)),
    bytes: (file, options) => inFolder(file, (files, relative) => files.bytes(relative, options)),
    locate: (file) => inFolder(file, (files, relative) => files.locate(relative)),
    hash: async (file) => {
      const place = placeOf(file, open(), shown());
      return place?.folder.files.hash(place.path);
    },
  };
}

interface Place {
  readonly folder: OpenFolder;
  /** As the folder's own files call it. */
  readonly path: string;
}

function placeOf(file: string, folders: readonly OpenFolder[], shown: readonly string[]): Place | undefined {
  if (shown.includes(file)) return besideFolders(file);
  const [only] = folders;
  if (only?.label === '') return { folder: only, path: file };
  if (path.isAbsolute(file)) {
    const folder = folders.find(({ root }) => file.startsWith(root + path.sep));
    return folder && { folder, path: file };
  }
  const plain = file.replace(/^(?:\.\/)+/, '');
  const folder = folders.find(({ label }) => plain.startsWith(label));
  return folder && { folder, path: plain.slice(folder.label.length) };
}

/** A file alone, of the folder that it lies in. */
function besideFolders(file: string): Place {
  const root = path.dirname(file);
  const files = createFiles({ root });
  return { folder: { label: '', root, excludes: [], files }, path: path.basename(file) };
}

const named = (message: string, { folder, path: relative }: Place): string =>
  folder.label === '' ? message : message.replace(relative, folder.label + relative);

function outside(file: string, folders: readonly OpenFolder[]): string {
  if (folders.length === 0) return `${file} cannot be read: no folder is open.`;
  const names = folders.map(({ label }) => label).join(', ');
  return `${file} is in none of the workspace's folders: paths begin with one of ${names}.`;
}

/** The folder that a file is in, and its path there; undefined where it is in none. */
export function placeInFolders(
  file: string,
  folders: readonly WorkspaceFolder[],
): { readonly root: string; readonly path: string } | undefined {
  const folder = labelled(folders).find(({ label }) => file.startsWith(label));
  return folder && { root: folder.root, path: file.slice(folder.label.length) };
}
