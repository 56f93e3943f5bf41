/** Which memory belongs to a folder: `projects/<id>` in the user's data directory, named by its `project.json`. */
import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { renameOver, writeBeside } from './durableFile';
import { withLock } from './fileLock';
import { gitIdentity, type GitIdentity } from './gitIdentity';
import { readProjects, type ProjectRecord } from './projectRecords';
import { isRunId, LOG_EXTENSION, RUNS } from './runId';

export interface ProjectOptions {
  /** The folder that is researched; none: the project of no folder. */
  readonly folder?: string | undefined;
  /** The bank's folder itself, instead of one in the data directory. */
  readonly storage?: string | undefined;
  readonly dataDirectory: string;
  /** False: git is not asked, as in a folder that the user does not trust. */
  readonly git?: boolean;
}

export interface Project {
  readonly id: string;
  /** Absolute path of the bank's folder; it may not exist yet. */
  readonly folder: string;
  /** For people. */
  readonly name: string;
}

const NO_FOLDER = 'no-folder';

/**
 * Finds the project by the folder's real path, else by its git identity (so that a folder that was renamed or cloned
 * again finds its memory), else makes one. Where the data directory cannot be written the project has no record, and its
 * bank says that it is not saved.
 */
export async function openProject(options: ProjectOptions): Promise<Project> {
  const { dataDirectory, storage } = options;
  if (storage !== undefined) {
    const folder = path.resolve(storage);
    return { id: idOf(folder, 'storage'), folder, name: path.basename(folder) };
  }
  const projects = path.join(dataDirectory, 'projects');
  if (options.folder === undefined) {
    return { id: NO_FOLDER, folder: path.join(projects, NO_FOLDER), name: 'No folder' };
  }
  const folder = await real(options.folder);
  const known = (await readProjects(projects)).find((record) => record.paths.includes(folder));
  if (known?.git?.root) return opened(projects, known);
  const git = options.git === false ? undefined : await gitIdentity(folder);
  if (known && (!git || isSame(known.git, git))) return opened(projects, known);
  try {
    await mkdir(projects, { recursive: true });
    return await withLock(path.join(projects, '.lock'), async () =>
      opened(projects, await findOrMake(projects, folder, git)),
    );
  } catch {
    return opened(projects, known ?? newRecord(folder, git, hash(folder)));
  }
}

/**
 * The bank's folder of a project that is there, by the folder's real path alone: nothing is made and git is not asked, so
 * that a start-up can afford it. A folder that was renamed is found when its memory is opened.
 */
export async function findProject(
  options: Pick<ProjectOptions, 'folder' | 'dataDirectory'>,
): Promise<string | undefined> {
  const projects = path.join(options.dataDirectory, 'projects');
  if (options.folder === undefined) return path.join(projects, NO_FOLDER);
  const folder = await real(options.folder);
  const known = (await readProjects(projects)).find((record) => record.paths.includes(folder));
  return known && path.join(projects, known.id);
}

/** The bank's folder of the run, in whichever project it was made. */
export async function findRun(dataDirectory: string, runId: string): Promise<string | undefined> {
  if (!isRunId(runId)) return undefined;
  const projects = path.join(dataDirectory, 'projects');
  const ids = [NO_FOLDER, ...(await readProjects(projects)).map((record) => record.id)];
  for (const id of ids) {
    const folder = path.join(projects, id);
    if (await exists(path.join(folder, RUNS, runId + LOG_EXTENSION))) return folder;
  }
  return undefined;
}

async function findOrMake(
  projects: string,
  folder: string,
  git: GitIdentity | undefined,
): Promise<ProjectRecord> {
  const records = await readProjects(projects);
  const byPath = records.find((record) => record.paths.includes(folder));
  const found = byPath ?? (git && (await findByGit(records, git)));
  if (!found) return save(projects, newRecord(folder, git, randomBytes(5).toString('hex')));
  const paths = byPath ? byPath.paths : [...(await existing(found.paths)), folder];
  return save(projects, { ...found, paths, git: git ?? found.git });
}

/**
 * The same place of the same repository. With no remote to tell copies of one template apart, it counts only if
 * the folder is no longer where it was: renamed.
 */
async function findByGit(
  records: readonly ProjectRecord[],
  git: GitIdentity,
): Promise<ProjectRecord | undefined> {
  for (const record of records) {
    const other = record.git;
    if (other === null || other.path !== git.path || other.remote !== git.remote) continue;
    const sameRoot = other.root === git.root;
    if (git.remote !== null && (sameRoot || other.root === null || git.root === null)) return record;
    if (git.remote === null && sameRoot && (await existing(record.paths)).length === 0) return record;
  }
  return undefined;
}

const isSame = (a: GitIdentity | null, b: GitIdentity): boolean =>
  a?.remote === b.remote && a.root === b.root && a.path === b.path;

const newRecord = (folder: string, git: GitIdentity | undefined, suffix: string): ProjectRecord => ({
  id: idOf(folder, suffix),
  name: path.basename(folder) || folder,
  paths: [folder],
  git: git ?? null,
});

/** Legible to people who look into the data directory: `my-notes-3f9a1c07b2`. */
function idOf(folder: string, suffix: string): string {
  const name = path
    .basename(folder)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return `${name.slice(0, 40) || 'folder'}-${suffix}`;
}

async function save(projects: string, record: ProjectRecord): Promise<ProjectRecord> {
  const folder = path.join(projects, record.id);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'project.json');
  const temporary = await writeBeside(file, Buffer.from(`${JSON.stringify(record, null, 2)}\n`));
  await renameOver(temporary, file);
  return record;
}

const opened = (projects: string, { id, name }: ProjectRecord): Project => ({
  id,
  folder: path.join(projects, id),
  name,
});

const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 10);
const real = (folder: string) => realpath(folder).catch(() => path.resolve(folder));

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

async function existing(folders: readonly string[]): Promise<string[]> {
  const there = await Promise.all(folders.map(exists));
  return folders.filter((_, i) => there[i]);
}
