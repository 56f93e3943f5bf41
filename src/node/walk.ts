/** The files of a folder that are its owner's work: what git ignores, tools make and the user excludes is left out. */
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import picomatch from 'picomatch';

export interface FoundFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly modified: number;
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

interface Rules {
  /** The folder whose .gitignore it is, with a slash at the end; '' for the root. */
  readonly base: string;
  readonly ignore: Ignore;
}

export class Tree {
  readonly #excluded: (path: string) => boolean;

  /** @param root absolute real path */
  constructor(
    readonly root: string,
    excludes: readonly string[] = [],
  ) {
    this.#excluded = excludes.length === 0 ? () => false : picomatch([...excludes], { dot: true });
  }

  /**
   * Folder by folder, names in order. Links to folders are not followed; a link to a file is, where the file is one of
   * the tree's own. What cannot be read is left out.
   * @throws AbortError
   */
  async *walk(signal?: AbortSignal): AsyncGenerator<FoundFile, void, void> {
    const pending: { folder: string; rules: readonly Rules[] }[] = [{ folder: '', rules: [] }];
    let entries = 0;
    for (let next = pending.pop(); next !== undefined && entries < MOST_ENTRIES; next = pending.pop()) {
      signal?.throwIfAborted();
      const { folder } = next;
      const rules = await this.#withRulesOf(folder, next.rules);
      const children = await readdir(this.absolute(folder), { withFileTypes: true }).catch(() => []);
      children.sort((a, b) => (a.name < b.name ? -1 : 1));
      entries += children.length;
      const files: string[] = [];
      const folders: string[] = [];
      for (const child of children) {
        const childPath = folder + child.name;
        if (this.#isHidden(childPath, child.isDirectory(), rules)) continue;
        if (child.isDirectory()) folders.push(childPath + '/');
        else if (child.isFile() || child.isSymbolicLink()) files.push(childPath);
      }
      const found = await Promise.all(files.map((file) => this.#describe(file)));
      for (const file of found) if (file !== undefined) yield file;
      for (const each of folders.reverse()) pending.push({ folder: each, rules });
    }
  }

  /** Whether a path, or a folder above it, is hidden. */
  async hides(relative: string): Promise<boolean> {
    const parts = relative.split('/');
    let rules: readonly Rules[] = [];
    let folder = '';
    for (const [i, part] of parts.entries()) {
      rules = await this.#withRulesOf(folder, rules);
      if (this.#isHidden(folder + part, i < parts.length - 1, rules)) return true;
      folder += part + '/';
    }
    return false;
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
      return info.isFile() ? { path: file, size: info.size, modified: info.mtimeMs } : undefined;
    } catch {
      return undefined;
    }
  }

  async #withRulesOf(folder: string, rules: readonly Rules[]): Promise<readonly Rules[]> {
    const text = await readFile(this.absolute(folder + '.gitignore'), 'utf8').catch(() => '');
    return text.trim() === '' ? rules : [...rules, { base: folder, ignore: ignore().add(text) }];
  }

  /** The deepest .gitignore that has a word on it decides. */
  #isHidden(relative: string, isFolder: boolean, rules: readonly Rules[]): boolean {
    if (SKIPPED.has(relative.slice(relative.lastIndexOf('/') + 1))) return true;
    if (this.#excluded(relative) || (isFolder && this.#excluded(relative + '/'))) return true;
    let hidden = false;
    for (const { base, ignore } of rules) {
      const verdict = ignore.test(relative.slice(base.length) + (isFolder ? '/' : ''));
      if (verdict.ignored) hidden = true;
      else if (verdict.unignored) hidden = false;
    }
    return hidden;
  }
}
