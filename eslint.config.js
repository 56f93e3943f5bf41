import tseslint from 'typescript-eslint';

/**
 * The layers of docs/ARCHITECTURE.md, as import bans: inside the core
 * common <- ports <- memory <- tools <- agent <- assistant, and outside it
 * protocol -> core types, models/formats/node -> core, vscode -> all of these, webview-ui -> protocol and the fold.
 */
const ban = (files, patterns, message) => ({
  files,
  rules: { 'no-restricted-imports': ['error', { patterns: patterns.map((group) => ({ group, message })) }] },
});
const HOSTS = [
  'vscode',
  'node:*',
  'fs',
  'path',
  'os',
  'child_process',
  'worker_threads',
  'http',
  'https',
  'crypto',
];
const OUTSIDE_CORE = [
  '**/models/**',
  '**/formats/**',
  '**/node/**',
  '**/vscode/**',
  '**/protocol/**',
  '**/webview-ui/**',
];

export default tseslint.config(
  { ignores: ['dist/**', 'node_modules/**', '.cache/**', 'test-results/**', 'examples/**'] },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './webview-ui/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    // `{ z }` brings the whole of it, 470 KB with its languages; of the namespace only what is used is bundled.
    files: ['src/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'URL',
          property: 'canParse',
          message: 'Node 20 gets it wrong: use parseUrl of common/url.ts.',
        },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector:
            "ImportDeclaration[source.value='zod'][importKind='value'] > :matches(ImportSpecifier, ImportDefaultSpecifier)",
          message: "Write `import * as z from 'zod'`.",
        },
        {
          selector: 'MemberExpression[property.name=/^show(Information|Warning|Error)Message$/]',
          message: 'VS Code makes links of what it shows: use vscode/notifications.ts.',
        },
      ],
    },
  },
  ban(
    ['src/core/**'],
    [HOSTS, OUTSIDE_CORE],
    'The core imports neither a host nor an adapter: declare a port.',
  ),
  ban(
    ['src/core/common/**'],
    [
      HOSTS,
      OUTSIDE_CORE,
      ['**/ports', '**/ports/**', '**/memory/**', '**/tools/**', '**/agent/**', '**/assistant'],
    ],
    'common is the lowest layer.',
  ),
  ban(
    ['src/core/ports.ts', 'src/core/ports/**'],
    [HOSTS, OUTSIDE_CORE, ['**/memory/**', '**/tools/**', '**/agent/**', '**/assistant']],
    'ports stand on common only.',
  ),
  ban(
    ['src/core/memory/**'],
    [HOSTS, OUTSIDE_CORE, ['**/tools/**', '**/agent/**', '**/assistant']],
    'memory stands on ports and common.',
  ),
  ban(
    ['src/core/tools/**'],
    [HOSTS, OUTSIDE_CORE, ['**/agent/**', '**/assistant']],
    'tools stand on memory, ports and common.',
  ),
  ban(
    ['src/core/agent/**'],
    [HOSTS, OUTSIDE_CORE, ['**/assistant', '**/export/**', '**/served/**']],
    'the agent does not know its composition root, nor how its runs are told.',
  ),
  ban(
    ['src/core/evaluation/**'],
    [HOSTS, OUTSIDE_CORE, ['**/export/**', '**/served/**', '**/markdown/**']],
    'an evaluation asks the assistant as a host does; how runs are told is nothing to it.',
  ),
  ban(
    ['src/core/markdown/**'],
    [HOSTS, OUTSIDE_CORE, ['**/ports', '**/memory/**', '**/tools/**', '**/agent/**', '**/assistant']],
    'markdown knows texts only: the page bundles it.',
  ),
  ban(
    ['src/core/export/**', 'src/core/served/**'],
    [HOSTS, OUTSIDE_CORE, ['**/assistant']],
    'documents and other agents are told of runs; they start none.',
  ),
  ban(
    ['src/protocol/**'],
    [HOSTS, ['**/models/**', '**/formats/**', '**/node/**', '**/vscode/**', '**/webview-ui/**']],
    'protocol knows core types only.',
  ),
  ban(
    ['src/models/**', 'src/formats/**'],
    [['vscode', '**/vscode/**', '**/node/**', '**/protocol/**', '**/webview-ui/**']],
    'adapters stand on the core only.',
  ),
  // The thread that reads documents starts in src/formats (document-worker.ts), for the adapters to load there; here is
  // its host's side, which knows the calls by their types alone.
  ban(
    ['src/node/**'],
    [['vscode', '**/vscode/**', '**/webview-ui/**', '**/models/**', '**/formats/**']],
    'node adapters stand on the core.',
  ),
  ban(
    ['src/library.ts', 'src/library/**'],
    [['vscode', '**/vscode/**', '**/webview-ui/**', '**/protocol/**', '**/cli/**']],
    'the library is the core over Node: the command line stands on it.',
  ),
  ban(
    ['src/cli.ts', 'src/cli/**'],
    [['vscode', '**/vscode/**', '**/webview-ui/**']],
    'the command line runs without an editor.',
  ),
  ban(
    ['webview-ui/**'],
    [
      HOSTS,
      [
        '**/models/**',
        '**/formats/**',
        '**/node/**',
        '**/src/vscode/**',
        '**/memory/**',
        '**/tools/**',
        '**/assistant',
      ],
    ],
    'the webview knows the protocol and the pure fold.',
  ),
  {
    files: ['test/**/*.ts', 'test/**/*.tsx', 'bench/**/*.ts'],
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
);
