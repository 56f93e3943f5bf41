/** What a claim and a passage that it is aligned with do not have in common, place by place. */
import type { Pair } from './alignment';
import type { Lexicon } from './lexicon';
import type { Token } from './tokens';

/** What may be spoken of without being named: who a pronoun of the passage stands for. */
export interface Context {
  readonly lexicon: Lexicon;
  /** What was said before the passage, nearest last, and the title. */
  readonly before: readonly Token[];
  readonly title: readonly Token[];
}

/** `turned`: the passage says the same but for a number, a name, an opposite or a negation. */
export type Judgement = 'said' | 'turned' | 'other';

/** What stands between two pairs on both sides. */
export interface Gap {
  readonly claim: readonly Token[];
  readonly source: readonly Token[];
  /** The paired token of the source before the gap, and all of the claim up to there. */
  readonly previous: Token | undefined;
  readonly said: readonly Token[];
  /** The paired token of the source after the gap. */
  readonly next: Token | undefined;
}

export function gapsOf(claim: readonly Token[], source: readonly Token[], pairs: readonly Pair[]): Gap[] {
  const ends: Pair[] = [...pairs, [claim.length, source.length]];
  return ends.map(([i, j], k) => {
    const [a, b] = pairs[k - 1] ?? [-1, -1];
    return {
      claim: claim.slice(a + 1, i),
      source: source.slice(b + 1, j),
      previous: source[b],
      said: claim.slice(0, a + 1),
      next: source[j],
    };
  });
}

/** An adverbial that stands elsewhere in the passage, word for word, is neither added nor left out. */
export function withoutMoved(gaps: readonly Gap[], { lexicon }: Context): readonly Gap[] {
  const settled = [...gaps];
  settled.forEach(({ claim }, from) => {
    const word = claim[0]?.word ?? '';
    const isAnywhere = lexicon.adverbial.has(word);
    if (claim.length < 2 || !(isAnywhere || lexicon.prepositions.has(word))) return;
    const isAtEnd = (gap: number) => gap === 0 || gap === settled.length - 1;
    const to = settled.findIndex(
      ({ source }, gap) =>
        // `From Paris` at an end of both goes with the whole; within, it may tell who of several it was.
        (isAnywhere || (isAtEnd(from) && isAtEnd(gap))) && indexOfRun(claim, source) >= 0,
    );
    const target = settled[to];
    if (!target) return;
    const at = indexOfRun(claim, target.source);
    settled[to] = {
      ...target,
      source: [...target.source.slice(0, at), ...target.source.slice(at + claim.length)],
    };
    settled[from] = { ...(settled[from] ?? target), claim: [] };
  });
  return settled;
}

export const isContent = (token: Token | undefined): boolean => token?.weight === 'content';

export const sameWord = (a: Token | undefined, b: Token | undefined): boolean =>
  a !== undefined && a.key === b?.key;

export function indexOfRun(run: readonly Token[], tokens: readonly Token[]): number {
  if (run.length === 0) return -1;
  return tokens.findIndex((_, at) => run.every((token, i) => sameWord(token, tokens[at + i])));
}
