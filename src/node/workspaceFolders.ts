/** One index over all folders of a workspace, and its file on disk. */
import type { WorkspaceIndex } from '../core/tools/workspaceIndex';
import { hashOf } from '../core/tools/search/vectors';
import {
  FolderIndex,
  type FolderIndexOptions,
  INDEX_FULL,
  MOST_PASSAGES,
  TOO_LARGE,
  type SkippedFile,
} from './folderIndex';
import type { LabelledFolder } from './folders';
import { readIndexFile, rulesFingerprint, writeIndexFile } from './indexFile';

export interface WorkspaceFoldersOptions extends Omit<FolderIndexOptions, keyof LabelledFolder> {
  /** Absolute path of the file that keeps the index between sessions; null for none. */
  readonly indexFile: string | null;
}

/** Files that a sentence names. */
const NAMED = 5;
/** Fewer changed files than this are read again at the next start, sooner than all is written. */
const WORTH_WRITING = 50;

export class WorkspaceFolders {
  readonly #index: WorkspaceIndex;
  readonly #options: WorkspaceFoldersOptions;
  #folders: readonly FolderIndex[] = [];
  /** Of folders that are gone, so that the sum never falls. */
  #goneVersions = 0;
  #writtenVersion = 0;
  #hasFile = false;
  #loaded: Promise<void> | undefined;

  constructor(index: WorkspaceIndex, options: WorkspaceFoldersOptions) {
    this.#index = index;
    this.#options = options;
  }

  /** Rises with every change of the index. */
  get version(): number {
    return this.#goneVersions + this.#folders.reduce((sum, { version }) => sum + version, 0);
  }

  get skipped(): readonly SkippedFile[] {
    return this.#folders.flatMap(({ skipped }) => skipped);
  }

  /** What cannot be found because a limit was reached, a sentence each. */
  get limits(): readonly string[] {
    const full = this.skipped.filter(({ reason }) => reason === INDEX_FULL).length;
    const large = this.#folders.filter(({ tooLarge }) => tooLarge);
    const files = this.skipped.filter(({ reason }) => reason.startsWith(TOO_LARGE));
    return [
      ...(files.length === 0
        ? []
        : [
            `Too large to be searched, though not to be read: ${files
              .slice(0, NAMED)
              .map(({ path, reason }) => `${path} (${reason})`)
              .join(
                ', ',
              )}${files.length > NAMED ? ` and ${(files.length - NAMED).toLocaleString('en')} more` : ''}.`,
          ]),
      ...(full === 0
        ? []
        : [
            `${full.toLocaleString('en')} files are not searched: the index is full with ` +
              `${MOST_PASSAGES.toLocaleString('en')} passages.`,
          ]),
      ...large.map(
        ({ folder }) =>
          `${folder.label === '' ? 'The folder' : folder.label} has more than 300,000 files and folders: the others are not searched.`,
      ),
    ];
  }

  /** Takes these folders in place of those before; what stays the same keeps its index. */
  set(folders: readonly LabelledFolder[]): void {
    const before = [...this.#folders];
    this.#folders = folders.map(
      (folder) =>
        before.find((each) => isSame(each.folder, folder)) ??
        new FolderIndex(this.#index, { ...this.#options, ...folder }),
    );
    for (const gone of before.filter((each) => !this.#folders.includes(each))) {
      gone.close();
      this.#goneVersions += gone.version + 1;
    }
  }

  /**
   * Looks for changes in all folders; at first, takes what was kept.
   * @throws AbortError
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    await (this.#loaded ??= this.#load());
    for (const folder of this.#folders) await folder.refresh(signal);
  }

  /** Writes the index where that is worth it. */
  async save(): Promise<void> {
    const { indexFile } = this.#options;
    const version = this.version;
    const changes = version - this.#writtenVersion;
    if (indexFile === null || changes === 0 || (this.#hasFile && changes < WORTH_WRITING)) return;
    this.#writtenVersion = version;
    this.#hasFile = true;
    const known = this.#folders.flatMap((folder) => folder.known());
    await writeIndexFile(indexFile, this.#made(), { image: this.#index.image(), known });
  }

  async #load(): Promise<void> {
    const { indexFile } = this.#options;
    const kept = indexFile === null ? undefined : await readIndexFile(indexFile, this.#made());
    if (kept === undefined || !this.#index.load(kept.image)) return;
    this.#hasFile = true;
    for (const folder of this.#folders) folder.adopt(kept.known);
  }

  /** What an index depends on beside the files. */
  #made(): string {
    const folders = this.#folders.map(({ folder }) => [folder.label, folder.root]);
    return hashOf(JSON.stringify([rulesFingerprint(), folders, this.#options.documents?.extensions ?? []]));
  }
}

const isSame = (a: LabelledFolder, b: LabelledFolder): boolean =>
  a.label === b.label && a.root === b.root && JSON.stringify(a.excludes) === JSON.stringify(b.excludes);
