/** Keeps an index in step with a folder: what is new or changed since the last look is read again. */
import { realpath } from 'node:fs/promises';
import type { Files } from '../core/ports';
import { hashOf } from '../core/tools/search/vectors';
import type { WorkspaceIndex } from '../core/tools/workspaceIndex';
import { createFiles } from './files';
import { type FoundFile, Tree } from './walk';

export interface SkippedFile {
  readonly path: string;
  /** In words, for a person. */
  readonly reason: string;
}

export interface FolderIndexOptions {
  readonly root: string;
  readonly excludes: readonly string[];
  readonly maxFileBytes: number;
  /** While the index is built, and where many files changed. */
  readonly onProgress?: (indexed: number, total: number) => void;
}

interface Known {
  readonly size: number;
  readonly modified: number;
  /** When it was read, milliseconds since the epoch. */
  readonly read: number;
  /** Of the text; undefined where the file was skipped. */
  readonly hash: string | undefined;
}

/** Some 20 words each at least: beyond it memory, not time, is the limit. */
const MOST_PASSAGES = 60_000;
/** A file changed this shortly before it was read may have changed again within the same tick of its clock, ms. */
const RACY = 2_000;
/** A look at the folder may take a tenth of the time, not more. */
const REST = 10;
const LONGEST_REST = 30_000;
/** Files between two reports of progress. */
const REPORT = 100;
/** What machines write and nobody looks for. */
const GENERATED =
  /(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|composer\.lock|Cargo\.lock|poetry\.lock|uv\.lock|go\.sum)$|\.(?:min\.(?:js|css)|(?:js|css)\.map)$/;

export class FolderIndex {
  readonly #index: WorkspaceIndex;
  readonly #options: FolderIndexOptions;
  readonly #files: Files;
  readonly #known = new Map<string, Known>();
  readonly #skipped = new Map<string, string>();
  #tree: Tree | undefined;
  #running: Promise<void> | undefined;
  #restUntil = 0;
  #version = 0;

  constructor(index: WorkspaceIndex, options: FolderIndexOptions) {
    this.#index = index;
    this.#options = options;
    this.#files = createFiles(options);
  }

  get skipped(): readonly SkippedFile[] {
    return [...this.#skipped].map(([path, reason]) => ({ path, reason }));
  }

  /** Rises with every change of the index. */
  get version(): number {
    return this.#version;
  }

  /**
   * Looks for changes, unless it did so just now. One look serves all who ask meanwhile, so who aborts only leaves it.
   * @throws AbortError
   */
  async refresh(signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (this.#running === undefined && performance.now() < this.#restUntil) return;
    this.#running ??= this.#look().finally(() => (this.#running = undefined));
    await this.#running;
    signal?.throwIfAborted();
  }

  async #look(): Promise<void> {
    const started = performance.now();
    this.#tree ??= new Tree(await realpath(this.#options.root), this.#options.excludes);
    const found: FoundFile[] = [];
    for await (const file of this.#tree.walk()) found.push(file);
    const present = new Set(found.map((file) => file.path));
    for (const path of this.#known.keys()) if (!present.has(path)) this.#forget(path);

    const isFirst = this.#known.size === 0;
    const changed = found.filter((file) => this.#hasChanged(file));
    const report = isFirst || changed.length > REPORT ? this.#options.onProgress : undefined;
    for (const [i, file] of changed.entries()) {
      if (i % REPORT === 0) report?.(i, changed.length);
      await this.#read(file);
    }
    report?.(changed.length, changed.length);
    const took = changed.length > 0 ? 0 : performance.now() - started;
    this.#restUntil = took < 50 ? 0 : performance.now() + Math.min(LONGEST_REST, took * REST);
  }

  #hasChanged({ path, size, modified }: FoundFile): boolean {
    const known = this.#known.get(path);
    return known?.size !== size || known.modified !== modified || known.read - known.modified < RACY;
  }

  async #read({ path, size, modified }: FoundFile): Promise<void> {
    const read = Date.now();
    const reason = this.#reasonToSkip(path, size);
    const text = reason === undefined ? await this.#files.read(path) : undefined;
    const hash = text?.ok === true ? hashOf(text.value) : undefined;
    const known = this.#known.get(path);
    this.#known.set(path, { size, modified, read, hash });
    if (hash !== undefined && known?.hash === hash) return;
    if (text?.ok === true) {
      this.#index.update(path, text.value);
      this.#skipped.delete(path);
      this.#version++;
      return;
    }
    if (known?.hash !== undefined) {
      this.#index.remove(path);
      this.#version++;
    }
    this.#skipped.set(path, reason ?? text?.fault.message ?? 'not read');
  }

  #reasonToSkip(path: string, size: number): string | undefined {
    if (GENERATED.test(path)) return 'made by a tool';
    const most = this.#options.maxFileBytes;
    if (size > most) return `larger than ${(most / 1_000_000).toFixed(1)} MB`;
    const isNew = this.#known.get(path)?.hash === undefined;
    return isNew && this.#index.passages >= MOST_PASSAGES ? 'the index is full' : undefined;
  }

  #forget(path: string): void {
    if (this.#known.get(path)?.hash !== undefined) this.#version++;
    this.#known.delete(path);
    this.#skipped.delete(path);
    this.#index.remove(path);
  }
}
