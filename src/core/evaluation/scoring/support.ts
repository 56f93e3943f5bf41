/** How much of what an answer stands on was found, and how much of it the answer cites. */
import { normalise } from '../../common/text';
import type { SupportingFact } from '../dataset/question';

export interface SupportScore {
  /** Facts whose text stands in some evidence of the run, in [0, of]. */
  readonly found: number;
  /** Facts whose text stands in evidence that the answer cites. */
  readonly cited: number;
  /** All facts. */
  readonly of: number;
}

/** A shorter piece of a fact is not taken for it. */
const LEAST = 40;

/** Undefined where the data set marks no facts. */
export function supportScore(
  facts: readonly SupportingFact[],
  evidence: readonly string[],
  cited: readonly string[],
): SupportScore | undefined {
  if (facts.length === 0) return undefined;
  const count = (texts: readonly string[]) => {
    const known = texts.map(normalise);
    return facts.filter(({ text }) => known.some((each) => shows(each, normalise(text)))).length;
  };
  return { found: count(evidence), cited: count(cited), of: facts.length };
}

/** A passage that holds the sentence, or a piece of the paragraph. */
const shows = (text: string, fact: string): boolean =>
  text.includes(fact) || (text.length >= LEAST && fact.includes(text));
