/** An extension of somebody else with a file system that is not on disk, `memfs:`: what virtual workspaces are tested with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const manifest = {
  name: 'test-memfs',
  publisher: 'memento-research',
  version: '0.0.1',
  engines: { vscode: '^1.105.0' },
  main: './main.cjs',
  activationEvents: ['onFileSystem:memfs', 'onStartupFinished'],
};

const main = `
const vscode = require('vscode');
const TIDES = Buffer.from('High water at Dover is at 11:20.');
const isTides = (uri) => uri.path === '/tides.md';

exports.activate = (context) => {
  const refuse = (uri) => { throw vscode.FileSystemError.NoPermissions(uri); };
  context.subscriptions.push(
    vscode.workspace.registerFileSystemProvider('memfs', {
      onDidChangeFile: () => ({ dispose() {} }),
      watch: () => ({ dispose() {} }),
      stat(uri) {
        if (uri.path === '/') return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
        if (isTides(uri)) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: TIDES.length };
        throw vscode.FileSystemError.FileNotFound(uri);
      },
      readDirectory: () => [['tides.md', vscode.FileType.File]],
      readFile(uri) {
        if (!isTides(uri)) throw vscode.FileSystemError.FileNotFound(uri);
        return TIDES;
      },
      createDirectory: refuse, writeFile: refuse, delete: refuse, rename: refuse,
    }, { isReadonly: true }),
  );
};
`;

/** @param {string} extensionsDir  of an editor that has not started yet */
export function installVirtualExtension(extensionsDir) {
  const folder = path.join(extensionsDir, `${manifest.publisher}.${manifest.name}-${manifest.version}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(path.join(folder, 'main.cjs'), main);
}
