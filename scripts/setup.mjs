/**
 * Installs and builds whatever a fresh clone lacks; every npm script runs it first (`pre…`), so it stands on Node's
 * built-ins alone and takes a few milliseconds when there is nothing to do. It never writes to stdout, which belongs
 * to the command that follows.
 *   node scripts/setup.mjs [--install-only]
 */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const at = (name) => path.join(root, name);

/** npm writes this file last, at the end of every complete install, whoever asked for it. */
const INSTALL_STAMP = at('node_modules/.package-lock.json');
const BUILD_STAMP = at('dist/.built');
const SOURCES = [
  'src',
  'webview-ui',
  'media',
  'esbuild.mjs',
  'scripts/encoder-assets.mjs',
  'scripts/encoder-mean.mjs',
  'scripts/encoder-questions.mjs',
  'scripts/vector-kernel.mjs',
  'package.json',
].map(at);

const say = (line) => process.stderr.write(`${line}\n`);

async function main() {
  const wanted = process.argv.includes('--install-only') ? ['install'] : ['install', 'build'];
  if (!isMissing(wanted)) return;
  await withLock(at('.cache/setup.lock'), async () => {
    if (needsInstall()) await install();
    if (wanted.includes('build') && needsBuild()) await build();
  });
}

const isMissing = (wanted) => needsInstall() || (wanted.includes('build') && needsBuild());

function needsInstall() {
  return modified(at('package-lock.json')) > modified(INSTALL_STAMP) || !existsSync(INSTALL_STAMP);
}

/** New dependencies change the bundles as well as new sources do. */
function needsBuild() {
  const built = modified(BUILD_STAMP);
  return built === 0 || isNewer(INSTALL_STAMP, built) || SOURCES.some((source) => isNewer(source, built));
}

async function install() {
  say('Memento: installing dependencies (npm ci); this happens once and takes about a minute …');
  const { runNpm } = await import('./npm.mjs');
  await runNpm(['ci', '--loglevel=error', '--no-audit', '--no-fund'], { cwd: root });
}

async function build() {
  say('Memento: building (node esbuild.mjs) …');
  // The stamp carries the time at which the build began: what is edited meanwhile is newer than it.
  const began = new Date();
  const child = spawn(process.execPath, ['esbuild.mjs'], { cwd: root, stdio: ['ignore', 2, 2] });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('exit', resolve));
  if (code !== 0) throw new Error(`the build failed (exit code ${code})`);
  writeFileSync(BUILD_STAMP, '');
  utimesSync(BUILD_STAMP, began, began);
}

/** Milliseconds since 1970, 0 where there is no such file. */
function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** Whether a file, or a folder or anything in it, changed after `time`. A deletion changes its folder's own time. */
function isNewer(file, time) {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return false;
  if (found.mtimeMs > time) return true;
  return found.isDirectory() && readdirSync(file).some((name) => isNewer(path.join(file, name), time));
}

/** Two npm scripts started at once (`npm test & npm start`) must not install into one folder together. */
async function withLock(file, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  for (let waited = false; !tryLock(file); waited = true) {
    if (!waited) say('Memento: waiting for another set-up of this folder to finish …');
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  try {
    await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function tryLock(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isAbandoned(file)) rmSync(file, { force: true });
    return false;
  }
}

/** A lock whose owner is gone, or that is older than any install takes (its process id may be another's by now). */
function isAbandoned(file) {
  const ageMs = Date.now() - modified(file);
  return ageMs > 15 * 60_000 || (ageMs > 1_000 && !isAlive(readOwner(file)));
}

/** The owner's process id; NaN where it was never written or the lock went away just now. */
function readOwner(file) {
  try {
    return Number.parseInt(readFileSync(file, 'utf8'), 10);
  } catch {
    return NaN;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0); // signal 0 only asks
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

await main().catch((error) => {
  say(`Memento: ${error.message}`);
  process.exitCode = 1;
});
