import { lexicalTokens, ngrams, STOP_WORDS } from '../../common/text';

/**
 * How alike two texts are by their characters, 0 to 1, symmetric: what stands in for the cosine where a text has no
 * vector (Chinese, German, bare identifiers). The mean of two weighted Dice coefficients: of lexical tokens, and of
 * character trigrams inside words (pairs in scripts other than Latin), which forgive inflection and compounds.
 *
 * Needs no corpus, so a token's weight is a guess at how rare it is: function words of English and Chinese weigh
 * nothing (unless a text has no others), up to three Latin letters (der, que, les) and hiragana, the grammar of Japanese,
 * a fifth.
 */
export const lexicalSimilarity = (a: string, b: string): number => lexicalSimilarityTo(a)(b);

/** For many texts beside one, which is taken apart once. */
export function lexicalSimilarityTo(a: string): (b: string) => number {
  const left = profile(a);
  return (b) => {
    const right = profile(b);
    return (dice(left.tokens, right.tokens) + dice(left.grams, right.grams)) / 2;
  };
}

type Weights = ReadonlyMap<string, number>;

/** Question and function words that join every Chinese question to every other. Longer ones first. */
const CHINESE_FUNCTION_WORDS =
  /为什么|是不是|有没有|能不能|怎么样|什么|怎么|怎样|如何|为何|哪个|哪些|哪里|哪儿|多少|几个|是否|可以|我们|你们|他们|这个|那个|一个|应该|需要|请问|谁|吗|呢|吧|的|了|是|在|我|你|请|哪|几/gu;
const LATIN = /^\p{Script=Latin}/u;
const LIGHT = /^(?:\p{Script=Latin}{1,3}|\p{Script=Hiragana}+)$/u;

function profile(text: string): { tokens: Weights; grams: Weights } {
  const content = text.replace(CHINESE_FUNCTION_WORDS, ' ');
  const all = lexicalTokens(content.trim() === '' ? text : content);
  const kept = all.filter((token) => !STOP_WORDS.has(token));
  const tokens = new Map((kept.length > 0 ? kept : all).map((token) => [token, weight(token)]));
  const grams = new Map<string, number>();
  for (const [token, tokenWeight] of tokens) {
    const latin = LATIN.test(token);
    for (const part of latin ? ngrams(`^${token}$`, 3) : ngrams(token, 2)) {
      grams.set(part, Math.max(latin ? tokenWeight : weight(part), grams.get(part) ?? 0));
    }
  }
  return { tokens, grams };
}

function weight(token: string): number {
  return LIGHT.test(token) ? 0.2 : 1;
}

/** Twice what both have over what each has; 0 where both are empty. */
function dice(a: Weights, b: Weights): number {
  let shared = 0;
  for (const [token, tokenWeight] of a) if (b.has(token)) shared += Math.min(tokenWeight, b.get(token) ?? 0);
  const total = sum(a) + sum(b);
  return total === 0 ? 0 : (2 * shared) / total;
}

const sum = (weights: Weights) => [...weights.values()].reduce((total, value) => total + value, 0);
