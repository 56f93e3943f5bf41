/** What a query asks for: words, exact phrases, files. */
import { normalise } from '../../common/text';
import { indexTerms } from './terms';

export interface Query {
  readonly text: string;
  readonly terms: readonly string[];
  /** In quotation marks, normalised. */
  readonly phrases: readonly string[];
  /** A question in words, whose quotation marks may hold a title; else keywords, whose quoted phrases must match. */
  readonly question: boolean;
}

const QUOTED = /["“”«»„]([^"“”«»„\n]{2,200})["“”«»„]/gu;
const ASKS =
  /^(?:who|what|which|when|where|why|how|whose|whom|is|are|was|were|do|does|did|can|could|in|on|at)\b/i;

export function parseQuery(text: string): Query {
  const phrases = [...text.matchAll(QUOTED)]
    .map((match) => normalise(match[1] ?? ''))
    .filter((phrase) => phrase !== '');
  const unquoted = text.replace(QUOTED, ' ').trim();
  return {
    text,
    terms: [...new Set(indexTerms(text))],
    phrases,
    question: /\?\s*$/.test(text) || (ASKS.test(text.trim()) && unquoted.split(/\s+/).length > 4),
  };
}
