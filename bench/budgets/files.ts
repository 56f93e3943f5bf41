/** Sizes of what is not a bundle: files beside the code, the installable extension, and what is depended on. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Measurement } from './budgets';
import { KB } from './bundles';

/** Files and folders of dist that programs read. */
const ASSETS = [
  ...['encoder', 'cmaps', 'sql-wasm.wasm', 'vector-kernel.wasm', 'web-tree-sitter.wasm'],
  ...['tree-sitter-bash.wasm', 'THIRD-PARTY-NOTICES.txt'],
];

export const assetSizes = (dist: string): readonly Measurement[] =>
  ASSETS.map((name) => ({
    kind: 'assets',
    name: `dist/${name}`,
    value: bytesOf(path.join(dist, name)) / KB,
  }));

/** @returns the file that `npm run package` wrote */
export function makePackage(root: string): string {
  const made = spawnSync(process.execPath, ['scripts/package.mjs'], { cwd: root, encoding: 'utf8' });
  const name = /^(memento-\S+\.vsix): /m.exec(made.stdout)?.[1];
  if (made.status !== 0 || name === undefined) throw new Error(`npm run package failed:\n${made.stderr}`);
  return path.join(root, name);
}

export const packageSize = (vsix: string): Measurement => ({
  kind: 'package',
  name: 'the .vsix',
  value: statSync(vsix).size / KB / KB,
});

export const dependencyCount = (manifest: {
  readonly dependencies: Readonly<Record<string, string>>;
}): Measurement => ({
  kind: 'dependencies',
  name: 'package.json',
  value: Object.keys(manifest.dependencies).length,
});

function bytesOf(file: string): number {
  const found = statSync(file);
  if (!found.isDirectory()) return found.size;
  return readdirSync(file).reduce((sum, name) => sum + bytesOf(path.join(file, name)), 0);
}
