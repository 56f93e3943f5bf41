/**
 * Writes dist/npm: the command line, the core, and the core over Node, as an npm package with no dependencies. Of the
 * shared chunks it has those that its programs load, and none that needs the editor.
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { writeDeclarations } from './declarations.mjs';

const root = path.resolve(import.meta.dirname, '..');

/** What the programs read beside code. */
const DATA = [
  ...['encoder', 'cmaps', 'sql-wasm.wasm', 'vector-kernel.wasm'],
  ...['web-tree-sitter.wasm', 'tree-sitter-bash.wasm', 'THIRD-PARTY-NOTICES.txt'],
];

/**
 * @param {string} target made anew
 * @returns {string} the package's folder
 */
export function writeNpmPackage(target = path.join(root, 'dist/npm')) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  const copy = (file) =>
    cpSync(path.join(root, file), path.join(target, path.relative('dist', file)), { recursive: true });
  for (const file of [...programFiles(), ...DATA.map((name) => `dist/${name}`), 'dist/core.js']) copy(file);
  for (const name of ['LICENSE', 'CHANGELOG.md']) cpSync(path.join(root, name), path.join(target, name));
  writeFileSync(path.join(target, 'package.json'), `${JSON.stringify(manifest(), null, 2)}\n`);
  writeFileSync(path.join(target, 'README.md'), README);
  writeDeclarations(target);
  return target;
}

/** The programs and, after them, every chunk that they import, now or later. */
function programFiles() {
  const builds = JSON.parse(readFileSync(path.join(root, 'dist/meta.json'), 'utf8'));
  const outputs = Object.assign({}, ...builds.map((build) => build.outputs));
  const programs = Object.keys(outputs).filter((file) => /^dist\/(?:cli|node|[\w-]+-worker)\.js$/.test(file));
  const found = new Set(programs);
  for (const file of found) {
    for (const { path: imported, external } of outputs[file].imports) if (!external) found.add(imported);
  }
  return found;
}

function manifest() {
  const json = (file) => JSON.parse(readFileSync(path.join(root, file), 'utf8'));
  const { name, version, license, keywords, engines, dependencies } = json('package.json');
  const { description } = json('package.nls.json');
  return {
    name,
    version,
    description,
    license,
    keywords,
    type: 'module',
    engines: { node: engines.node },
    bin: { memento: 'cli.js' },
    // Only the types of the core name it, in what a tool of your own takes.
    peerDependencies: { zod: `^${dependencies.zod}` },
    peerDependenciesMeta: { zod: { optional: true } },
    exports: { '.': './core.js', './node': './node.js', './package.json': './package.json' },
  };
}

const README = `# Memento

Answers questions about the files of a folder, with citations that were checked, and learns from what you accept or
reject. With no key and no network it works in its extractive mode.

\`\`\`sh
npx memento research "What is there about …?" --workspace notes
\`\`\`

\`import { createNodeAssistant } from 'memento/node'\` is the same for a program, with tools and a model of its own.
\`import { createAssistant } from 'memento'\` is the core alone: it imports nothing and takes what it needs as ports.
Both have types; those of the core name zod, for the parameters of a tool.
`;
