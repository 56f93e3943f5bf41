/**
 * Stryker's test runner on the project's own mocha, of which Stryker's has only older versions: all tests in one process,
 * loaded once, and for each mutant only those that come by it.
 * https://stryker-mutator.io/docs/stryker-js/guides/create-a-plugin
 */
import path from 'node:path';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { commonTokens, declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';

/** What the mutated sources read and write. */
const instrumented = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

class MochaRunner {
  static inject = [commonTokens.options];
  #mocha;
  #options;

  constructor({ policyTests }) {
    this.#options = policyTests;
  }

  /** A mutant in what runs while a file is loaded needs a process of its own. */
  capabilities() {
    return { reloadEnvironment: false };
  }

  async dryRun() {
    instrumented.activeMutant = undefined;
    const result = await this.#run({ bail: false });
    return { ...result, mutantCoverage: instrumented.mutantCoverage };
  }

  async mutantRun({ activeMutant, mutantActivation, testFilter, hitLimit }) {
    if (mutantActivation === 'static') instrumented.activeMutant = activeMutant.id;
    await this.#load();
    Object.assign(instrumented, { activeMutant: activeMutant.id, hitCount: hitLimit && 0, hitLimit });
    const result = await this.#run({ bail: true, ids: testFilter });
    return toMutantRunResult(determineHitLimitReached(instrumented.hitCount, hitLimit) ?? result);
  }

  async #load() {
    if (this.#mocha) return;
    const { files, timeout } = this.#options;
    const mocha = new Mocha({ timeout, reporter: class {} });
    mocha.cleanReferencesAfterRun(false);
    for (const file of files) mocha.addFile(path.resolve(file));
    await mocha.loadFilesAsync();
    mocha.suite.beforeEach('notes whose the coverage is', function () {
      instrumented.currentTestId = this.currentTest.fullTitle();
    });
    this.#mocha = mocha;
  }

  async #run({ bail, ids }) {
    await this.#load();
    const mocha = this.#mocha;
    mocha.bail(bail);
    mocha.grep(ids ? new RegExp(`^(?:${ids.map(escaped).join('|')})$`) : /^/);
    const tests = [];
    await new Promise((resolve) => {
      const note = (test, status, more) =>
        tests.push({
          ...{ id: test.fullTitle(), name: test.fullTitle(), fileName: test.file },
          ...{ timeSpentMs: test.duration ?? 0, status, ...more },
        });
      mocha
        .run(() => resolve())
        .on('pass', (test) => note(test, TestStatus.Success))
        .on('pending', (test) => note(test, TestStatus.Skipped))
        .on('fail', (test, error) =>
          note(test, TestStatus.Failed, { failureMessage: String(error?.stack ?? error) }),
        );
    });
    instrumented.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests };
  }
}

const escaped = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'policy-tests', MochaRunner)];

export const strykerValidationSchema = {
  properties: {
    policyTests: { type: 'object', properties: { files: { type: 'array' }, timeout: { type: 'number' } } },
  },
};
