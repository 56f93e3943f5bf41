/** Runs mocha inside VS Code's extension host; test/editor/bundle.mjs gives it the test files of a suite. */
import { writeFileSync } from 'node:fs';
import type Mocha from 'mocha';
import { closeEditor, screenshotOfFailure } from './driver';
import { RETRIES, tellOfSecondTries } from '../secondTry';
import { inSources } from './stack';

/** A file's name, and what loads (and so registers) its tests. */
export type TestFile = readonly [name: string, load: () => Promise<unknown>];

const TEST_TIMEOUT_MS = 60_000;

/** VS Code calls this through `run()`; a rejection is what makes it end with a failure. */
export async function runSuite(files: readonly TestFile[]): Promise<void> {
  // Mocha is an ES module: what `require` makes of its default export differs between Node 22 and 24.
  const { default: MochaRunner } = await import('mocha');
  const grep = process.env.MEMENTO_TEST_GREP;
  const mocha = new MochaRunner({
    ui: 'bdd',
    reporter: 'spec',
    color: false,
    timeout: TEST_TIMEOUT_MS,
    retries: RETRIES,
    ...(grep ? { grep } : {}),
    rootHooks: {
      async afterEach(this: Mocha.Context) {
        if (this.currentTest?.state === 'failed') await screenshotOfFailure(this.currentTest.fullTitle());
      },
      afterAll: closeEditor,
    },
  });
  for (const [name, load] of files) {
    mocha.suite.emit('pre-require', globalThis, name, mocha); // makes describe() and it() belong to this file
    await load();
  }
  await run(mocha);
}

function run(mocha: Mocha): Promise<void> {
  return new Promise((resolve, reject) => {
    const tally = { passed: 0, failed: 0 };
    const runner = mocha.run((failures) => {
      if (failures > 0) reject(new Error(`${failures} failed`));
      else if (tally.passed === 0) reject(new Error('no test ran'));
      else resolve();
    });
    tellOfSecondTries(runner, ({ stack, message }) => (stack ? inSources(stack) : message));
    runner
      .on('pass', () => {
        tally.passed++;
        writeResults(tally);
      })
      .on('fail', (_test, error: Error) => {
        if (error.stack) error.stack = inSources(error.stack);
        tally.failed++;
        writeResults(tally);
      });
  });
}

/** After every test, so that a run that is cut off still tells; read by test/editor/run.mjs. */
function writeResults(tally: { readonly passed: number; readonly failed: number }): void {
  const file = process.env.MEMENTO_TEST_RESULTS;
  if (file) writeFileSync(file, JSON.stringify(tally));
}
