/** The words of a question that carry what it is about, and the names in it. */
import { characterBigrams, STOP_WORDS, stem, words } from '../../common/text';

/** Words that ask for a type or carry no relation: no supporting passage has to contain them. */
const TYPE_WORDS: ReadonlySet<string> = new Set(
  (
    'year date name many much kind type sort call called named number please tell list give find show explain describe happen ' +
    'wann wer wem wen wo wie was welche welcher welches wurde wird werden ist sind war hat haben der die das dem den des ein ' +
    'eine einer eines einem und oder von vom zum zur mit für auf aus bei nach quand qui que quel quelle est sont le la les ' +
    'des du une un dans pour par sur cuándo quién dónde cuál cuánto el los las una del por para fue es son'
  )
    .split(' ')
    .map(stem),
);
/** Bigrams of Chinese question words. */
const TYPE_BIGRAMS = /什么|何时|谁|哪里|哪儿|多少|怎么|如何|时候|为什|吗|呢|几个|是在|的/;
const NAME =
  /\p{Lu}[\p{L}\p{N}'’.&-]*(?:\s+(?:(?:of|the|de|van|von|der|and)\s+){0,2}\p{Lu}[\p{L}\p{N}'’&-]*)*|\b[\p{L}-]*\d[\p{L}\p{N}.:/-]*/gu;
/** Stems to the words behind them, in order, each once; words that only ask are left out. */
export function surfaceTerms(text: string): Map<string, string> {
  const surface = new Map<string, string>();
  const latin = words(text).filter((word) => /[\p{Script=Latin}\p{N}]/u.test(word));
  for (const word of latin) {
    const term = stem(word);
    if (STOP_WORDS.has(word) || TYPE_WORDS.has(term) || (term.length < 2 && !/\d/.test(term))) continue;
    if (!surface.has(term)) surface.set(term, word);
  }
  for (const pair of characterBigrams(text)) if (!TYPE_BIGRAMS.test(pair)) surface.set(pair, pair);
  return surface;
}

/** Capitalised runs other than the question's first word, quoted titles, and tokens with a digit. */
export function namesOf(text: string): string[] {
  const quoted = Array.from(text.matchAll(/["“'‘]([^"”'’]{3,80})["”'’]/gu), ([, inner]) => inner ?? '');
  const runs = Array.from(text.matchAll(NAME), (match) => withoutOpener(match[0], match.index === 0));
  const all = [...quoted, ...runs].map((name) => name.replace(/['’]s$|[.,:]$/u, '').trim());
  return [...new Set(all.filter((name) => name !== '' && !STOP_WORDS.has(name.toLowerCase())))];
}

/** `Who` or `Did Mara Lindqvist`: the word that opens the question is capitalised anyway. */
function withoutOpener(name: string, first: boolean): string {
  const [opener = '', ...rest] = name.split(/\s+/);
  if (!STOP_WORDS.has(opener.toLowerCase()) && !(first && TYPE_WORDS.has(stem(opener.toLowerCase()))))
    return name;
  return rest.join(' ');
}
