/**
 * A test of real processes can fail where the machine is slow for a moment, so each that fails is tried once more. What
 * passes only then is named, and `scripts/test.mjs` names it again at the end: it has a race to be found.
 */
import type Mocha from 'mocha';

export const RETRIES = 1;
/** How a line about such a test begins. */
export const SECOND_TRY = 'Passed at the second try:';

export function tellOfSecondTry(this: Mocha.Context): void {
  const test = this.currentTest;
  if (test?.state === 'passed' && triesOf(test) > 0) console.log(`${SECOND_TRY} ${test.fullTitle()}`);
}

/** The count has no public name in mocha's types. */
function triesOf(test: object): number {
  const tries: unknown = Reflect.get(test, '_currentRetry');
  return typeof tries === 'number' ? tries : 0;
}

export const mochaHooks = { afterEach: tellOfSecondTry };
