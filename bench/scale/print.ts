/** The benchmark's results in words. */
import { percent } from '../../src/core/common/figures';
import type { Alarms } from './alarms';
import type { Checkpoint, Spread } from './checkpoint';
import type { Crowded } from './crowded';
import type { Forgetting } from './forgetting';
import { exponentOf, ratioOf } from './growth';
import type { Life } from './life';
import type { Results, Sizes } from './parts';
import { type FirstKinds, type Mean, regretOf, shareOf } from './regret';

export function headOf({ seed, runs, mostCases, cases, worlds }: Sizes): string {
  return [
    `Seed ${seed}: ${runs} runs of simulated users in one bank for each policy; ${cases} cases in another; ${worlds} worlds.`,
    'Simulated: the users (25, what they ask, judge, put right and throw away), their questions and these vectors (kinds',
    '  that the encoder sees in part), whether an answer is right, what a case does, the noise of judgements (.2 of the',
    '  runs are judged, .11 of these wrongly), the planner, the clock. Nothing was asked of a model.',
    'Real: the bank (journal, images, SQL, indexes), retrieval, both policies, the coins, the memory report, the thread.',
    `Chosen: people tidy up a bank of more than ${mostCases} cases, what nobody judged first. Nothing waits for the disk`,
    '  (bench journal tells what that costs); times are those of the processor, median / 95th percentile.',
  ].join('\n');
}

export function printResults(results: Results): void {
  const { learned, similarity, crowded, alarms } = results;
  if (learned) printRegret(learned, similarity);
  for (const life of [learned, similarity]) if (life) printKinds(life);
  if (learned) {
    printForgetting(learned.forgetting, learned.revenants + (similarity?.revenants ?? 0));
    printSizes(
      `Policy learned: ${learned.judged} judgements, ${learned.forgotten} cases forgotten`,
      learned.checkpoints,
    );
  }
  if (crowded) printCrowded(crowded);
  if (alarms) printAlarms(alarms);
}

function printRegret(learned: Life, similarity: Life | undefined): void {
  console.log('\nChance of success by tenth of the runs, and regret against the best cases in the bank');
  const rows: [string, readonly Mean[], 'none' | 'chosen' | 'oracle'][] = [
    ['none', learned.deciles, 'none'],
    ...(similarity
      ? [['similarity', similarity.deciles, 'chosen'] satisfies [string, readonly Mean[], 'chosen']]
      : []),
    ['learned', learned.deciles, 'chosen'],
    ['oracle', learned.deciles, 'oracle'],
  ];
  for (const [name, deciles, of] of rows) {
    const chances = deciles.map((mean) => mean[of].toFixed(3).slice(1).padStart(6)).join('');
    const regret = of === 'oracle' ? 0 : regretOf(deciles, of);
    console.log(`  ${name.padEnd(11)}${chances}   regret ${regret.toFixed(0)}`);
  }
}

function printKinds({ policy, firstKinds }: Life): void {
  console.log(
    `\nKinds asked in the first 5 % and in the last 2 % only, policy ${policy}: share of what the best cases add`,
  );
  for (const kinds of firstKinds) {
    const cells = (['learned', 'again', 'later'] as const).map((when) => cell(kinds, when)).join(', ');
    console.log(`  ${kinds.drifted ? 'drifted since' : 'as they were '}: ${cells}`);
  }
}

const WHEN = { learned: 'when learned', again: 'asked again', later: 'a little later' };
/** Of few runs a share says nothing. */
const FEWEST = 50;

function cell(kinds: FirstKinds, when: keyof typeof WHEN): string {
  const { runs, chosen } = kinds[when];
  const share = runs < FEWEST ? '–' : percent(shareOf(kinds[when]));
  return `${WHEN[when]} ${share} (chance ${chosen.toFixed(3)}, ${runs} runs)`;
}

function printForgetting(found: Forgetting, revenants: number): void {
  const { cases, forgotten, asked, before, after, looked, foundForgotten, foundKept } = found;
  console.log('\nForgotten by a person');
  console.log(`  forgotten cases that any decision of all runs named: ${revenants}`);
  console.log(
    `  then ${forgotten} of ${cases} cases forgotten; named when ${asked} of them were asked: ${found.revenants}`,
  );
  console.log(`  image ${mega(before)} MB before the purge, ${mega(after)} MB after`);
  console.log(
    `  answers found in the files: of ${looked} forgotten ones ${foundForgotten}, of as many kept ones ${foundKept}`,
  );
}

function printCrowded({ cases, checkpoints, thread }: Crowded): void {
  printSizes(`One bank of ${cases} cases that nobody tidies up`, checkpoints);
  const { open, firstDecision, decision } = thread;
  console.log(
    `  the memory's thread over these files, by the clock: opens in ${open.toFixed(0)} ms, first decision ` +
      `${firstDecision.toFixed(0)} ms, then ${decision.toFixed(0)} ms`,
  );
}

const COLUMNS: readonly (readonly [title: string, cell: (at: Checkpoint) => string])[] = [
  ['     runs', ({ runs }) => String(runs)],
  ['   cases', ({ cases }) => String(cases)],
  ['  image MB', ({ image }) => mega(image)],
  ['  files MB', ({ files }) => mega(files)],
  ['  written MB', ({ written }) => mega(written)],
  ['  images', ({ images }) => String(images)],
  ['  RSS MB', ({ rss }) => mega(rss)],
  ['  heap MB', ({ heap }) => mega(heap)],
  ['  buffers MB', ({ buffers }) => mega(buffers)],
  ['  decision ms', ({ times }) => both(times.decision)],
  ['  judgement ms', ({ times }) => both(times.judgement)],
  ['  keeping ms', ({ times }) => both(times.keeping)],
  ['  image ms', ({ times }) => (times.image ? times.image.median.toFixed(0) : '–')],
  ['  report ms', ({ report }) => report.toFixed(0)],
];

function printSizes(title: string, checkpoints: readonly Checkpoint[]): void {
  console.log(`\n${title}`);
  console.log(COLUMNS.map(([name]) => name).join(''));
  for (const at of checkpoints) {
    console.log(COLUMNS.map(([name, cell]) => cell(at).padStart(name.length)).join(''));
  }
  for (const what of ['decision', 'judgement', 'keeping'] as const) {
    const ratio = ratioOf(checkpoints, what);
    const exponent = exponentOf(checkpoints, what, ({ runs }) => runs);
    if (ratio === undefined || exponent === undefined) continue;
    const first = checkpoints[0]?.runs ?? 0;
    console.log(
      `  ${what}: ${ratio.toFixed(1)} × the time at ${first} runs; grows as runs^${exponent.toFixed(2)}`,
    );
  }
}

function printAlarms(alarms: readonly Alarms[]): void {
  console.log(
    `\nFalse alarms of the memory report in ${alarms[0]?.worlds ?? 0} worlds where memory does nothing`,
  );
  for (const { looks, anytime, usual, claimed } of alarms) {
    console.log(
      `  ${pad(looks, 5)} looks: anytime interval ${percent(anytime)}, usual interval ${percent(usual)}, ` +
        `the report's claim ${percent(claimed)}`,
    );
  }
}

const both = (spread: Spread | undefined) =>
  spread === undefined ? '–' : `${spread.median.toFixed(1)} / ${spread.p95.toFixed(0)}`;
const pad = (value: number, width: number) => String(value).padStart(width);
const mega = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
