/** Which files a command makes or changes, told by what the folders hold before and after it. */
import { copyFile, lstat, mkdir, readdir } from 'node:fs/promises';
import path from 'node:path';
import { isShown, mediaTypeOf } from '../core/common/mediaType';
import type { ArtifactFile, MadeFiles } from '../core/ports';
import { Tree } from './walk';

/** The run's folder for what code makes. */
export const FILES = 'files';
/** Beside it: copies of what commands made in the workspace, by call, as it was then. */
const COPIES = 'workspace';

/** What is looked at: a command that unpacks an archive, or a home folder as workspace, must not hold up the run. */
const MOST_ENTRIES = 10_000;
const MOST_DEPTH = 8;
const MOST_MS = 1_500;
/** What is told. */
const MOST_LISTED = 40;
const MOST_COPIES = 12;
const MOST_COPY_BYTES = 20_000_000;

/** Size, times and inode: any write changes one of them. By path with forward slashes. */
type Snapshot = ReadonlyMap<string, string>;

export interface WatchOptions {
  readonly runFolder: string;
  readonly callId: string;
  /** Absolute path of the folder in which commands run. */
  readonly workspace: string;
}

export class FileWatch {
  readonly #options: WatchOptions;
  readonly #folder: string;
  readonly #before: Snapshot;
  readonly #workspace: Snapshot | undefined;

  private constructor(options: WatchOptions, made: Snapshot, workspace: Snapshot | undefined) {
    this.#options = options;
    this.#folder = path.join(options.runFolder, FILES);
    this.#before = made;
    this.#workspace = workspace;
  }

  static async begin(options: WatchOptions): Promise<FileWatch> {
    const folder = path.join(options.runFolder, FILES);
    await mkdir(folder, { recursive: true });
    const [made, workspace] = await Promise.all([snapshotOf(folder), workspaceSnapshot(options)]);
    return new FileWatch(options, made, workspace);
  }

  /** What is new since it began. Never rejects: a folder that cannot be read has nothing new. */
  async made(): Promise<MadeFiles> {
    const { runFolder } = this.#options;
    const after = this.#workspace && (await workspaceSnapshot(this.#options));
    const made = differing(this.#before, await snapshotOf(this.#folder));
    const changed = this.#workspace && after ? differing(this.#workspace, after) : [];
    const listed = changed.slice(0, MOST_LISTED);
    const own = await describeAll(
      runFolder,
      made.slice(0, MOST_LISTED).map((file) => `${FILES}/${file}`),
    );
    return {
      folder: runFolder,
      files: [...own, ...(await this.#copies(listed))],
      workspace: listed.map((file) => ({ path: file, isNew: !this.#workspace?.has(file) })),
      more: Math.max(0, made.length - MOST_LISTED) + changed.length - listed.length,
      lookedThrough: after !== undefined,
    };
  }

  /** Images and tables are kept as they were, so that the run's page shows what the run made. */
  async #copies(changed: readonly string[]): Promise<ArtifactFile[]> {
    const { runFolder, workspace, callId } = this.#options;
    const copies: string[] = [];
    for (const file of changed.filter((name) => isShown(mediaTypeOf(name)))) {
      if (copies.length === MOST_COPIES) break;
      const from = path.join(workspace, ...file.split('/'));
      const copy = `${COPIES}/${callId}/${file}`;
      const to = path.join(runFolder, ...copy.split('/'));
      try {
        const info = await lstat(from);
        if (!info.isFile() || info.size > MOST_COPY_BYTES) continue;
        await mkdir(path.dirname(to), { recursive: true });
        await copyFile(from, to);
        copies.push(copy);
      } catch {
        // Gone again, or not to be read: then there is nothing to show.
      }
    }
    return describeAll(runFolder, copies);
  }
}

function differing(before: Snapshot, after: Snapshot): string[] {
  return [...after.keys()].filter((file) => after.get(file) !== before.get(file)).sort();
}

/** Regular files only: a link may lead anywhere. */
async function describeAll(runFolder: string, files: readonly string[]): Promise<ArtifactFile[]> {
  const found = await Promise.all(
    files.map(async (file): Promise<readonly ArtifactFile[]> => {
      const info = await lstat(path.join(runFolder, ...file.split('/'))).catch(() => undefined);
      return info?.isFile() ? [{ path: file, bytes: info.size, mediaType: mediaTypeOf(file) }] : [];
    }),
  );
  return found.flat();
}

async function snapshotOf(folder: string): Promise<Snapshot> {
  const found = new Map<string, string>();
  const pending = [{ at: '', depth: 0 }];
  for (let next = pending.pop(); next && found.size < MOST_ENTRIES; next = pending.pop()) {
    const { at, depth } = next;
    const entries = await readdir(path.join(folder, at), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const name = at + entry.name;
      if (entry.isDirectory() && depth < MOST_DEPTH) pending.push({ at: `${name}/`, depth: depth + 1 });
      else if (entry.isFile() && found.size < MOST_ENTRIES) {
        const stamp = await stampOf(path.join(folder, name));
        if (stamp !== undefined) found.set(name, stamp);
      }
    }
  }
  return found;
}

/** Undefined where there is too much to look at. */
async function workspaceSnapshot({ workspace, runFolder }: WatchOptions): Promise<Snapshot | undefined> {
  const found = new Map<string, string>();
  const tree = new Tree(workspace);
  // Where the memory is kept in the workspace, it changes with the run.
  const storage = path.dirname(path.dirname(runFolder));
  const own = tree.relative(storage);
  const until = Date.now() + MOST_MS;
  for await (const file of tree.walk()) {
    if (found.size >= MOST_ENTRIES || Date.now() > until) return undefined;
    if (own !== undefined && file.path.startsWith(`${own}/`)) continue;
    const stamp = await stampOf(tree.absolute(file.path));
    if (stamp !== undefined) found.set(file.path, stamp);
  }
  return found;
}

async function stampOf(file: string): Promise<string | undefined> {
  const info = await lstat(file, { bigint: true }).catch(() => undefined);
  if (!info?.isFile()) return undefined;
  return [info.size, info.mtimeNs, info.ctimeNs, info.ino].join(' ');
}
