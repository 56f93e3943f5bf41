/**
 * Cases as files that can be edited, `memento-edit:/<id>/<question>.md` (caseText.ts): saving one changes the case. A
 * text that cannot be read, or whose case is gone, is not saved: its document stays open and as it is.
 */
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import type { Case } from '../core/memory/case';
import { caseText, parseCaseText } from '../core/memory/curation/caseText';
import { systemIds } from '../node/system';
import { caseUri } from './caseDocuments';
import type { CaseTargetServices } from './caseTargets';

const SCHEME = 'memento-edit';

export function registerCaseEditing(services: CaseTargetServices): Disposable {
  const disposables = new DisposableStore();
  const faults = disposables.add(vscode.languages.createDiagnosticCollection(SCHEME));
  const files = new CaseFiles(services, faults);
  disposables.add(vscode.workspace.registerFileSystemProvider(SCHEME, files, { isCaseSensitive: true }));
  // A memory that cannot be read says so when a case is saved.
  disposables.add(services.memory.onDidChange(() => void files.look().catch(() => undefined)));
  disposables.add(
    vscode.workspace.onDidChangeTextDocument(
      ({ document: { uri } }) => faults.has(uri) && faults.delete(uri),
    ),
  );
  disposables.add(
    // A document lives on for a while after its last editor was closed.
    vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      for (const { input } of closed) if (input instanceof vscode.TabInputText) faults.delete(input.uri);
    }),
  );
  return disposables;
}

export async function openCaseEditor(record: Case): Promise<void> {
  const document = await vscode.workspace.openTextDocument(caseUri(SCHEME, record));
  await vscode.window.showTextDocument(document, { preview: false });
}

interface Version {
  readonly text: string;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
  /** Bytes, or one more: VS Code takes a file that was changed but has the size that it had for unchanged. */
  readonly size: number;
}

class CaseFiles implements vscode.FileSystemProvider {
  readonly #services: CaseTargetServices;
  readonly #faults: vscode.DiagnosticCollection;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  /** As VS Code last heard of it, by case; not there once it heard that the case is gone. */
  readonly #versions = new Map<string, Version>();

  constructor(services: CaseTargetServices, faults: vscode.DiagnosticCollection) {
    this.#services = services;
    this.#faults = faults;
  }

  readonly onDidChangeFile = this.#changed.event;

  /** Tells VS Code which open cases another window, a command or a judgement changed. */
  async look(): Promise<void> {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (uri.scheme !== SCHEME) continue;
      const record = await this.#find(uri);
      const id = idOf(uri);
      const known = this.#versions.get(id);
      if (!record) this.#versions.delete(id);
      const { FileChangeType: Type } = vscode;
      const type = !record ? Type.Deleted : known ? Type.Changed : Type.Created;
      if (!record || this.#version(record) !== known) this.#changed.fire([{ type, uri }]);
    }
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (uri.path.split('/').length < 3) {
      return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    }
    const record = await this.#found(uri);
    const { mtime, size } = this.#version(record);
    return { type: vscode.FileType.File, ctime: record.createdAt, mtime, size };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    return new TextEncoder().encode(this.#version(await this.#found(uri)).text);
  }

  async writeFile(uri: vscode.Uri, content: Uint8Array): Promise<void> {
    const record = await this.#find(uri);
    if (!record) throw new Error(gone());
    const changes = parseCaseText(new TextDecoder().decode(content), record, systemIds);
    if (!changes.ok) {
      const { line, message } = changes.fault;
      const range = new vscode.Range(line - 1, 0, line - 1, Number.MAX_SAFE_INTEGER);
      this.#faults.set(uri, [new vscode.Diagnostic(range, message)]);
      throw new Error(message);
    }
    this.#faults.delete(uri);
    const edited = await (await this.#services.research()).edit(record.id, changes.value);
    if (!edited.ok) throw new Error(edited.fault.message);
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined); // All open ones are.
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  async #find(uri: vscode.Uri): Promise<Case | undefined> {
    const record = await (await this.#services.memory.get()).bank.get(idOf(uri));
    return record?.forgottenAt === null ? record : undefined;
  }

  async #found(uri: vscode.Uri): Promise<Case> {
    const record = await this.#find(uri);
    if (!record) throw vscode.FileSystemError.FileNotFound(uri);
    return record;
  }

  #version(record: Case): Version {
    const known = this.#versions.get(record.id);
    const text = caseText(record);
    if (known?.text === text) return known;
    const bytes = new TextEncoder().encode(text).length;
    const version = {
      text,
      mtime: Math.max(Date.now(), (known?.mtime ?? 0) + 1),
      size: bytes === known?.size ? bytes + 1 : bytes,
    };
    this.#versions.set(record.id, version);
    return version;
  }
}

const gone = (): string =>
  vscode.l10n.t(
    'This case was forgotten meanwhile. To keep your text, restore the case with “Memento: Restore Forgotten Case…” and save again.',
  );

const idOf = (uri: vscode.Uri): string => uri.path.split('/')[1] ?? '';
