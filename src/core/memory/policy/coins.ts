/**
 * The two coins of the memory experiment: *control* (the run is shown no cases) and *leave one out* (one of the chosen
 * cases is withheld). Other randomness would give propensities that nobody can use.
 */
import type { Design } from '../retrieved';
import { hash32, SeededRandom } from './random';

export interface CoinRates {
  /** Probability of each, in [0, 1]. */
  readonly control: number;
  readonly drop: number;
}

/** The seed of a run's coins, a whole number below 2³². */
export const coinSeed = (runId: string): number => hash32(runId);

/**
 * Flips both coins. A function of its arguments alone, so that a log can be checked.
 *
 * @param chosen ids of the cases that the policy would show; pinned ones are outside the experiment and not among them
 */
export function flipCoins(
  seed: number,
  rates: CoinRates,
  chosen: readonly string[],
  policyVersion: string,
): Design {
  const random = new SeededRandom(seed);
  // All three are drawn, whatever comes of it: a rate that is changed moves no other coin.
  const [controlDraw, dropDraw, place] = [random.next(), random.next(), random.next()];
  const control = controlDraw < rates.control;
  const leaveOut = !control && dropDraw < rates.drop;
  const dropped = leaveOut ? (chosen[Math.floor(place * chosen.length)] ?? null) : null;
  return { control, controlRate: rates.control, dropped, dropRate: rates.drop, policyVersion, seed };
}
