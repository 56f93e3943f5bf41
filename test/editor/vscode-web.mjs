#!/usr/bin/env node
/**
 * Stands in for the desktop editor's executable: takes the command line that `runTests` of @vscode/test-electron
 * gives it, and runs VS Code's server with Chromium. Ends with the code of the tests.
 * Environment: MEMENTO_EDITOR_FOLDER (an install; else installed or found in the cache), MEMENTO_HEADED=1 (show the
 * browser), MEMENTO_EDITOR_TIMEOUT (seconds, default 600), MEMENTO_VERBOSE=1.
 */
import { fstatSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArguments } from './arguments.mjs';
import { describeInstall, installEditor } from './install.mjs';
import { openWorkbench } from './page.mjs';
import { startServer } from './server.mjs';
import { writeSettings } from './settings.mjs';

const DEFAULT_TIMEOUT_SECONDS = 600;

async function main() {
  const options = parseArguments(process.argv.slice(2));
  const given = process.env.MEMENTO_EDITOR_FOLDER;
  const install = given ? describeInstall(given) : await installEditor();
  if (options.version) return printVersion(install);

  /** Newest first; each runs whatever became of the others. */
  const cleanups = [];
  const interrupted = interruption();
  try {
    return await Promise.race([runEditor(install, options, cleanups), interrupted]);
  } finally {
    for (const cleanup of cleanups.toReversed()) await cleanup().catch(report);
  }
}

/** @returns {Promise<number>} the exit code */
async function runEditor(install, options, cleanups) {
  const userDataDir = options.userDataDir ?? temporaryFolder(cleanups);
  const extensionsDir = options.extensionsDir ?? path.join(userDataDir, 'extensions');
  writeSettings(userDataDir, options.trustEverything ? { 'security.workspace.trust.enabled': false } : {});

  const server = await startServer(install, { userDataDir, extensionsDir });
  cleanups.push(server.stop);
  const workbench = await openWorkbench(server.authority, options, path.join(userDataDir, 'chromium'));
  cleanups.push(workbench.close);
  return Promise.race([
    workbench.exit,
    server.died.then((log) => Promise.reject(new Error(`VS Code's server ended:\n${log}`))),
  ]);
}

function temporaryFolder(cleanups) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'memento-editor-'));
  cleanups.push(async () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Rejects on a signal, after the overall timeout, or when the process that started this one is gone. */
function interruption() {
  return new Promise((_resolve, reject) => {
    const end = (reason) => reject(new Error(`VS Code is closed: ${reason}.`));
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(signal));
    const seconds = Number(process.env.MEMENTO_EDITOR_TIMEOUT) || DEFAULT_TIMEOUT_SECONDS;
    setTimeout(() => end(`its tests took more than ${seconds} s`), seconds * 1000).unref();
    // A parent in Node holds our stdin as a socket, which closes with it; a terminal or /dev/null says nothing.
    if (fstatSync(0).isSocket()) process.stdin.resume().on('end', () => end('its parent is gone'));
  });
}

/** In the form of `code --version`. */
function printVersion(install) {
  const read = (name) => JSON.parse(readFileSync(path.join(install.vscode, name), 'utf8'));
  process.stdout.write(`${read('package.json').version}\n${read('product.json').commit}\nx64\n`);
  return 0;
}

function report(error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  return 1;
}

process.exit(await main().catch(report));
