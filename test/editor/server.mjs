/** Starts VS Code's server, the half that reads files and runs extensions and terminals. */
import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { poll } from './poll.mjs';

const START_TIMEOUT_MS = 60_000;

/** No marketplace: nothing is asked of the network. */
const NO_GALLERY = { EXTENSIONS_GALLERY: '{"serviceUrl":""}' };

/**
 * Left behind by the VS Code in whose terminal the tests start: they would tie the server to that window.
 * PORT and PASSWORD would override code-server's own arguments.
 */
const OUTER_EDITOR =
  /^(VSCODE_(IPC_|PID|CWD|NLS|DEV|ESM|CODE_CACHE|HANDLES|CRASH|INJECTION|GIT_)|ELECTRON_|CODE_SERVER_|PORT$|PASSWORD$)/;

/**
 * @typedef {object} EditorServer
 * @property {string} authority  `127.0.0.1:PORT`
 * @property {Promise<string>} died  resolves with the end of its log if it ends before `stop`
 * @property {number} pid  of the process at the head of its group
 * @property {() => Promise<void>} stop  ends it and everything it started
 */

/**
 * @param {import('./install.mjs').EditorInstall} install
 * @param {{ userDataDir: string, extensionsDir: string, locale?: string | undefined }} options  the display language is
 *   one of which languagePack.mjs has installed a pack
 * @param {number} [port]  what a browser keeps is kept by it; default one that is free
 * @returns {Promise<EditorServer>}
 */
export async function startServer(install, { userDataDir, extensionsDir, locale }, port) {
  const authority = `127.0.0.1:${port ?? (await freePort())}`;
  const logFile = path.join(userDataDir, 'server.log');
  for (const folder of [userDataDir, extensionsDir]) mkdirSync(folder, { recursive: true });
  const guard = spawnGuarded(logFile, [
    install.node,
    path.join(install.vscode, 'out/server-main.js'),
    '--accept-server-license-terms',
    '--without-connection-token',
    ...['--host', '127.0.0.1', '--port', authority.split(':')[1]],
    ...['--user-data-dir', userDataDir, '--extensions-dir', extensionsDir],
    ...['--server-data-dir', path.join(userDataDir, 'server')],
    ...['--telemetry-level', 'off'],
    ...(locale ? ['--locale', locale] : []),
  ]);
  const exited = new Promise((resolve) => guard.once('exit', resolve));
  const died = exited.then(() => readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n'));
  await Promise.race([
    poll(() => answers(`http://${authority}/version`), 'VS Code’s server to answer', START_TIMEOUT_MS),
    died.then((log) => Promise.reject(new Error(`VS Code's server ended at its start:\n${log}`))),
  ]);
  return {
    authority,
    died,
    pid: guard.pid,
    async stop() {
      guard.stdin.end();
      await exited;
    },
  };
}

/**
 * Starts a server that ends when this process does, however that comes about (see guard.mjs).
 * @param {string} logFile
 * @param {string[]} command
 * @returns a process that lives as long as its stdin is open
 */
export function spawnGuarded(logFile, command) {
  const log = openSync(logFile, 'w');
  const guard = spawn(process.execPath, [path.join(import.meta.dirname, 'guard.mjs'), ...command], {
    detached: true,
    env: serverEnvironment(),
    stdio: ['pipe', log, log],
  });
  closeSync(log);
  return guard;
}

export function serverEnvironment() {
  const kept = Object.entries(process.env).filter(([name]) => !OUTER_EDITOR.test(name));
  return { ...Object.fromEntries(kept), ...NO_GALLERY };
}

/** @returns {Promise<number>} a port that nothing listens on just now */
export function freePort() {
  return listenBriefly(0);
}

/** @param {number} port */
export function isFree(port) {
  return listenBriefly(port).then(
    () => true,
    () => false,
  );
}

function listenBriefly(wanted) {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject);
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether an HTTP server answers there with 200. */
export function answers(url) {
  return new Promise((resolve) => {
    http
      .get(url, (response) => resolve(response.resume().statusCode === 200))
      .on('error', () => resolve(false));
  });
}
