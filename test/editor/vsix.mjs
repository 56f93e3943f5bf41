/** Installs a packaged extension, as a user would, into an editor's extensions folder. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runVSCodeCommand } from '@vscode/test-electron';
import { serverEnvironment } from './server.mjs';

/**
 * @param {string} vsix
 * @param {{ userDataDir: string, extensionsDir: string }} folders
 * @param {{ install?: import('./install.mjs').EditorInstall, desktopVersion: string }} editor
 */
export async function installVsix(vsix, { userDataDir, extensionsDir }, { install, desktopVersion }) {
  const flags = ['--install-extension', path.resolve(vsix), '--extensions-dir', extensionsDir];
  if (!install) {
    await runVSCodeCommand([...flags, '--user-data-dir', userDataDir], { version: desktopVersion });
    return;
  }
  execFileSync(
    install.node,
    [
      path.join(install.vscode, 'out/server-main.js'),
      '--accept-server-license-terms',
      ...flags,
      ...['--server-data-dir', path.join(userDataDir, 'server')],
    ],
    { env: serverEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] },
  );
}

/**
 * Installs the built extension as it lies there. One under development would have VS Code treat the window as a
 * debugger's: an extension host that crashes is not started again.
 * @param {string} source  the folder of its package.json
 * @param {string} extensionsDir  of an editor that has not started yet
 */
export function linkExtension(source, extensionsDir) {
  mkdirSync(extensionsDir, { recursive: true });
  symlinkSync(source, path.join(extensionsDir, 'memento-research.memento'), 'dir');
}

/** `runTests` wants an extension under development; where the packaged one is under test, it gets an empty one. */
export function createEmptyExtension(folder) {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: 'test-host',
    publisher: 'memento-research',
    version: '0.0.1',
    engines: { vscode: '*' },
  };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}
