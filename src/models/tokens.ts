/** Counts tokens as OpenAI's models do (gpt-tokenizer, whose vocabularies are 2 MB each: loaded at the first count). */
import type { CountTokens, TokenCounter, Vocabulary } from '../core/ports';

type Count = (text: string) => number;

/** Models of OpenAI by the beginning of their names (openai/tiktoken, model.py); a path before the name is left aside. */
const VOCABULARIES: readonly (readonly [RegExp, Vocabulary])[] = [
  [/^(?:gpt-(?:4o|4\.1|4\.5|5|oss)|chatgpt-4o|o[134])(?![a-z\d])/, 'o200k_base'],
  [/^gpt-(?:4|3\.5|35)(?![a-z\d])/, 'cl100k_base'],
];

/**
 * Longer runs of letters, of signs or of white space are counted in pieces, a token or so too many each: merging takes
 * the square of their length. The vocabularies never merge across these kinds, so that other texts are counted exactly.
 */
const LONGEST_RUN = 256;
const LONG_RUNS = new RegExp(
  ['[\\p{L}\\p{M}]', '[^\\s\\p{L}\\p{M}\\p{N}]', '\\s']
    .map((kind) => `${kind}{${LONGEST_RUN + 1},}`)
    .join('|'),
  'gu',
);

const loaded = new Map<Vocabulary, Promise<Count>>();

/**
 * A counter for a model; an estimate where its vocabulary is not open.
 * @param count on this thread unless told: the vocabulary takes it half a second
 */
export function tokenCounter(model: string, count: CountTokens = countTokens): TokenCounter {
  const name = model.slice(model.lastIndexOf('/') + 1).toLowerCase();
  const known = VOCABULARIES.find(([pattern]) => pattern.test(name))?.[1];
  const vocabulary = known ?? 'o200k_base';
  return {
    exact: known !== undefined,
    count: (text) => count(text, vocabulary),
  };
}

/** Special tokens are taken as plain words. */
export async function countTokens(text: string, vocabulary: Vocabulary): Promise<number> {
  let counting = loaded.get(vocabulary);
  if (counting === undefined) {
    counting = load(vocabulary);
    loaded.set(vocabulary, counting);
  }
  return countRuns(text, await counting);
}

async function load(vocabulary: Vocabulary): Promise<Count> {
  const encoding =
    vocabulary === 'o200k_base'
      ? await import('gpt-tokenizer/encoding/o200k_base')
      : await import('gpt-tokenizer/encoding/cl100k_base');
  // What looks like a special token in a text is a text.
  const options = { disallowedSpecial: new Set<string>() };
  return (text) => encoding.countTokens(text, options);
}

function countRuns(text: string, count: Count): number {
  let tokens = 0;
  let end = 0;
  for (const run of text.matchAll(LONG_RUNS)) {
    tokens += count(text.slice(end, run.index));
    for (let at = 0; at < run[0].length; at += LONGEST_RUN)
      tokens += count(run[0].slice(at, at + LONGEST_RUN));
    end = run.index + run[0].length;
  }
  return tokens + count(text.slice(end));
}
