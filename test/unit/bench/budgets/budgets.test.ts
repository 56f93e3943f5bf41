import assert from 'node:assert/strict';
import path from 'node:path';
import { describe, it } from 'mocha';
import { judge, type Measurement, readBudgets, unusedLimits } from '../../../../bench/budgets/budgets';

const budgets = readBudgets(path.resolve(import.meta.dirname, '../../../../budgets.json'));

/** What the sentence of an excess says, of something made up. */
const excess = (kind: string, name: string, value: number, mostly?: string) =>
  judge(budgets, [{ kind, name, value, ...(mostly === undefined ? {} : { mostly }) }])[0]?.excess;

describe('budgets', () => {
  it('each have a reason and a limit that can be kept', () => {
    for (const [kind, { why, usualCause, limits }] of Object.entries(budgets)) {
      assert.ok(why.length > 20 && usualCause.length > 20, kind);
      assert.ok(Object.keys(limits).length > 0, kind);
      for (const [name, limit] of Object.entries(limits)) assert.equal(excess(kind, name, limit), undefined);
    }
  });

  it('of each kind fail with a sentence: what it is, how much, what is allowed and where, and the usual cause', () => {
    for (const [kind, { unit, limits, usualCause }] of Object.entries(budgets)) {
      const [name = '', limit = NaN] = Object.entries(limits)[0] ?? [];
      const sentence = excess(kind, name, limit + 1) ?? '';
      const number = (value: number) => new Intl.NumberFormat('en').format(value);
      for (const part of [
        name,
        `${number(limit + 1)} ${unit}`.trim(),
        `at most ${number(limit)} ${unit}`.trim(),
        `under “${kind}” in budgets.json`,
        usualCause,
      ]) {
        assert.ok(sentence.includes(part), `${part}: ${sentence}`);
      }
      assert.match(sentence, /^Over budget: [^\n]+\.$/);
    }
  });

  it('say what most of it is', () => {
    assert.equal(
      excess('start', 'dist/extension.js', 150, 'mathjs 80 KB'),
      'Over budget: what dist/extension.js loads at its start is 150 KB (most of it is mathjs 80 KB), and at most 75 KB ' +
        'is allowed under “start” in budgets.json, which is the place to allow more, with a reason; usually the cause ' +
        'is an import at the top of a file that could be made where it is used (await import).',
    );
  });

  it('hold what has no limit of its own: to that of others, or to nothing', () => {
    const others = budgets.lazy?.others ?? NaN;
    assert.equal(excess('lazy', 'src/new.ts', others), undefined);
    assert.match(excess('lazy', 'src/new.ts', others + 1) ?? '', /src\/new\.ts/);
    assert.match(excess('windowPackages', 'mathjs', 1) ?? '', /nothing of the kind is allowed/);
  });

  it('fail what could not be measured', () => {
    assert.match(excess('activation', 'activate()', NaN) ?? '', /^Over budget/);
    assert.throws(() => excess('colour', 'red', 1), /nothing about “colour”/);
  });

  it('name limits on what is not there any more', () => {
    const all = Object.keys(budgets.start?.limits ?? {}).map((name): Measurement => ({
      kind: 'start',
      name,
      value: 0,
    }));
    assert.deepEqual(unusedLimits(budgets, all), []);
    const [unused, ...more] = unusedLimits(budgets, all.slice(1));
    assert.match(unused ?? '', /dist\/extension\.js under “start”.+take it out\.$/);
    assert.deepEqual(more, []);
  });
});
