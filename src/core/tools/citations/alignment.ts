/** The order-preserving alignment of a claim with a passage of its source. */
import { isSame } from './sameness';
import type { Token } from './tokens';

/** Indices of a token of the claim and the token of the source that says the same, rising on both sides. */
export type Pair = readonly [claim: number, source: number];

const WORTH = { content: 4, strict: 2, loose: 1 } as const;
/** For a pair right behind another one on both sides: runs of words are found, not scattered words. */
const RUN = 1;

/**
 * The common subsequence of the greatest worth (Needleman and Wunsch 1970, without cost of gaps, which are judged by
 * what is in them). Time and memory are claim × source.
 */
export function align(claim: readonly Token[], source: readonly Token[]): readonly Pair[] {
  const width = source.length + 1;
  const best = new Float64Array((claim.length + 1) * width);
  /** The same where both sides begin with a pair. */
  const paired = new Float64Array((claim.length + 1) * width).fill(-Infinity);
  for (let i = claim.length - 1; i >= 0; i--) {
    for (let j = source.length - 1; j >= 0; j--) {
      const [a, b] = [claim[i], source[j]];
      const at = i * width + j;
      const next = at + width + 1;
      if (a && b && isSame(a, b)) {
        paired[at] = WORTH[a.weight] + Math.max(best[next] ?? 0, (paired[next] ?? -Infinity) + RUN);
      }
      best[at] = Math.max(best[at + width] ?? 0, best[at + 1] ?? 0, paired[at] ?? 0);
    }
  }
  return trace(best, paired, width, claim.length, source.length);
}

function trace(
  best: Float64Array,
  paired: Float64Array,
  width: number,
  rows: number,
  columns: number,
): Pair[] {
  const pairs: Pair[] = [];
  let [i, j, inRun] = [0, 0, false];
  while (i < rows && j < columns) {
    const at = i * width + j;
    const pair = paired[at] ?? -Infinity;
    if (inRun || pair >= (best[at] ?? 0)) {
      pairs.push([i, j]);
      const next = at + width + 1;
      inRun = (paired[next] ?? -Infinity) + RUN >= (best[next] ?? 0) && paired[next] !== -Infinity;
      i++;
      j++;
    } else if ((best[at + width] ?? 0) >= (best[at + 1] ?? 0)) {
      i++;
    } else {
      j++;
    }
  }
  return pairs;
}
