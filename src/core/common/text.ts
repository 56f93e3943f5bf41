/** Text as words, for lexical matching: BM25 over cases, passages and tools, and the similarity of texts with no vector. */

const WORDS = new Intl.Segmenter('en', { granularity: 'word' });

/** English function words and the words that only make a question. */
export const STOP_WORDS: ReadonlySet<string> = new Set(
  (
    'a about after all also an and any are as at be because been before being between both but by can could did do does ' +
    "doesn't doing don't during each for from had has have he her him his how i i'm if in into is isn't it it's its just " +
    'may me might more most much must my no nor not of on once only or other our out over own same shall she should so ' +
    'some such than that the their them then there these they this those through to too under until up very was we were ' +
    "what what's when where whether which while who whom whose why will with would you your"
  ).split(' '),
);

/** Lower case, typographic apostrophes made plain, so that "Don’t" is a stop word too. */
const fold = (text: string) => text.normalize('NFKC').toLowerCase().replaceAll('’', "'");

/**
 * The words of a text in order (Unicode's word boundaries; Chinese, Japanese and Thai by the dictionary of ICU),
 * NFKC and lower case. An identifier or compound (`fooBar`, `foo_bar`, `foo-bar`, `foo.bar`, `utf8`) comes whole and is
 * followed by its parts of two characters or more.
 */
export function words(text: string): string[] {
  const found: string[] = [];
  const unified = text.normalize('NFKC');
  for (const compound of quickCompounds(unified)) {
    const whole = fold(compound);
    found.push(whole);
    const parts = identifierParts(compound);
    if (parts.length > 1) found.push(...parts.map(fold).filter((part) => part.length > 1 && part !== whole));
  }
  return found;
}

/** Where all is ASCII, the rules of Unicode come down to this; those for `_` and `:` are longer. */
const PLAIN_WORD = "[A-Za-z0-9]+(?:(?:(?<=[A-Za-z])['.](?=[A-Za-z])|(?<=[0-9])['.,;](?=[0-9]))[A-Za-z0-9]+)*";
const PLAIN_WORDS = new RegExp(`${PLAIN_WORD}(?:-${PLAIN_WORD})*`, 'g');
/** What stands between white space and is not plain; looked for where it begins alone, once in each stretch. */
const NOT_PLAIN = /(?<![^ \t\n\r])[^ \t\n\r]*[_:\u0080-\uffff][^ \t\n\r]*/g;

/** What `compounds` gives, ten times as fast: no word goes across white space, so only what is not plain needs its rules. */
export function quickCompounds(text: string): string[] {
  const found: string[] = [];
  let end = 0;
  const takePlain = (until: number) => {
    for (const word of text.slice(end, until).match(PLAIN_WORDS) ?? []) found.push(word);
  };
  for (const stretch of text.matchAll(NOT_PLAIN)) {
    takePlain(stretch.index);
    for (const piece of piecesOf(stretch[0])) for (const word of compounds(piece)) found.push(word);
    end = stretch.index + stretch[0].length;
  }
  takePlain(text.length);
  return found;
}

/** Characters. V8's segmenter takes time with the square of its text. */
const LONGEST_STRETCH = 2_000;

/** The stretch, cut where it is longer than any text that is meant to be read without white space. */
function* piecesOf(stretch: string): Generator<string> {
  for (let at = 0; at < stretch.length;) {
    const end = at + LONGEST_STRETCH;
    // Not between the halves of a surrogate pair.
    const isWhole = !/[\udc00-\udfff]/.test(stretch.charAt(end));
    const next = isWhole ? end : end + 1;
    yield stretch.slice(at, next);
    at = next;
  }
}

/** Words as they stand, those joined by hyphens as one: Unicode has no rule that keeps `foo-bar` together. */
export function* compounds(text: string): Generator<string> {
  let current = '';
  let hyphen = '';
  for (const { segment, isWordLike } of WORDS.segment(text)) {
    if (isWordLike) {
      if (hyphen === '' && current !== '') yield current;
      current = hyphen === '' ? segment : current + hyphen + segment;
      hyphen = '';
    } else if (segment === '-' && current !== '' && hyphen === '') {
      hyphen = segment;
    } else {
      if (current !== '') yield current;
      current = hyphen = '';
    }
  }
  if (current !== '') yield current;
}

/** Most words of English, found quickly. */
const ONE_PART = /^[A-Za-z]?[a-z]*$/;

/** `parseHTTPResponse2` -> parse, HTTP, Response, 2. Numbers (`3.14`, `1,024`, `2026-01-31`) stay whole. */
function identifierParts(word: string): string[] {
  if (ONE_PART.test(word) || /^[\p{N}.,:-]+$/u.test(word)) return [word];
  return word
    .replace(/(\p{Ll})(\p{Lu})|(\p{Lu})(?=\p{Lu}\p{Ll})/gu, '$1$3 $2')
    .replace(/(\p{L})(?=\p{Nd})|(\p{Nd})(?=\p{L})/gu, '$1$2 ')
    .split(/[^\p{L}\p{M}\p{N}'’]+/u)
    .filter((part) => part !== '');
}

const VOWEL = /[aeiouy]/;

/**
 * A light English stemmer, much of steps 1a, 1b and 5a of Porter (1980): possessive, plural, -ing, -ed and a last -e go,
 * so that cache, caches, cached and caching meet in `cach`. Stems are keys, not words. Leaves alone what is not plain
 * a-z, and words of up to three letters.
 */
export function stem(word: string): string {
  let stemmed = word.replace(/'s?$/, '');
  if (!/^[a-z]{4,}$/.test(stemmed)) return stemmed;
  if (/(?:ies|ied)$/.test(stemmed) && stemmed.length > 4) return stemmed.slice(0, -3) + 'y';
  if (stemmed.endsWith('sses')) stemmed = stemmed.slice(0, -2);
  else if (/[^sui]s$/.test(stemmed)) stemmed = stemmed.slice(0, -1);

  const eed = /^(.*)eed$/.exec(stemmed);
  if (eed !== null) return VOWEL.test(eed[1] ?? '') ? (eed[1] ?? '') + 'e' : stemmed;
  const root = /^(.{2,})(?:ing|ed)$/.exec(stemmed)?.[1];
  if (root !== undefined && VOWEL.test(root)) stemmed = withoutSuffix(root);
  return stemmed.length > 3 && stemmed.endsWith('e') ? stemmed.slice(0, -1) : stemmed;
}

/** stopp -> stop, but fall and miss; us -> use, but go. */
function withoutSuffix(root: string): string {
  if (/([^aeioulsz])\1$/.test(root)) return root.slice(0, -1);
  return root.length === 2 && !/[aeiou]$/.test(root) ? root + 'e' : root;
}

const NOT_LATIN = /(?:(?!\p{Script=Latin})[\p{L}\p{M}])+/gu;

/**
 * Pairs of neighbouring characters (or n of them) of each run of letters that are not Latin, lower case; a run shorter
 * than n as it is. What a script without spaces (Han, kana, Thai) or with much inflection (Cyrillic) is matched by.
 */
export function characterBigrams(text: string, n = 2): string[] {
  if (!/[\u0080-\uffff]/.test(text)) return [];
  return Array.from(fold(text).matchAll(NOT_LATIN), ([run]) => ngrams(run, n)).flat();
}

/** All n-grams of the code points of a string, or the string itself where it is shorter. */
export function ngrams(text: string, n: number): string[] {
  if (text.length > n && !/[\ud800-\udfff]/.test(text)) {
    return Array.from({ length: text.length - n + 1 }, (_, i) => text.slice(i, i + n));
  }
  const characters = Array.from(text);
  if (characters.length <= n) return characters.length === 0 ? [] : [text];
  return Array.from({ length: characters.length - n + 1 }, (_, i) => characters.slice(i, i + n).join(''));
}

/** A text's words come again: most stems are looked up. Emptied when it is full. */
const STEMS = new Map<string, string>();
const MOST_STEMS = 20_000;

function knownStem(word: string): string {
  let stemmed = STEMS.get(word);
  if (stemmed === undefined) {
    stemmed = stem(word);
    if (STEMS.size >= MOST_STEMS) STEMS.clear();
    STEMS.set(word, stemmed);
  }
  return stemmed;
}

/** What texts are indexed and compared by: stems of all words, then the bigrams of scripts other than Latin. */
export function lexicalTokens(text: string): string[] {
  const stems = words(text).map(knownStem);
  const bigrams = characterBigrams(text);
  return bigrams.length === 0 ? stems : [...stems, ...bigrams];
}

const unify = (text: string) =>
  text
    .replace(/[\u2018-\u201b\u2032\u00b4`]/g, "'")
    .replace(/[\u201c-\u201f\u2033\u00ab\u00bb]/g, '"')
    .replace(/[\u2010-\u2015\u2212]/g, '-');

/** The form in which two questions are the same: NFKC, lower case, plain quotes and dashes, single spaces, trimmed. */
export function normalise(text: string): string {
  // Before NFKC too, which would take an acute accent or a double prime apart.
  return unify(unify(text).normalize('NFKC').toLowerCase()).normalize('NFKC').replace(/\s+/g, ' ').trim();
}
