import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { withSymbols } from '../../src/core/tools/symbolHits';
import { workspaceFiles } from '../../src/vscode/folderFiles';
import { createSymbolSearch } from '../../src/vscode/symbols';
import { memorySearch } from '../fakes/memorySearch';
import { silentLogger } from '../fakes/memoryRuns';
import { poll } from './driver';

const GEAR = ['{', '  "rope": 4,', '  "capstanDrive": {', '    "turns": 2,', '    "oiled": true', '  }', '}'];
const NOTES = ['# Yard', '', '## Keelson survey', '', 'Dry.', '', 'Sound.', '', '## Stem', '', 'Rotten.'];

describe("the editor's symbols", function () {
  this.timeout(120_000);
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const at = (file: string) => vscode.Uri.file(path.join(root, file));
  const symbols = createSymbolSearch();
  const providers: vscode.Disposable[] = [];
  /** A provider that knows where names stand, and no more, as most do. */
  const provide = (...found: readonly (readonly [name: string, uri: vscode.Uri, line: number])[]) =>
    providers.push(
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: () =>
          found.map(([name, uri, line]) => {
            const range = new vscode.Range(line, 0, line, 5);
            return new vscode.SymbolInformation(
              name,
              vscode.SymbolKind.String,
              '',
              new vscode.Location(uri, range),
            );
          }),
      }),
    );

  before(() => {
    mkdirSync(path.join(root, 'yard'));
    writeFileSync(path.join(root, 'yard/gear.json'), GEAR.join('\n'));
    writeFileSync(path.join(root, 'yard/notes.md'), NOTES.join('\n'));
  });
  afterEach(() => {
    for (const provider of providers.splice(0)) provider.dispose();
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(path.join(root, 'yard'), { recursive: true });
  });

  it('come first, with the whole of a definition that the language server tells of', async () => {
    provide(['capstanDrive', at('yard/gear.json'), 2]);
    // Built in, and started by the first file of its language.
    await vscode.window.showTextDocument(at('yard/gear.json'));
    const drive = await poll('the language server', async () => {
      const [found] = await symbols.find('capstandrive', { limit: 3 });
      return found?.endLine === 6 && found;
    });
    assert.deepEqual(drive, {
      path: 'yard/gear.json',
      name: 'capstanDrive',
      container: '',
      kind: 'string',
      startLine: 3,
      endLine: 6,
    });
    const search = withSymbols(memorySearch({}), { symbols, files: workspaceFiles(), logger: silentLogger });
    const [hit] = await search.search('how fast is capstanDrive?', { limit: 3 });
    assert.equal(hit?.text, GEAR.slice(2, 6).join('\n'));
  });

  it('have the range that the document has, where the workspace knows only a line', async () => {
    provide(['Keelson survey', at('yard/notes.md'), 2]);
    const heading = await poll('the language server', async () => {
      const [found] = await symbols.find('keelson survey', { limit: 3 });
      return found !== undefined && found.endLine > 3 && found;
    });
    assert.deepEqual([heading.path, heading.startLine], ['yard/notes.md', 3]);
    assert.ok(heading.endLine >= 7 && heading.endLine < 9, `line ${heading.endLine}`);
  });

  it('outside the folder, or only like what was asked for, are left out', async () => {
    const outside = path.join(os.tmpdir(), `memento-outside-${process.pid}.ts`);
    writeFileSync(outside, 'const Bollard = 1;');
    try {
      provide(
        ['Bollard', vscode.Uri.file(outside), 0],
        ['BollardTest', at('yard/notes.md'), 0],
        ['Bollard', vscode.Uri.parse('untitled:Bollard.ts'), 0],
      );
      assert.deepEqual(await symbols.find('Bollard', { limit: 3 }), []);
    } finally {
      rmSync(outside);
    }
  });

  it('are gone without where a provider never answers', async () => {
    providers.push(
      vscode.languages.registerWorkspaceSymbolProvider({
        provideWorkspaceSymbols: () => new Promise<vscode.SymbolInformation[]>(() => undefined),
      }),
    );
    assert.deepEqual(await symbols.find('Bollard', { limit: 3 }), []);
  });
});
