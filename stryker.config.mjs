/**
 * Mutation testing of what decides whether something may happen: `npm run mutants`, `npm run mutants -- -m src/core/agent/exposure.ts`
 * for one of them. A mutant that no test notices is a guard that could be lost.
 */

/** Files to be mutated, and the tests that must notice. */
const POLICIES = [
  'src/core/tools/shell/*.ts',
  'src/core/tools/guardedPaths.ts',
  'src/core/tools/web/{urlPolicy,hostName,publicAddress,robots}.ts',
  'src/core/agent/exposure.ts',
  'src/node/{commandPlace,gitSettings}.ts',
  'src/node/http/{addressGuard,redirect}.ts',
];
const TESTS = [
  'test/unit/core/tools/shell/decideCommand.test.ts',
  'test/unit/core/tools/shell/commandPolicy.test.ts',
  'test/unit/core/tools/shell/commandRules.test.ts',
  'test/unit/core/tools/guardedPaths.test.ts',
  'test/unit/core/tools/web/urlPolicy.test.ts',
  'test/unit/core/tools/web/publicAddress.test.ts',
  'test/unit/core/tools/web/robots.test.ts',
  'test/unit/core/agent/exposure.test.ts',
  'test/unit/node/commandPlace.test.ts',
  'test/unit/node/gitSettings.test.ts',
  'test/unit/node/http/addresses.test.ts',
  'test/unit/node/http/redirect.test.ts',
];

export default {
  mutate: POLICIES,
  plugins: [new URL('test/mutation/mochaRunner.mjs', import.meta.url).href],
  testRunner: 'policy-tests',
  policyTests: { files: TESTS, timeout: 20_000 },
  testRunnerNodeArgs: ['--import', 'tsx'],
  coverageAnalysis: 'perTest',
  concurrency: 2,
  thresholds: { break: 90 },
  // Only these are copied to where the mutants are made.
  ignorePatterns: ['**', '!src/**', '!test/**', '!dist/*.wasm', '!package.json', '!tsconfig.json'],
  tempDirName: '.cache/mutants',
  reporters: ['clear-text', 'progress', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, skipFull: true },
  jsonReporter: { fileName: '.cache/mutants.json' },
};
