/**
 * Exact match and token F1 as SQuAD defines them (Rajpurkar et al. 2016, evaluate-v2.0.py): lower case, no ASCII
 * punctuation, no articles, white space collapsed; the best of the right answers counts.
 */

// Word boundaries as Python's `\b` has them: every letter and digit of Unicode is part of a word.
const ARTICLES = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu;
const PUNCTUATION = /[!-/:-@[-`{-~]/g;

export function normaliseAnswer(text: string): string {
  return text
    .toLowerCase()
    .replace(PUNCTUATION, '')
    .replace(ARTICLES, ' ')
    .split(/\s+/u)
    .filter(Boolean)
    .join(' ');
}

export const answerTokens = (text: string): readonly string[] =>
  normaliseAnswer(text).split(' ').filter(Boolean);

/** 1 or 0. */
export function exactMatch(answer: string, right: readonly string[]): number {
  const given = normaliseAnswer(answer);
  return right.some((each) => normaliseAnswer(each) === given) ? 1 : 0;
}

/** In [0, 1]. */
export function tokenF1(answer: string, right: readonly string[]): number {
  return Math.max(0, ...right.map((each) => f1(answerTokens(answer), answerTokens(each))));
}

function f1(given: readonly string[], right: readonly string[]): number {
  // An answer of nothing but articles and punctuation.
  if (given.length === 0 || right.length === 0) return given.length === right.length ? 1 : 0;
  const left = new Map<string, number>();
  for (const token of right) left.set(token, (left.get(token) ?? 0) + 1);
  let shared = 0;
  for (const token of given) {
    const count = left.get(token) ?? 0;
    if (count > 0) shared++;
    left.set(token, count - 1);
  }
  return (2 * shared) / (given.length + right.length);
}

/**
 * 1 where a right answer stands in the answer as a run of whole tokens: “cover” exact match, which a long answer passes
 * more easily. Yes and no must be the whole short answer or its first word, as either stands in many a sentence.
 *
 * @param short of a few words; empty where the model gave none
 */
export function coverMatch(answer: string, short: string, right: readonly string[]): number {
  const [all, brief] = [answerTokens(answer), answerTokens(short)];
  const covers = right.map(answerTokens).some((tokens) => {
    if (tokens.length === 0) return false;
    if (tokens.length === 1 && /^(?:yes|no)$/.test(tokens[0] ?? '')) return brief[0] === tokens[0];
    return contains(all, tokens) || contains(brief, tokens);
  });
  return covers ? 1 : 0;
}

const contains = (all: readonly string[], part: readonly string[]): boolean =>
  all.some((_, start) => part.every((token, i) => all[start + i] === token));
