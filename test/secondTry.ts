/**
 * A test of real processes can fail where the machine is slow for a moment, so each that fails is tried once more. Why
 * it failed is printed, and what passes only then is named, here and by `scripts/test.mjs` at the end: it has a race to
 * be found.
 */
import type Mocha from 'mocha';

export const RETRIES = 1;
/** How a line about a test begins that passed only at its second try. */
const SECOND_TRY = 'Passed at the second try:';
const FIRST_TRY = 'Failed at the first try:';

/** @param stackOf the error as it is to be printed */
export function tellOfSecondTries(
  runner: Mocha.Runner,
  stackOf: (error: Error) => string = ({ stack, message }) => stack ?? message,
): void {
  const retried = new Set<string>();
  runner
    .on('retry', (test: Mocha.Test, error: Error) => {
      retried.add(test.fullTitle());
      console.log(`${FIRST_TRY} ${test.fullTitle()}\n${stackOf(error)}`);
    })
    .on('pass', (test: Mocha.Test) => {
      if (retried.has(test.fullTitle())) console.log(`${SECOND_TRY} ${test.fullTitle()}`);
    });
}
