/** Bundles a suite (`test/<suite>/*.test.ts` and its runner) into the one module that the extension host loads. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import esbuild from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/**
 * @param {string} suite  a folder under test/
 * @returns {Promise<string>} dist/test/<suite>.cjs: inside the repository, where its externals are found
 */
export async function bundleSuite(suite) {
  const folder = path.join(root, 'test', suite);
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.test.ts')) : [];
  if (files.length === 0) throw new Error(`No tests in test/${suite}.`);
  const loader = path.join(root, 'dist/test', `${suite}.cjs`);
  const bundle = `${suite}.bundle.cjs`;
  await esbuild.build({
    stdin: { contents: entry(suite, files.sort()), resolveDir: path.join(root, 'test'), loader: 'ts' },
    outfile: path.join(path.dirname(loader), bundle),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'playwright-core', 'mocha'],
    sourcemap: 'inline',
    keepNames: true,
    // CommonJS has no import.meta; a test that asks for its own folder gets the bundle's.
    define: { 'import.meta.url': '__bundleUrl', 'import.meta.dirname': '__dirname' },
    banner: { js: "const __bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    logLevel: 'warning',
  });
  // Source maps have to be on before a module is loaded; with them a failure names the line of the test.
  writeFileSync(loader, `process.setSourceMapsEnabled(true);\nmodule.exports = require('./${bundle}');\n`);
  return loader;
}

/** Test files are loaded one by one by the runner, not at import: mocha's globals have to be there first. */
function entry(suite, files) {
  const loaders = files.map((name) => `  ['${name}', () => import('./${suite}/${name}')],`);
  return [
    "import { runSuite } from './integration/index';",
    'export const run = () => runSuite([',
    ...loaders,
    ']);',
  ].join('\n');
}
