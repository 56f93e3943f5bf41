/** The files of a folder that are its owner's work: what git ignores, tools make and the user excludes is left out. */
import { lstat, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { type ExcludedGlob, Excludes } from './excludes';
import {
  type FolderRules,
  type IgnorePlaces,
  isIgnored,
  rulesAbove,
  rulesOfNested,
  withOwnRules,
} from './ignoreRules';

export interface FoundFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** When its text was written last, as programs may say what they like; milliseconds since the epoch. */
  readonly modified: number;
  /** When anything of it changed, by the system's own clock: no program sets it. */
  readonly changed: number;
}

/** Never read, whatever .gitignore says. */
const SKIPPED = new Set(
  (
    '.git .hg .svn .jj .memento node_modules bower_components __pycache__ .venv .tox .nox .mypy_cache .pytest_cache ' +
    '.ruff_cache .ipynb_checkpoints .cache .parcel-cache .next .nuxt .svelte-kit .turbo .gradle .terraform .yarn ' +
    '.pnpm-store .vscode-test .idea .DS_Store'
  ).split(' '),
);
/** A home folder opened by mistake is not walked to its end. */
const MOST_ENTRIES = 300_000;

/** How long the rules of a folder are taken as they were read, ms: a file is asked for soon after it was listed. */
const RULES_STAND = 1_000;

const NO_NAMES: ReadonlySet<string> = new Set();

export class Tree {
  readonly #excludes: Excludes;
  readonly #places: IgnorePlaces | undefined;
  /** By folder, with those of the folders above it. */
  readonly #rules = new Map<string, Promise<FolderRules>>();
  #rulesUntil = 0;
  #full = false;

  /**
   * @param root absolute real path
   * @param places where the user's own settings of git are; as git finds them unless told
   */
  constructor(
    readonly root: string,
    excludes: readonly ExcludedGlob[] = [],
    places?: IgnorePlaces,
  ) {
    this.#excludes = new Excludes(excludes);
    this.#places = places;
  }

  /** Whether the last walk ended before it had seen all: after 300,000 files and folders. */
  get tooLarge(): boolean {
    return this.#full;
  }

  /**
   * Folder by folder, names in order. Links to folders are not followed; a link to a file is, where the file is one of
   * the tree's own. What cannot be read is left out.
   * @throws AbortError
   */
  async *walk(signal?: AbortSignal): AsyncGenerator<FoundFile, void, void> {
    this.#forgetRules();
    const pending: string[] = [''];
    let entries = 0;
    for (let folder = pending.pop(); folder !== undefined && entries < MOST_ENTRIES; folder = pending.pop()) {
      signal?.throwIfAborted();
      const rules = await this.#rulesFor(folder);
      const children = await readdir(this.absolute(folder), { withFileTypes: true }).catch(() => []);
      children.sort((a, b) => (a.name < b.name ? -1 : 1));
      entries += children.length;
      const siblings = new Set(children.map(({ name }) => name));
      const files: string[] = [];
      const folders: string[] = [];
      for (const child of children) {
        const childPath = folder + child.name;
        if (this.#isHidden(childPath, child.isDirectory(), rules, siblings)) continue;
        if (child.isDirectory()) folders.push(childPath + '/');
        else if (child.isFile() || child.isSymbolicLink()) files.push(childPath);
      }
      const found = await Promise.all(files.map((file) => this.#describe(file)));
      for (const file of found) if (file !== undefined) yield file;
      pending.push(...folders.reverse());
    }
    this.#full = pending.length > 0;
  }

  /** Whether a path, or a folder above it, is hidden. */
  async hides(relative: string): Promise<boolean> {
    if (Date.now() > this.#rulesUntil) this.#forgetRules();
    const parts = relative.split('/');
    let folder = '';
    for (const [i, part] of parts.entries()) {
      const rules = await this.#rulesFor(folder);
      const siblings = this.#excludes.needSiblings ? await this.#namesIn(folder) : NO_NAMES;
      if (this.#isHidden(folder + part, i < parts.length - 1, rules, siblings)) return true;
      folder += part + '/';
    }
    return false;
  }

  async #namesIn(folder: string): Promise<ReadonlySet<string>> {
    return new Set(await readdir(this.absolute(folder)).catch(() => []));
  }

  absolute(relative: string): string {
    return path.join(this.root, ...relative.split('/'));
  }

  /** The path relative to the root with forward slashes; undefined for what is not inside. */
  relative(absolute: string): string | undefined {
    const relative = path.relative(this.root, absolute);
    if (
      relative === '' ||
      relative === '..' ||
      relative.startsWith('..' + path.sep) ||
      path.isAbsolute(relative)
    ) {
      return undefined;
    }
    return relative.split(path.sep).join('/');
  }

  async #describe(file: string): Promise<FoundFile | undefined> {
    try {
      const absolute = this.absolute(file);
      const link = (await lstat(absolute)).isSymbolicLink();
      if (link) {
        const target = this.relative(await realpath(absolute));
        if (target === undefined || (await this.hides(target))) return undefined;
      }
      const info = await stat(absolute);
      if (!info.isFile()) return undefined;
      return { path: file, size: info.size, modified: info.mtimeMs, changed: info.ctimeMs };
    } catch {
      return undefined;
    }
  }

  /** Those of the folder and of all above it, weakest first. */
  #rulesFor(folder: string): Promise<FolderRules> {
    let rules = this.#rules.get(folder);
    if (rules === undefined) {
      rules = this.#readRules(folder);
      this.#rules.set(folder, rules);
    }
    return rules;
  }

  async #readRules(folder: string): Promise<FolderRules> {
    return withOwnRules(this.root, folder, await this.#rulesAround(folder));
  }

  async #rulesAround(folder: string): Promise<FolderRules> {
    if (folder === '') return rulesAbove(this.root, this.#places);
    const parent = folder.slice(0, folder.lastIndexOf('/', folder.length - 2) + 1);
    return (await rulesOfNested(this.root, folder, this.#places)) ?? this.#rulesFor(parent);
  }

  #forgetRules(): void {
    this.#rules.clear();
    this.#rulesUntil = Date.now() + RULES_STAND;
  }

  #isHidden(relative: string, isFolder: boolean, rules: FolderRules, siblings: ReadonlySet<string>): boolean {
    if (SKIPPED.has(relative.slice(relative.lastIndexOf('/') + 1))) return true;
    if (this.#excludes.hide(relative, isFolder, siblings)) return true;
    return isIgnored(relative, isFolder, rules);
  }
}
