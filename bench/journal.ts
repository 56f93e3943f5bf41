/**
 * Whether the memory keeps what it acknowledged, and what that costs.
 *   npm run bench -- journal [--kills N, default 100] [--cases N, default 10000] [--json] [--quick]
 * Chaos with two processes that are killed; a mutant of the journal for each of its rules, which must lose something;
 * the cost of a durable write; opening a large bank. Exits with 1 where something was lost, or a mutant lost nothing.
 * --quick: 20 kills and 2,000 cases. Takes about 2 min.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { SCENARIOS } from '../test/fakes/journalScenarios';
import { chaos, type ChaosResult } from './journal/chaos';
import { openCost, type OpenCost, writeCost, type WriteCost } from './journal/costs';
import { closeWith, type Figure } from './table/figure';

interface MutantResult {
  readonly mutant: string;
  /** Acknowledged cases that the journal lost in the scenario, and that the mutant did. */
  readonly lost: number;
  readonly lostByMutant: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string' },
      cases: { type: 'string' },
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
    },
  });
  const print = (name: string, result: object, text: string) =>
    console.log(values.json ? JSON.stringify({ name, ...result }) : text);
  const work = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-'));
  try {
    const mutants = await Promise.all(SCENARIOS.map(runMutant));
    for (const result of mutants) print('mutant', result, mutantText(result));
    const writing = await writeCost(work);
    print('write', writing, writeText(writing));
    const opening = await openCost(work, Number(values.cases ?? (values.quick ? 2_000 : 10_000)));
    print('open', opening, openText(opening));
    const killed = await chaos(work, Number(values.kills ?? (values.quick ? 20 : 100)));
    print('chaos', killed, chaosText(killed));
    closeWith(figuresOf(mutants, writing, opening, killed), values.json);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function figuresOf(
  mutants: readonly MutantResult[],
  writing: WriteCost,
  opening: OpenCost,
  killed: ChaosResult,
): Figure[] {
  const caught = mutants.filter(({ lostByMutant }) => lostByMutant > 0).length;
  const lost = mutants.reduce((sum, mutant) => sum + mutant.lost, 0);
  const cases = `${opening.cases.toLocaleString('en')} cases`;
  return [
    {
      what: `lost of ${killed.acknowledged} acknowledged cases in ${killed.kills} kills`,
      value: killed.lost,
      unit: '',
      atMost: 0,
    },
    { what: 'lost in the scenarios of the mutants', value: lost, unit: '', atMost: 0 },
    { what: 'mutants that lost something', value: caught, unit: '', atLeast: mutants.length },
    { what: 'a durable write, to one that is not', value: writing.ratio, unit: '×' },
    { what: 'a durable write', value: writing.durable, unit: 'ms' },
    { what: 'the same, of a hundred together', value: writing.together, unit: 'ms' },
    { what: `opening ${cases}`, value: opening.open, unit: 'ms' },
    { what: `a search in ${cases}, when the index is built`, value: opening.nextSearch, unit: 'ms' },
    { what: `image of ${cases}`, value: opening.imageBytes / 2 ** 20, unit: 'MB' },
  ];
}

const runMutant = async ({ mutant, lost }: (typeof SCENARIOS)[number]): Promise<MutantResult> => ({
  mutant,
  lost: await lost(false),
  lostByMutant: await lost(true),
});

const mutantText = ({ mutant, lost, lostByMutant }: MutantResult) =>
  `mutant ${mutant}: ${lostByMutant > 0 ? 'caught' : 'NOT CAUGHT'} (it lost ${lostByMutant}, the journal ${lost})`;

const writeText = ({ durable, unsafe, ratio, together }: WriteCost) =>
  `a write: durable ${durable.toFixed(2)} ms, unsafe ${unsafe.toFixed(2)} ms, ratio ${ratio.toFixed(1)}; ` +
  `of a hundred together ${together.toFixed(2)} ms each`;

const openText = ({ cases, imageBytes, journalBytes, open, firstSearch, nextSearch, filling }: OpenCost) =>
  `${cases} cases (image ${mega(imageBytes)} MB, segments ${mega(journalBytes)} MB): open ${open.toFixed(0)} ms, first ` +
  `search ${firstSearch.toFixed(0)} ms, next ${nextSearch.toFixed(1)} ms; written in ${(filling / 1000).toFixed(1)} s`;

const chaosText = ({ kills, acknowledged, lost, images, files, warnings }: ChaosResult) =>
  `chaos: ${kills} kills, ${acknowledged} cases acknowledged, ${lost} LOST; ${images} images made, ${files} files left` +
  warnings.map((warning) => `\n  told: ${warning}`).join('');

const mega = (bytes: number) => (bytes / 2 ** 20).toFixed(1);

await main();
