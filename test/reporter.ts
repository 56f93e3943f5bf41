/** mocha's own, and what is said of second tries. */
import fc from 'fast-check';
import Mocha from 'mocha';
import { tellOfSecondTries } from './secondTry';

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    tellOfSecondTries(runner);
    // One seed of all: the inputs of a property are the same at its second try, which would else hide what was found.
    fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: Math.floor(Math.random() * 2 ** 31) });
  }
}
