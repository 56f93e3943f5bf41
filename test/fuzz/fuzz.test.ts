/** Each property with a modest number of inputs, other ones each time, and with every input that was ever found. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { allSubjects } from './allSubjects';
import { decodeCase, encodeCase, foundCases } from './found';

const subjects = await allSubjects();
const found = foundCases();

describe('what is fuzzed', function () {
  this.timeout(120_000);

  for (const [file, properties] of subjects) {
    describe(file, () => {
      for (const { name, runs, property, check } of properties) {
        for (const kept of found.filter(({ subject }) => subject === name))
          it(`${name}: ${kept.file}`, () => check(kept.values));
        // A failure prints the seed and the path to it.
        it(name, () => fc.assert(property, { numRuns: runs }));
      }
    });
  }

  it('keeps no case of a subject that is no longer there', () => {
    const names = new Set([...subjects.values()].flat().map(({ name }) => name));
    for (const { file, subject } of found) assert.ok(names.has(subject), file);
  });

  it('keeps any plain data as it was', () => {
    const anything = fc.anything({ withNullPrototype: false, maxDepth: 3 });
    const value = fc.oneof(anything, fc.uint8Array(), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(value), (values) => {
        const kept = decodeCase(encodeCase({ subject: 'a', error: '', values }));
        assert.deepEqual(kept.values, values);
      }),
    );
  });
});
