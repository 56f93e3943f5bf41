/** Keeps an index in step with a folder: what is new or changed since the last look is read again. */
import { realpath } from 'node:fs/promises';
import type { Result } from '../core/common/result';
import type { DocumentContent, DocumentFile, Files } from '../core/ports';
import { hashOf } from '../core/tools/search/vectors';
import type { WorkspaceIndex } from '../core/tools/workspaceIndex';
import { createFiles } from './files';
import type { LabelledFolder } from './folders';
import type { KnownFile } from './indexFile';
import { type FoundFile, Tree } from './walk';

export interface SkippedFile {
  readonly path: string;
  /** In words, for a person. */
  readonly reason: string;
}

/** Reads documents that are no text, by their extensions. */
export interface IndexedDocuments {
  /** In lower case, without a dot. */
  readonly extensions: readonly string[];
  read(file: DocumentFile): Promise<Result<DocumentContent>>;
}

export interface FolderIndexOptions extends LabelledFolder {
  /** Larger files are not indexed. */
  readonly maxFileBytes: number;
  readonly documents?: IndexedDocuments | undefined;
  /** While the index is built, and where many files changed. */
  readonly onProgress?: (indexed: number, total: number) => void;
}

type Known = Omit<KnownFile, 'path'>;

/** What is read of a file that changed. */
type Content =
  | { readonly kind: 'text'; readonly text: string; readonly hash: string }
  | { readonly kind: 'document'; readonly content: DocumentContent; readonly hash: string }
  | { readonly kind: 'skipped'; readonly reason: string };

/** Some 20 words each at least: beyond it memory, not time, is the limit. */
export const MOST_PASSAGES = 150_000;
/** Documents that are no text may be larger than texts. */
const MOST_DOCUMENT_BYTES = 30_000_000;
/** Files that are read at once. */
const AT_ONCE = 16;
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

/** Why files are missing that a person would look for: said in so many words, and counted. */
/** Why a file was skipped, before how large it may be. */
export const TOO_LARGE = 'larger than';
export const INDEX_FULL = 'the index is full';

export class FolderIndex {
  readonly #index: WorkspaceIndex;
  readonly #options: FolderIndexOptions;
  readonly #files: Files;
  readonly #known = new Map<string, Known>();
  #tree: Tree | undefined;
  #running: Promise<void> | undefined;
  #restUntil = 0;
  #version = 0;
  #closed = false;

  constructor(index: WorkspaceIndex, options: FolderIndexOptions) {
    this.#index = index;
    this.#options = options;
    this.#files = createFiles(options);
  }

  get folder(): LabelledFolder {
    return this.#options;
  }

  get skipped(): readonly SkippedFile[] {
    return [...this.#known].flatMap(([path, { reason }]) =>
      reason === '' ? [] : [{ path: this.#labelled(path), reason }],
    );
  }

  /** Whether the folder has more files than are looked at. */
  get tooLarge(): boolean {
    return this.#tree?.tooLarge ?? false;
  }

  /** Rises with every change of the index. */
  get version(): number {
    return this.#version;
  }

  /** What is known of its files, to keep on disk with the index. */
  known(): readonly KnownFile[] {
    return [...this.#known].map(([path, known]) => ({ path: this.#labelled(path), ...known }));
  }

  /** Takes what was kept of its files, those of other folders left aside. */
  adopt(known: readonly KnownFile[]): void {
    const { label } = this.#options;
    for (const { path, ...rest } of known) {
      if (path.startsWith(label)) this.#known.set(path.slice(label.length), rest);
    }
  }

  /** Takes all of its files out of the index; a look that is under way adds none. */
  close(): void {
    this.#closed = true;
    for (const path of [...this.#known.keys()]) this.#forget(path);
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
    this.#tree ??= new Tree(await this.#realRoot(), this.#options.excludes);
    const found: FoundFile[] = [];
    for await (const file of this.#tree.walk()) found.push(file);
    const present = new Set(found.map((file) => file.path));
    for (const path of this.#known.keys()) if (!present.has(path)) this.#forget(path);

    const isFirst = this.#known.size === 0;
    const changed = found.filter((file) => this.#hasChanged(file));
    const report = isFirst || changed.length > REPORT ? this.#options.onProgress : undefined;
    for (let i = 0; i < changed.length; i += AT_ONCE) {
      if (i % REPORT < AT_ONCE) report?.(i, changed.length);
      const some = changed.slice(i, i + AT_ONCE);
      const read = Date.now();
      const contents = await Promise.all(some.map((file) => this.#read(file)));
      some.forEach((file, j) =>
        this.#take(file, read, contents[j] ?? { kind: 'skipped', reason: 'not read' }),
      );
    }
    report?.(changed.length, changed.length);
    const took = changed.length > 0 ? 0 : performance.now() - started;
    this.#restUntil = took < 50 ? 0 : performance.now() + Math.min(LONGEST_REST, took * REST);
  }

  /** A workspace with one folder that is missing is an error; one of several that is missing has no files. */
  #realRoot(): Promise<string> {
    const { root, label } = this.#options;
    return label === '' ? realpath(root) : realpath(root).catch(() => root);
  }

  /** By size and times; a file that was read too soon after its last change to tell is read again. */
  #hasChanged({ path, size, modified, changed }: FoundFile): boolean {
    const known = this.#known.get(path);
    return (
      known?.size !== size ||
      known.modified !== modified ||
      known.changed !== changed ||
      known.read - Math.max(modified, changed) < RACY ||
      (known.reason === INDEX_FULL && this.#index.passages < MOST_PASSAGES)
    );
  }

  async #read({ path, size }: FoundFile): Promise<Content> {
    if (GENERATED.test(path)) return { kind: 'skipped', reason: 'made by a tool' };
    const { documents, maxFileBytes } = this.#options;
    const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
    const reader = documents?.extensions.includes(extension) === true ? documents : undefined;
    const most = reader ? MOST_DOCUMENT_BYTES : maxFileBytes;
    if (size > most) return { kind: 'skipped', reason: `${TOO_LARGE} ${(most / 1_000_000).toFixed(1)} MB` };
    if (reader) return this.#readDocument(path, reader);
    const text = await this.#files.read(path);
    return text.ok
      ? { kind: 'text', text: text.value, hash: hashOf(text.value) }
      : { kind: 'skipped', reason: text.fault.message };
  }

  async #readDocument(path: string, reader: IndexedDocuments): Promise<Content> {
    const bytes = await this.#files.bytes(path, { maxBytes: MOST_DOCUMENT_BYTES });
    const name = path.slice(path.lastIndexOf('/') + 1);
    const read = bytes.ok ? await reader.read({ name, bytes: bytes.value }) : bytes;
    if (!read.ok) return { kind: 'skipped', reason: read.fault.message };
    return { kind: 'document', content: read.value, hash: hashOf(JSON.stringify(read.value.parts)) };
  }

  #take({ path, size, modified, changed }: FoundFile, read: number, content: Content): void {
    if (this.#closed) return;
    const before = this.#known.get(path)?.hash ?? null;
    const isFull = before === null && content.kind !== 'skipped' && this.#index.passages >= MOST_PASSAGES;
    const hash = isFull || content.kind === 'skipped' ? null : content.hash;
    const reason = isFull ? INDEX_FULL : content.kind === 'skipped' ? content.reason : '';
    this.#known.set(path, { size, modified, changed, read, hash, reason });
    if (hash === before) return;
    this.#version++;
    const labelled = this.#labelled(path);
    if (hash === null) this.#index.remove(labelled);
    else if (content.kind === 'text') this.#index.update(labelled, content.text);
    else if (content.kind === 'document') this.#index.updateDocument(labelled, content.content);
  }

  #forget(path: string): void {
    if ((this.#known.get(path)?.hash ?? null) !== null) this.#version++;
    this.#known.delete(path);
    this.#index.remove(this.#labelled(path));
  }

  #labelled(path: string): string {
    return this.#options.label + path;
  }
}
