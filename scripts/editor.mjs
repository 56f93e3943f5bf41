/**
 * Memento in a real VS Code, for a person to try:
 *   npm run editor [-- --folder DIR] [--browser]
 * The desktop editor where its `code` command is on PATH; else (or with --browser) VS Code in the browser, out of
 * the same install that the tests use, with a profile that lasts from one start to the next.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { installEditor, runsHere } from '../test/editor/install.mjs';
import { poll } from '../test/editor/poll.mjs';
import { answers, freePort, isFree, spawnGuarded } from '../test/editor/server.mjs';
import { writeSettings } from '../test/editor/settings.mjs';
import { cacheFolder } from './home.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** The same one each time where it is free: the browser keeps an extension's state under its address. */
const USUAL_PORT = 8137;
const START_TIMEOUT_MS = 60_000;

const { values: options } = parseArgs({
  options: {
    folder: { type: 'string', default: path.join(root, 'examples/sample-workspace') },
    extension: { type: 'string', default: root },
    browser: { type: 'boolean', default: false },
  },
});

async function main() {
  const folder = path.resolve(options.folder);
  const extension = path.resolve(options.extension);
  if (!existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const desktop = options.browser ? undefined : findOnPath('code');
  if (desktop) return openDesktop(desktop, extension, folder);
  if (!runsHere()) {
    throw new Error(
      'Install VS Code with its `code` command on PATH: the version for the browser is for linux-x64.',
    );
  }
  return serveBrowser(extension, folder);
}

async function openDesktop(code, extension, folder) {
  const child = spawn(code, [`--extensionDevelopmentPath=${extension}`, folder], {
    stdio: 'inherit',
    shell: process.platform === 'win32', // there it is a .cmd file
  });
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('exit', (exit) => resolve(exit ?? 1)),
  );
}

async function serveBrowser(extension, folder) {
  const install = await installEditor();
  const userDataDir = path.join(cacheFolder(), 'editor-profile');
  const extensionsDir = path.join(userDataDir, 'extensions');
  // Here somebody is there to be asked: left out, it is written once the question is answered.
  writeSettings(userDataDir, { 'memento.askForModel': undefined });
  linkExtension(extension, extensionsDir);
  const port = (await isFree(USUAL_PORT)) ? USUAL_PORT : await freePort();
  const server = startFront(install, { port, userDataDir, extensionsDir });
  const ended = new Promise((resolve) => server.once('exit', (code) => resolve(code ?? 1)));
  const stopped = closeOnSignal(server);
  await Promise.race([
    poll(() => answers(`http://127.0.0.1:${port}/healthz`), 'VS Code’s server to answer', START_TIMEOUT_MS),
    ended.then((code) =>
      Promise.reject(new Error(`VS Code's server ended at its start (exit code ${code}).`)),
    ),
  ]);
  const url = `http://127.0.0.1:${port}/?${new URLSearchParams({ folder })}`;
  process.stdout.write(`VS Code with Memento: ${url}\nCtrl+C ends it.\n`);
  const code = await ended;
  return stopped() ? 0 : code;
}

/** code-server's own front: only with it do stored keys outlive a restart. */
function startFront(install, { port, userDataDir, extensionsDir }) {
  const config = path.join(userDataDir, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  return spawnGuarded(path.join(userDataDir, 'server.log'), [
    install.node,
    install.front,
    ...['--config', config, '--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
  ]);
}

/**
 * The extension's folder itself, as a link: a rebuild and "Reload Window" show a change. VS Code notes what it found
 * in extensions.json and looks no further; without that file it looks again.
 */
function linkExtension(extension, extensionsDir) {
  const { publisher, name } = JSON.parse(readFileSync(path.join(extension, 'package.json'), 'utf8'));
  const link = path.join(extensionsDir, `${publisher}.${name}`);
  mkdirSync(extensionsDir, { recursive: true });
  rmSync(path.join(extensionsDir, 'extensions.json'), { force: true });
  rmSync(link, { force: true });
  symlinkSync(extension, link, 'dir');
}

/** @returns {() => boolean} whether a signal asked for the end */
function closeOnSignal(server) {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      asked = true;
      server.stdin.end();
    });
  }
  return () => asked;
}

function findOnPath(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute);
  return folders
    .flatMap((folder) => names.map((each) => path.join(folder, each)))
    .find((file) => existsSync(file));
}

process.exitCode = await main().catch((error) => {
  process.stderr.write(`${error.message}\n`);
  return 1;
});
