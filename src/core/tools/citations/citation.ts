/** What the check of an answer's citations found. */
import type { Locator } from '../../common/locator';

/**
 * How far a citation was checked. `quoted`: the quoted words stand in the evidence, which says nothing of the claim
 * around them; `aligned`: a sentence of the evidence says the claim; `entailed`: a model says that the evidence supports
 * it; `unverified`: nothing was checked, or the check found nothing.
 */
export type CitationVerdict = 'quoted' | 'aligned' | 'entailed' | 'unverified';

/** Of the claim alone: `contradicted` where the evidence says the same but for a number, a name or a negation. */
export type ClaimCheck = 'supported' | 'unchecked' | 'contradicted';

/** One mark of the answer, `[e1]`, with the claim it vouches for. */
export interface MarkCheck {
  /** The words of the answer that the mark vouches for, without Markdown. */
  readonly text: string;
  readonly verdict: CitationVerdict;
  readonly claim: ClaimCheck;
  /** True where the claim quotes, and every quotation stands in the evidence. */
  readonly quoteFound: boolean;
  /** The sentence of the evidence that says (or contradicts) the claim, or the quoted words; empty with none. */
  readonly passage: string;
  /** Where the passage stands; of the whole evidence where there is none. */
  readonly locator: Locator;
}

/** A piece of evidence that the answer cites. Verdict, claim and quote are those of its weakest mark. */
export interface Citation {
  /** The number shown to the reader, 1, 2 …, in order of appearance. */
  readonly n: number;
  /** Evidence id: e1, e2 … */
  readonly evidence: string;
  readonly source: string;
  readonly title: string;
  readonly locator: Locator;
  /** The words of the source that are cited; an excerpt of it where the answer quotes none. */
  readonly quote: string;
  readonly verdict: CitationVerdict;
  /** Absent in logs of versions that did not check claims; so are the fields below. */
  readonly claim?: ClaimCheck;
  readonly quoteFound?: boolean;
  /** When the source was read, milliseconds since the epoch. */
  readonly readAt?: number;
  /** Each mark of this evidence, in the order of the answer. */
  readonly marks?: readonly MarkCheck[];
}
