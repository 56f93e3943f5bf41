#!/usr/bin/env node
/**
 * Runs a suite of tests inside a real VS Code:
 *   node test/editor/run.mjs [--suite integration|e2e|chat] [--vscode 1.139|1.105] [--vsix FILE | --extension DIR]
 *                            [--grep TEXT] [--timeout SECONDS] [--desktop] [--keep] [--prepare MODULE]
 * --prepare: its default export gets the sandbox before the editor starts, and returns variables for the tests.
 * On linux-x64 it is VS Code's server with Chromium (see install.mjs), elsewhere and with --desktop the desktop
 * editor. Ends with `N passed, N failed`; the exit code is 1 if anything failed or nothing ran.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runTests } from '@vscode/test-electron';
import { bundleSuite } from './bundle.mjs';
import { CHAT_SETTINGS, installChatExtension } from './chatExtension.mjs';
import { findChromium } from './chromium.mjs';
import { installEditor, runsHere } from './install.mjs';
import { installModelExtension } from './modelExtension.mjs';
import { createSandbox, removeForeignVariables } from './sandbox.mjs';
import { freePort } from './server.mjs';
import { writeSettings } from './settings.mjs';
import { installToolExtension } from './toolExtension.mjs';
import { DEFAULT_VERSION, editorVersion } from './versions.mjs';
import { createEmptyExtension, installVsix } from './vsix.mjs';

const root = path.resolve(import.meta.dirname, '../..');

const { values: options } = parseArgs({
  options: {
    suite: { type: 'string', default: 'integration' },
    vscode: { type: 'string', default: DEFAULT_VERSION },
    extension: { type: 'string', default: root },
    vsix: { type: 'string' },
    grep: { type: 'string' },
    timeout: { type: 'string', default: '300' },
    desktop: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
    prepare: { type: 'string' },
  },
});

/** Other suites have a quiet editor, with no assistant in it. */
const withChat = options.suite === 'chat';

/** Set once there is something to clear away. */
let sandbox;

async function main() {
  const desktopVersion = editorVersion(options.vscode).vscode;
  const install = options.desktop ? undefined : await prepareServer();
  const tests = await bundleSuite(options.suite);
  sandbox = createSandbox();
  installToolExtension(sandbox.extensionsDir);
  installModelExtension(sandbox.extensionsDir);
  if (withChat) {
    installChatExtension(sandbox.extensionsDir);
    writeSettings(sandbox.userDataDir, CHAT_SETTINGS);
  }
  removeForeignVariables();
  const prepared = options.prepare ? await prepare(options.prepare, sandbox) : {};
  const timeoutSeconds = Number(options.timeout);
  const giveUp = setTimeout(() => finish(`no end after ${timeoutSeconds} s`), (timeoutSeconds + 15) * 1000);
  let problem;
  try {
    await runInEditor({ install, desktopVersion, tests, timeoutSeconds, prepared });
  } catch (error) {
    problem = error.message;
  }
  clearTimeout(giveUp);
  finish(problem);
}

/** @returns {Promise<import('./install.mjs').EditorInstall | undefined>} undefined where the desktop editor is used */
async function prepareServer() {
  if (!runsHere()) return undefined;
  findChromium(); // says so at once where it is missing, not after the download
  return installEditor(options.vscode);
}

async function prepare(file, world) {
  const module = await import(pathToFileURL(path.resolve(file)).href);
  return module.default(world);
}

async function runInEditor({ install, desktopVersion, tests, timeoutSeconds, prepared }) {
  const extension = options.vsix
    ? createEmptyExtension(path.join(sandbox.userDataDir, 'test-host'))
    : path.resolve(options.extension);
  if (options.vsix) await installVsix(options.vsix, sandbox, { install, desktopVersion });
  const debuggingPort = await freePort();
  const screenshots = path.join(root, 'test-results/screenshots');
  mkdirSync(screenshots, { recursive: true });
  await runTests({
    ...(install
      ? { vscodeExecutablePath: path.join(import.meta.dirname, 'vscode-web.mjs') }
      : { version: desktopVersion }),
    extensionDevelopmentPath: extension,
    extensionTestsPath: tests,
    launchArgs: [
      sandbox.workspace,
      `--user-data-dir=${sandbox.userDataDir}`,
      `--extensions-dir=${sandbox.extensionsDir}`,
      `--remote-debugging-port=${debuggingPort}`,
      ...(withChat ? ['--enable-proposed-api=memento-research.test-chat'] : []),
    ],
    extensionTestsEnv: {
      ...sandbox.environment,
      ...prepared,
      MEMENTO_CDP_PORT: String(debuggingPort),
      MEMENTO_TEST_RESULTS: sandbox.results,
      MEMENTO_SCREENSHOTS: screenshots,
      MEMENTO_EDITOR_TIMEOUT: String(timeoutSeconds),
      ...(install ? { MEMENTO_EDITOR_FOLDER: install.folder } : {}),
      ...(options.grep ? { MEMENTO_TEST_GREP: options.grep } : {}),
    },
  });
}

/** The runner's own account counts, not the editor's exit code alone: an editor in which no test ran ends with 0. */
function finish(problem) {
  if (!sandbox) process.exit(1);
  const { passed, failed } = existsSync(sandbox.results)
    ? JSON.parse(readFileSync(sandbox.results, 'utf8'))
    : { passed: 0, failed: 0 };
  if (passed + failed === 0)
    process.stderr.write(`No test ran in VS Code${problem ? `: ${problem}` : ''}.\n`);
  else if (problem && failed === 0) process.stderr.write(`${problem}\n`);
  if (options.keep) process.stderr.write(`Kept: ${path.dirname(sandbox.results)}\n`);
  else sandbox.remove();
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  process.exit(problem || failed > 0 || passed === 0 ? 1 : 0);
}

// runTests listens for Ctrl+C and closes the editor first; other ways to ask for the end get the same.
for (const signal of ['SIGTERM', 'SIGHUP']) {
  process.on(signal, () => void (process.emit('SIGINT') || finish(signal)));
}

await main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  process.stdout.write('0 passed, 0 failed\n');
  process.exit(1);
});
