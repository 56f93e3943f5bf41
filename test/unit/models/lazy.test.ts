import assert from 'node:assert/strict';
import { build } from 'esbuild';

it('the extractive default does not load the SDK', async () => {
  const { metafile } = await build({
    entryPoints: ['src/models/index.ts'],
    outdir: 'unwritten',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    metafile: true,
    logLevel: 'silent',
  });
  const outputs = metafile.outputs;
  const loaded = new Set<string>();
  const load = (file: string) => {
    if (loaded.has(file)) return;
    loaded.add(file);
    for (const { path, kind } of outputs[file]?.imports ?? []) if (kind === 'import-statement') load(path);
  };
  load('unwritten/index.js');
  const inputs = [...loaded].flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  assert.ok(inputs.includes('src/models/index.ts'));
  assert.deepEqual(
    inputs.filter((input) => input.includes('node_modules/openai/')),
    [],
  );
});
