/** Packages that only this benchmark needs: installed when it runs, into a folder of its own that git ignores. */
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { runNpm } from '../../scripts/npm.mjs';

const cache = path.resolve(import.meta.dirname, '../../.cache/bench-retrieval');

/**
 * @param {readonly string[]} packages  each `name@version`
 * @returns {Promise<(name: string) => Promise<any>>} imports one of them; rejects where they do not install: npm's output
 *   is in install.log of their folder
 */
export async function installed(packages) {
  const folder = path.join(cache, packages.join('+').replaceAll('/', '-'));
  const stamp = path.join(folder, 'installed');
  if (!existsSync(stamp)) {
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'package.json'), '{"private":true}\n');
    process.stderr.write(`Installing ${packages.join(' and ')} …\n`);
    const flags = ['--no-audit', '--no-fund', '--save-exact', '--loglevel=error'];
    await runNpm(['install', ...flags, ...packages], {
      cwd: folder,
      logFile: path.join(folder, 'install.log'),
    });
    await writeFile(stamp, '');
  }
  const { resolve } = createRequire(path.join(folder, 'package.json'));
  return (name) => import(pathToFileURL(resolve(name)).href);
}
