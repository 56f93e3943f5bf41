/** Definitions as the editor's language support knows them: whatever extensions the user has. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { CodeSymbol, SymbolSearch } from '../core/ports';
import { labelled } from '../node/folders';
import { openFolders } from './folderFiles';

/** A language server may be starting, or indexing for minutes: search goes on without it, ms. */
const PATIENCE = 2_000;

export function createSymbolSearch(): SymbolSearch {
  return {
    find: async (name, { limit, signal }) => {
      const found = await ask<vscode.SymbolInformation[]>(
        'vscode.executeWorkspaceSymbolProvider',
        name,
        signal,
      );
      // Providers match loosely: `parse` would bring `sparseArray`.
      const named = (found ?? []).filter(
        (symbol) => plainName(symbol.name).toLowerCase() === name.toLowerCase(),
      );
      const symbols = await Promise.all(named.slice(0, limit).map((symbol) => definitionOf(symbol, signal)));
      return symbols.filter((symbol) => symbol !== undefined);
    },
  };
}

/** Undefined outside the open folders. */
async function definitionOf(
  { name, kind, containerName, location }: vscode.SymbolInformation,
  signal: AbortSignal | undefined,
): Promise<CodeSymbol | undefined> {
  const file = fileOf(location.uri);
  if (file === undefined) return undefined;
  const range = (await wholeRange(name, location, signal)) ?? location.range;
  return {
    path: file,
    name: plainName(name),
    container: containerName,
    kind: (vscode.SymbolKind[kind] ?? 'Symbol').toLowerCase(),
    startLine: range.start.line + 1,
    endLine: range.end.line + 1,
  };
}

/** Of the workspace's symbols most providers tell only where the name stands: the document's have the whole of it. */
async function wholeRange(
  name: string,
  { uri, range }: vscode.Location,
  signal: AbortSignal | undefined,
): Promise<vscode.Range | undefined> {
  const symbols = await ask<(vscode.DocumentSymbol | vscode.SymbolInformation)[]>(
    'vscode.executeDocumentSymbolProvider',
    uri,
    signal,
  );
  const same = everySymbol(symbols ?? [])
    .filter((symbol) => plainName(symbol.name) === plainName(name) && hasLine(symbol.range, range.start.line))
    .map((symbol) => symbol.range);
  // The innermost one, where a class and its constructor have the same name.
  return same.at(-1);
}

/** Providers begin a symbol at its name, its first word or its line. */
const hasLine = ({ start, end }: vscode.Range, line: number): boolean =>
  start.line <= line && line <= end.line;

interface Ranged {
  readonly name: string;
  readonly range: vscode.Range;
}

function everySymbol(symbols: readonly (vscode.DocumentSymbol | vscode.SymbolInformation)[]): Ranged[] {
  return symbols.flatMap((symbol) =>
    'location' in symbol
      ? [{ name: symbol.name, range: symbol.location.range }]
      : [{ name: symbol.name, range: symbol.range }, ...everySymbol(symbol.children)],
  );
}

/** `walk(folder)` and `# Winch` without what is added to the name. */
const plainName = (name: string): string =>
  name
    .replace(/^#+\s+/, '')
    .replace(/\(.*$/s, '')
    .trim();

function fileOf(uri: vscode.Uri): string | undefined {
  if (uri.scheme !== 'file') return undefined;
  for (const { label, root } of labelled(openFolders())) {
    const relative = path.relative(root, uri.fsPath);
    const inside = relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
    if (inside) return label + relative.split(path.sep).join('/');
  }
  return undefined;
}

/** Undefined where no provider answers in time; a provider cannot be told to stop. */
async function ask<T>(
  command: string,
  argument: unknown,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  signal?.throwIfAborted();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), PATIENCE);
  });
  try {
    return await Promise.race([vscode.commands.executeCommand<T | undefined>(command, argument), late]);
  } catch {
    // A provider that throws is one that does not know.
    return undefined;
  } finally {
    clearTimeout(timer);
    signal?.throwIfAborted();
  }
}
