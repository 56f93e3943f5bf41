/**
 * `npm run package`: the installable extension, memento-<version>.vsix, and dist/npm, the command line and the core as an
 * npm package. Everything that runs is bundled in dist/, so no dependency is packed; .vscodeignore is the list of what is
 * in the extension.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { writeNpmPackage } from './npm-package.mjs';

const root = path.resolve(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const file = path.join(root, `memento-${version}.vsix`);

const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
const packed = spawnSync(
  process.execPath,
  [
    vsce,
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--skip-license',
    ...['--out', file],
  ],
  { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] },
);
if (packed.status !== 0) process.exit(packed.status ?? 1);
console.log(`${path.relative(root, file)}: ${(statSync(file).size / 1024 / 1024).toFixed(1)} MB`);
console.log(`${path.relative(root, writeNpmPackage())}: install it with npm install ./dist/npm`);
