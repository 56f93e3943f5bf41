/**
 * How often the memory report claims an effect that is not there: it is looked at after every judged run of worlds in
 * which memory does nothing. Coins and report are the product's; the judgements follow another coin.
 */
import { coinSeed, flipCoins } from '../../src/core/memory/policy/coins';
import { hash32, SeededRandom } from '../../src/core/memory/policy/random';
import { FEWEST_PER_ARM } from '../../src/core/memory/report/confidenceSequence';
import { type Experiment, experiment } from '../../src/core/memory/report/experiment';
import type { Measured } from '../../src/core/memory/report/intervals';
import type { RunOutcome } from '../../src/core/memory/runRecord';
import { someOutcome } from '../../test/fakes/runOutcomes';

const LOOKS = [100, 300, 1_000];
/** By turns: the rate of controls, and the share accepted, which rises by a fifth in each world. */
const CONTROL_RATES = [0.1, 0.3, 0.5];
const SHARES = [0.3, 0.5, 0.7];
const RISE = 0.2;

/** Of so many worlds, the share in which an effect was claimed at some look or other. */
export interface Alarms {
  readonly looks: number;
  readonly worlds: number;
  /** By the interval that holds however often it is looked at, and by the usual one, from as many runs on. */
  readonly anytime: number;
  readonly usual: number;
  /** By the report's own words: `helps` or `harms`. */
  readonly claimed: number;
}

type Claims = Record<'anytime' | 'usual' | 'claimed', boolean>;

export function falseAlarms(worlds: number, seed: number): readonly Alarms[] {
  const counts = LOOKS.map((looks) => ({ looks, worlds, anytime: 0, usual: 0, claimed: 0 }));
  for (let n = 0; n < worlds; n++) {
    const found: Claims = { anytime: false, usual: false, claimed: false };
    let look = 0;
    for (const seen of looksAt(n, seed)) {
      look++;
      note(found, seen);
      const count = counts.find(({ looks }) => looks === look);
      if (count === undefined) continue;
      for (const key of ['anytime', 'usual', 'claimed'] as const) count[key] += found[key] ? 1 / worlds : 0;
    }
  }
  return counts;
}

function* looksAt(n: number, seed: number): Generator<Experiment> {
  const random = new SeededRandom(hash32(`${seed} alarms ${n}`));
  const control = CONTROL_RATES[n % CONTROL_RATES.length] ?? 0;
  const share = SHARES[Math.floor(n / CONTROL_RATES.length) % SHARES.length] ?? 0;
  const most = Math.max(...LOOKS);
  const outcomes: RunOutcome[] = [];
  for (let look = 0; look < most; look++) {
    const seedOfCoin = coinSeed(`${seed} ${n} ${look}`);
    const design = flipCoins(seedOfCoin, { control, drop: 0 }, ['a case'], 'learned/1');
    const reward = random.next() < share + RISE * (look / most - 0.5) ? 1 : 0;
    outcomes.push(someOutcome(look, { reward, chosen: ['a case'], design }));
    yield experiment(outcomes, 0, () => undefined);
  }
}

function note(found: Claims, { status, anytime, difference, controls, others }: Experiment): void {
  found.claimed ||= status === 'helps' || status === 'harms';
  if (Math.min(controls.judged, others.judged) < FEWEST_PER_ARM) return;
  found.anytime ||= excludesZero(anytime);
  found.usual ||= excludesZero(difference);
}

const excludesZero = (interval: Measured | null): boolean =>
  interval !== null && (interval.low > 0 || interval.high < 0);
