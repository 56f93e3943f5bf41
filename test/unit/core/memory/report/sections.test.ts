/** The sections of the report that count and nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { acceptance } from '../../../../../src/core/memory/report/acceptance';
import { history } from '../../../../../src/core/memory/report/history';
import { predictions } from '../../../../../src/core/memory/report/predictions';
import type { ReportCase } from '../../../../../src/core/memory/report/reportCase';
import { costs, coverage } from '../../../../../src/core/memory/report/usage';
import { someOutcome } from '../../../../fakes/runOutcomes';

const day = (text: string) => Date.parse(`${text}T12:00:00Z`);
let made = 0;
const aCase = (created: string, reward: 1 | 0 | null = null, judged: string | null = null): ReportCase => ({
  caseId: `case ${++made}`,
  runId: `run ${made}`,
  question: 'q',
  createdAt: day(created),
  judgedAt: judged === null ? null : day(judged),
  reward,
});
const dates = (cases: readonly ReportCase[]) =>
  history(cases).buckets.map(({ from }) => new Date(from).toISOString().slice(0, 10));

describe('cases over time', () => {
  it('are counted by what is said of them, and their judgements when they were given', () => {
    const { buckets, words, ...rest } = history([
      aCase('2026-03-01', 1, '2026-03-03'),
      aCase('2026-03-01', 0, '2026-03-01'),
      aCase('2026-03-03'),
    ]);
    assert.deepEqual(rest, { unit: 'day', cases: 3, accepted: 1, rejected: 1, unjudged: 1 });
    assert.deepEqual(
      buckets.map(({ accepted, rejected, unjudged, judgements }) => [
        accepted,
        rejected,
        unjudged,
        judgements,
      ]),
      [
        [1, 1, 0, 1],
        [0, 0, 0, 0],
        [0, 0, 1, 1],
      ],
    );
    assert.equal(words, '3 cases: 1 accepted, 1 rejected, 1 not judged.');
  });

  const units: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['2026-03-30', '2026-04-01', 'day', ['2026-03-30', '2026-03-31', '2026-04-01']],
    [
      '2026-01-01',
      '2026-02-15',
      'week',
      ['2025-12-29', '2026-01-05', '2026-01-12', '2026-01-19', '2026-01-26', '2026-02-02', '2026-02-09'],
    ],
    [
      '2025-11-30',
      '2026-07-01',
      'month',
      [
        '2025-11-01',
        '2025-12-01',
        '2026-01-01',
        '2026-02-01',
        '2026-03-01',
        '2026-04-01',
        '2026-05-01',
        '2026-06-01',
        '2026-07-01',
      ],
    ],
    [
      '2020-06-01',
      '2025-02-01',
      'year',
      ['2020-01-01', '2021-01-01', '2022-01-01', '2023-01-01', '2024-01-01', '2025-01-01'],
    ],
  ];
  for (const [first, last, unit, starts] of units) {
    it(`come by ${unit} from ${first} to ${last}`, () => {
      const cases = [aCase(first), aCase(last)];
      assert.equal(history(cases).unit, unit);
      assert.deepEqual(dates(cases), starts);
    });
  }

  it('are none at first', () => {
    assert.deepEqual(history([]).buckets, []);
    assert.match(history([]).words, /^There are no cases yet/);
  });
});

describe('acceptance', () => {
  const run = (n: number, reward: 1 | 0 | null) => someOutcome(n, { reward });

  it('is a share of the judged runs, group by group', () => {
    const runs = Array.from({ length: 34 }, (_, n) => run(n, n < 10 ? 0 : n === 33 ? null : 1));
    const { groups, share, judged, words } = acceptance(runs);
    assert.deepEqual(
      groups.map((group) => [group.first, group.last, group.judged, group.accepted, group.share.value]),
      [
        [1, 10, 10, 0, 0],
        [11, 20, 10, 10, 1],
        [21, 33, 13, 13, 1],
      ],
    );
    assert.deepEqual([judged, share?.value], [33, 23 / 33]);
    assert.match(words, /^23 of 33 judged runs accepted \(70%\): 0% of the first 10, 100% of the last 13\.$/);
  });

  it('has at most twelve groups, which hold every judged run once', () => {
    for (const count of [1, 9, 15, 119, 120, 121, 185, 1_000]) {
      const { groups } = acceptance(Array.from({ length: count }, (_, n) => run(n, 1)));
      assert.ok(groups.length <= 13, `${groups.length}`);
      assert.deepEqual([groups[0]?.first, groups.at(-1)?.last], [1, count]);
      assert.equal(
        groups.reduce((sum, group) => sum + group.judged, 0),
        count,
      );
    }
  });

  it('of nothing is nothing', () => {
    assert.deepEqual(acceptance([run(0, null)]).groups, []);
    assert.match(acceptance([run(0, null)]).words, /^None of 1 run is judged yet/);
  });
});

describe('the calibration of predictions', () => {
  const said = (n: number, expected: number | null, reward: 1 | 0 | null, chosen = ['a']) =>
    someOutcome(n, { reward, chosen, decision: { expected } });

  it('is measured on judged runs that were shown a case, and on no others', () => {
    const found = predictions([
      said(0, 0.8, 1),
      said(1, 0.2, 1),
      said(2, 0.5, null),
      said(3, null, 1),
      said(4, 0.5, 1, []),
      someOutcome(5, { reward: 0, chosen: ['a'], decision: { expected: 0.9 }, design: { control: true } }),
      someOutcome(6, { reward: 0, chosen: ['a'], decision: { expected: 0.9 }, reused: 'x' }),
    ]);
    assert.deepEqual([found.judged, found.brier?.toFixed(2), found.ece?.toFixed(2)], [2, '0.34', '0.50']);
    assert.match(found.words, /^Not measured yet: 2 judged predictions, too few/);
    assert.match(predictions([]).words, /^Not measured yet: no run/);
  });

  it('says whether the predictions are worth something', () => {
    const sharp = Array.from({ length: 40 }, (_, n) => said(n, n % 2 === 0 ? 0.9 : 0.1, n % 2 === 0 ? 1 : 0));
    assert.match(predictions(sharp).words, /10 points off .* 0\.010 is better than .*0\.250/);
    const wrong = Array.from({ length: 40 }, (_, n) => said(n, 0.9, n % 2 === 0 ? 1 : 0));
    assert.match(predictions(wrong).words, /40 points off .* is no better than/);
  });
});

describe('coverage and costs', () => {
  const outcomes = [
    someOutcome(0, { chosen: ['a'], reward: 1 }),
    someOutcome(1, { chosen: ['a'], design: { control: true }, cost: { inputTokens: 300, duration: 9_000 } }),
    someOutcome(2, { decision: { policy: 'none' }, cost: { cost: null, duration: 1_000 } }),
    someOutcome(3, { chosen: ['a'], reused: 'x', cost: { modelCalls: 0, cost: 0, duration: 50 } }),
  ];

  it('tell how many runs were shown a case, by policy', () => {
    const { policies, words } = coverage(outcomes);
    assert.deepEqual(
      policies.map(({ policy, runs, covered, judged }) => [policy, runs, covered, judged]),
      [
        ['learned', 3, 2, 1],
        ['none', 1, 0, 0],
      ],
    );
    assert.equal(words, '2 of 4 runs (50%) were shown a case; 25% are judged.');
  });

  it('tell what a run took with cases, without, and where an answer was reused', () => {
    const { groups, words } = costs(outcomes);
    assert.deepEqual(
      groups.map(({ group, runs, inputTokens, cost, priced, duration }) => [
        group,
        runs,
        inputTokens,
        cost,
        priced,
        duration,
      ]),
      [
        ['with cases', 1, 100, 0.01, 1, 4_000],
        ['without cases', 2, 200, 0.01, 1, 5_000],
        ['reused', 1, 100, 0, 1, 50],
      ],
    );
    assert.match(
      words,
      /^A run took with cases 120 tokens, \$0\.010 and 4\.0 s \(1 run\); without cases 220 tokens/,
    );
    assert.match(costs([someOutcome(0, { cost: { cost: null } })]).words, /price unknown/);
    assert.deepEqual(costs([]).groups, []);
  });
});
