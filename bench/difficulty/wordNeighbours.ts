/** Neighbours by BM25 that count by their scores, which the product's index keeps to itself: the baseline to beat. */
import MiniSearch from 'minisearch';
import { lexicalTokens, STOP_WORDS } from '../../src/core/common/text';
import type { LabelledQuestion } from './data';
import type { Predictor } from './predict';

const NEAREST = 10;

/**
 * The share of successes among the 10 nearest questions, weighted by BM25 score; `rate` where none shares a word.
 * @param kept `all`: function words too, so that alike are also questions of one form (When did …, In what country …)
 */
export function wordNeighbours(kept: 'content' | 'all', rate: number): Predictor<LabelledQuestion> {
  return (known) => {
    const index = new MiniSearch<{ id: string; text: string }>({
      fields: ['text'],
      tokenize: (text) => lexicalTokens(text).filter((token) => kept === 'all' || !STOP_WORDS.has(token)),
      processTerm: (term) => term,
    });
    index.addAll(known.map(({ id, text }) => ({ id, text })));
    const outcomes = new Map(known.map(({ id, succeeded }) => [id, succeeded ? 1 : 0]));
    return ({ id: own, text }) => {
      const nearest = index
        .search(text)
        .map(({ id, score }) => ({ id: String(id), score }))
        .filter(({ id }) => id !== own)
        .slice(0, NEAREST);
      const total = nearest.reduce((sum, { score }) => sum + score, 0);
      const successes = nearest.reduce((sum, { id, score }) => sum + score * (outcomes.get(id) ?? 0), 0);
      return total > 0 ? successes / total : rate;
    };
  };
}
