import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { bundleSizes, KB, META, packageOf } from '../../../../bench/budgets/bundles';
import { dependencyCount } from '../../../../bench/budgets/files';
import { activationRatio, ownModules, type Start, startFigures } from '../../../../bench/budgets/startup';

const start = (path: string) => ({ path, kind: 'import-statement' });
const later = (path: string) => ({ path, kind: 'dynamic-import' });
const output = (
  kilobytes: number,
  inputs: readonly string[],
  imports: readonly object[] = [],
  entryPoint?: string,
) => ({
  bytes: kilobytes * KB,
  imports,
  ...(entryPoint === undefined ? {} : { entryPoint }),
  inputs: Object.fromEntries(
    inputs.map((source) => [source, { bytesInOutput: (kilobytes * KB) / inputs.length }]),
  ),
});

const LATE = 'dist/chunks/late-AAAAAAAA.js';
const SHARED = 'dist/chunks/chunk-BBBBBBBB.js';
const HEAVY = 'dist/chunks/chunk-CCCCCCCC.js';
/** Two programs, of which both can come to a late bundle; only one has loaded what is heavy. */
const META_MADE_UP = META.parse([
  {
    outputs: {
      'dist/extension.js': output(10, ['src/extension.ts'], [start(SHARED), later(LATE)], 'src/extension.ts'),
      'dist/cli.js': output(20, ['src/cli.ts'], [start(SHARED), start(HEAVY), later(LATE)], 'src/cli.ts'),
      'dist/cli.js.map': output(500, []),
      [LATE]: output(5, ['src/vscode/late.ts'], [start(SHARED), start(HEAVY)], 'src/vscode/late.ts'),
      [SHARED]: output(
        3,
        ['src/core/common/text.ts', 'node_modules/ulid/index.js'],
        [{ path: 'vscode', kind: 'import-statement', external: true }],
      ),
      [HEAVY]: output(100, ['node_modules/mathjs/index.js']),
    },
  },
  {
    outputs: {
      'dist/webview/codicon-B3TTTKGI.ttf': output(7, ['node_modules/@vscode/codicons/codicon.ttf']),
    },
  },
  { outputs: { 'dist/core.js': output(50, ['src/core/assistant.ts']) } },
  { outputs: { 'dist/node.js': output(60, ['src/library.ts']) } },
]);

const START: Start = {
  hostFiles: ['extension.js', 'chunks/chunk-BBBBBBBB.js'],
  hostBytes: 13 * KB,
  memoryWorkerBytes: 0,
  activateMs: 50,
  activateCpuMs: 20,
  referenceCpuMs: 10,
};

describe('sizes of bundles', () => {
  const sizes = bundleSizes(META_MADE_UP);
  const value = (kind: string, name: string) =>
    sizes.find((each) => each.kind === kind && each.name === name)?.value;

  it('are those of a program with all that it imports at once', () => {
    assert.equal(value('start', 'dist/extension.js'), 13);
    assert.equal(value('start', 'dist/cli.js'), 123);
  });

  it('are, of one that is loaded later, what it adds for the program that has least of it', () => {
    assert.equal(value('lazy', 'src/vscode/late.ts'), 105);
  });

  it('go by names that the next build has too', () => {
    assert.equal(value('page', 'dist/webview/codicon.ttf'), 7);
    assert.deepEqual(
      sizes.map(({ kind, name }) => `${kind} ${name}`),
      [
        ...['start dist/extension.js', 'start dist/cli.js', 'lazy src/vscode/late.ts'],
        ...['page dist/webview/codicon.ttf', 'core dist/core.js'],
      ],
    );
  });

  it('say what they mostly are', () => {
    const cli = sizes.find(({ name }) => name === 'dist/cli.js');
    assert.equal(cli?.mostly, 'mathjs 100 KB, src/cli.ts 20 KB, src/core/common 2 KB');
  });

  it('count a package within a package as the inner one', () => {
    assert.equal(packageOf('node_modules/a/node_modules/@b/c/index.js'), '@b/c');
    assert.equal(packageOf('src/core/text.ts'), undefined);
  });
});

describe('a start', () => {
  it('is known by what it loads: bytes, our modules, and packages by name', () => {
    const { outputs } = META_MADE_UP[0];
    assert.deepEqual(ownModules(START, outputs), ['src/core/common/text.ts', 'src/extension.ts']);
    assert.deepEqual(
      startFigures([START], outputs).map(({ kind, name, value }) => [kind, name, value]),
      [
        ['window', 'the extension host', 13],
        ['windowModules', 'the extension host', 2],
        ['windowPackages', 'ulid', 1.5],
        ['activation', 'activate()', 2],
      ],
    );
    assert.deepEqual(startFigures([], outputs), []);
  });

  it('is as quick as the quickest, as is what it is compared with', () => {
    const busy = { ...START, activateCpuMs: 300, referenceCpuMs: 12 };
    assert.equal(activationRatio([busy]), 25);
    assert.equal(activationRatio([START, busy]), 2);
    assert.equal(activationRatio([busy, { ...START, activateCpuMs: 18, referenceCpuMs: 90 }]), 1.5);
  });
});

describe('dependencies', () => {
  it('are those at run time', () => {
    assert.equal(dependencyCount({ dependencies: { a: '1.0.0', b: '2.0.0' } }).value, 2);
  });
});
