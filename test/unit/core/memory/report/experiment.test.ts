import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { SeededRandom } from '../../../../../src/core/memory/policy/random';
import type { RunOutcome } from '../../../../../src/core/memory/runRecord';
import { experiment } from '../../../../../src/core/memory/report/experiment';
import { newcombe } from '../../../../../src/core/memory/report/intervals';
import { settled } from '../../../../../src/core/memory/report/settled';
import { type RunParts, someOutcome } from '../../../../fakes/runOutcomes';

/**
 * Runs in words: `c1` an accepted control, `o0` a rejected other, `c?` one that nobody judged; `20×o1` twenty of them.
 */
function runs(text: string, parts: RunParts = {}, from = 0): RunOutcome[] {
  const each = text.split(' ').flatMap((word) => {
    const [, count = '1', arm, verdict] = /^(?:(\d+)×)?([co])([01?])$/.exec(word) ?? [];
    return Array<{ arm?: string; verdict?: string }>(Number(count)).fill({
      ...(arm === undefined ? {} : { arm }),
      ...(verdict === undefined ? {} : { verdict }),
    });
  });
  return each.map(({ arm, verdict }, n) =>
    someOutcome(from + n, {
      chosen: ['a'],
      reward: verdict === '?' ? null : verdict === '1' ? 1 : 0,
      ...parts,
      design: { controlRate: 0.5, control: arm === 'c', ...parts.design },
    }),
  );
}
/** The same in an order that has nothing to do with arms and rewards. */
function mixed(text: string): RunOutcome[] {
  const random = new SeededRandom(1);
  const placed = runs(text).map((each) => ({ each, at: random.next() }));
  return placed
    .sort((a, b) => a.at - b.at)
    .map(({ each }, n) => ({ ...each, record: { ...each.record, runId: runIdOf(n), at: n } }));
}
const runIdOf = (n: number) => String(n).padStart(26, '0');
const measure = (outcomes: readonly RunOutcome[]) => experiment(outcomes, 0, () => undefined);
const asked = (arms: { controls: { runs: number; judged: number; accepted: number } }) => {
  const { runs: all, judged, accepted } = arms.controls;
  return [all, judged, accepted];
};

describe('the experiment', () => {
  const answers: readonly (readonly [string, RunOutcome[], string, RegExp])[] = [
    ['nothing', [], 'off', /^Not measured yet: no run is recorded\.$/],
    ['no controls', runs('3×o1', { design: { controlRate: 0 } }), 'off', /controls are off/],
    ['nothing but controls', runs('3×c1', { design: { controlRate: 1 } }), 'off', /controls are off/],
    [
      'an empty memory',
      runs('3×o1 c1', { chosen: [] }),
      'ineligible',
      /none of the 4 runs .* a case to show/,
    ],
    ['nothing judged', runs('3×o? c?'), 'unjudged', /none of the 4 runs of the experiment is judged/],
    ['no control judged', runs('3×o1 c?'), 'unjudged', /no control is judged, 3 of the other kind are/],
    ['few', runs('30×o1 9×c0'), 'few', /9 controls and 30 other runs are judged, too few/],
    ['chance', mixed('20×o1 10×o0 12×c1 8×c0'), 'open', /can be chance .*20 of about 356 controls needed/],
    ['help', mixed('95×o1 5×o0 30×c1 70×c0'), 'helps', /^Memory helps: .* 95% of 100 .* 30% of 100 .*\+65/],
    ['harm', mixed('30×o1 70×o0 95×c1 5×c0'), 'harms', /^Memory harms: .*−65 points \(between −/],
  ];
  for (const [name, outcomes, status, words] of answers) {
    it(`says in a sentence what comes of ${name}`, () => {
      const found = measure(outcomes);
      assert.equal(found.status, status, found.words);
      assert.match(found.words, words);
    });
  }

  it('claims nothing where the anytime interval contains 0, though the other one does not', () => {
    const found = measure(mixed('30×o1 10×o0 19×c1 21×c0'));
    assert.ok(found.difference && found.difference.low > 0);
    assert.ok(found.anytime && found.anytime.low < 0 && found.anytime.high > 0);
    assert.equal(found.status, 'open');
  });

  it('claims nothing that only the order of the runs speaks for', () => {
    const found = measure(runs('240×o1 160×o0 238×c1 162×c0'));
    assert.ok(found.anytime && found.anytime.high < 0);
    assert.equal(found.status, 'open');
  });

  it('says that no effect can be told once there were controls enough', () => {
    const found = measure(mixed('240×o1 160×o0 238×c1 162×c0'));
    assert.match(found.words, /^No effect can be told/);
    assert.doesNotMatch(found.words, /needed/);
  });

  it('counts by intention to treat: what came after the coin moves no run', () => {
    const after = [
      ...runs('o1', { reused: 'x' }),
      ...runs('c?', { outcome: 'cancelled' }, 1),
      ...runs('c?', { outcome: 'failed' }, 2),
      ...runs('o1', { decision: { eligible: false } }, 3),
      ...runs('c1', {}, 4),
    ];
    const found = measure(after);
    assert.deepEqual(asked(found), [3, 1, 1]);
    assert.deepEqual([found.others.runs, found.others.accepted], [1, 1]);
  });

  it('compares only runs of one rate: a rate that is changed makes no effect', () => {
    const early = runs('81×o1 9×o0 9×c1 1×c0', { design: { controlRate: 0.1 } });
    const late = runs('10×o1 40×o0 10×c1 40×c0', { design: { controlRate: 0.5 } }, 100);
    const { difference, strata, others, controls } = measure([...early, ...late]);
    assert.ok(difference && Math.abs(difference.value) < 1e-12);
    assert.ok((others.shareAccepted ?? 0) - (controls.shareAccepted ?? 0) > 0.3, 'pooled they differ');
    assert.deepEqual(
      strata.map((stratum) => [stratum.controlRate, ...asked(stratum)]),
      [
        [0.1, 10, 10, 9],
        [0.5, 50, 50, 10],
      ],
    );
  });

  it('gives Newcombe’s interval where there is one rate', () => {
    assert.deepEqual(
      measure(runs('20×o1 10×o0 12×c1 8×c0')).difference,
      newcombe({ judged: 30, accepted: 20 }, { judged: 20, accepted: 12 }),
    );
  });

  it('warns where the arms are not judged alike', () => {
    const { warning, ...found } = measure(runs('20×o1 10×o0 12×c1 8×c0 20×c?'));
    assert.equal(found.controls.shareJudged, 0.5);
    assert.match(warning ?? '', /^50% of the controls are judged and 100% of the others/);
    assert.equal(measure(runs('20×o1 10×o0 5×o? 12×c1 8×c0 4×c?')).warning, null);
  });

  it('needs as many runs as the controls’ own share asks for, or 60 % before it is known', () => {
    assert.deepEqual(measure(runs('3×o1 c0')).needed?.from, 0.6);
    assert.deepEqual(measure(runs('3×o1 5×c0 5×c1')).needed?.from, 0.5);
    const sure = measure(runs('3×o1 19×c1 c0')).needed;
    assert.ok(sure && sure.from === 0.95 && Math.abs(sure.to - 0.85) < 1e-12);
    assert.equal(measure(runs('3×o1', { design: { controlRate: 0 } })).needed, null);
  });

  it('takes the judgements in the order in which they were given', () => {
    const outcomes = runs('15×o1 2×c1 15×c0 3×o0');
    const order = outcomes.map(({ record }) => record.runId);
    const backwards = experiment(outcomes, 0, (runId) => -order.indexOf(runId));
    assert.notDeepEqual(backwards.anytime, measure(outcomes).anytime);
    assert.deepEqual(
      backwards.anytime,
      measure(
        outcomes.toReversed().map((each, n) => ({
          ...each,
          record: { ...each.record, at: n },
        })),
      ).anytime,
    );
  });
});

describe('what is counted', () => {
  const counted = (outcomes: readonly RunOutcome[]) =>
    settled(outcomes).counted.map(({ record }) => Number(record.runId));

  it('leaves out what is newer than the newest judgement, so that a run does not tell its arm', () => {
    assert.deepEqual(counted(runs('o? o1 c? o?')), [0, 1]);
    assert.equal(settled(runs('o? o1 c? o?')).pending, 2);
    assert.deepEqual(counted(runs('o? o1 c? o? c0')), [0, 1, 2, 3, 4]);
    assert.deepEqual(counted(runs('c? o?', { design: { controlRate: 0, dropRate: 0.1 } })), []);
  });

  it('holds back nothing that has no arm, or that nobody will ever judge', () => {
    assert.deepEqual(counted(runs('o? o?', { design: { controlRate: 0 } })), [0, 1]);
    assert.deepEqual(counted(runs('o? c?', { outcome: 'failed' })), [0, 1]);
  });
});
