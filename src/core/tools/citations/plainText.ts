/** A text without what only sets it: the form in which quotations and claims are compared, with the way back. */

export interface PlainText {
  /** NFKC, plain quotes and dashes, ASCII digits; no soft hyphens, Markdown marks, footnote numbers or broken words. */
  readonly text: string;
  /** For each UTF-16 unit of `text`, the offset in the original that it came from; one more for the end. */
  readonly origins: readonly number[];
}

/** Plain ASCII as it stands, or a letter or digit with its combining marks: what NFKC composes. Jamo are composed as runs. */
const PIECE =
  /[ -_a-~\n\r\t]+(?!\p{M})|[\u1100-\u11ff]+|[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+|\P{M}\p{M}*|\p{M}+/gsu;
const ASCII = /[ -_a-~\n\r\t]$/;
const INVISIBLE = /^[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]$/;

/** Links keep their words, images too; emphasis, headings and code marks go. CommonMark 0.31. */
const MARKDOWN: readonly RegExp[] = [
  // The words of a link may have brackets, as footnotes have, and its address one pair: `[[1]](#n)`, `[a](/b_(c))`.
  /!?\[(?=(?:[^\][]|\[[^\][]*\])*\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\))/g,
  /\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+"[^"]*")?\)/g,
  /^[ \t]*(?:#{1,6}|>)[ \t]+/gm,
  /(?<!\\)\*{1,3}(?=\S)|(?<=[^\s\\])\*{1,3}/g,
  /(?<![\p{L}\p{N}\\])_{1,3}(?=\S)|(?<=[^\s\\])_{1,3}(?![\p{L}\p{N}])/gu,
  /~~|`+/g,
  // A backslash before punctuation makes it literal.
  /\\(?=[!-/:-@[-`{-~])/g,
];
const DROPPED: readonly RegExp[] = [
  ...MARKDOWN,
  // The number of a footnote: `[1]`, Markdown's `[^1]`, and a raised one behind a word that is no unit.
  /\[\^?\d{1,3}\]/g,
  /(?<=\p{L}{4})(?<!mile|inch|foot|feet|yard|metre|meter)(?:\^\d{1,3}|[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,3})(?![\d\p{L}])/gu,
  // A word that the end of a line broke, which may be a space by now; `pre- and post-war` stays as it is.
  /(?<=\p{L})[-\u2010\u00ad](?:[ \t]*\r?\n[ \t]*| )(?=\p{Ll})(?!(?:and|or|to|und|oder|bis|et|ou|y|o)\b)/gu,
];

/** The words as a page shows them: quotes, dashes and all, without the marks of Markdown. */
export const withoutMarkdown = (text: string): string =>
  MARKDOWN.reduce((shown, pattern) => shown.replace(pattern, ''), text);

const UNIFIED = new Map<string, string>([
  ...Array.from('\u2018\u2019\u201a\u201b\u2032\u00b4`\u02bc\uff07', (quote) => [quote, "'"] as const),
  ...Array.from(
    '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u300c\u300d\u300e\u300f\uff02',
    (quote) => [quote, '"'] as const,
  ),
  ...Array.from('\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d', (dash) => [dash, '-'] as const),
  // These part clauses, however they are spaced.
  ['\u2014', ' - '],
  ['\u2015', ' - '],
  ['\u3002', '. '],
  ['\uff0c', ', '],
  ['\u3001', ', '],
  ['\uff1b', '; '],
  ['\uff1a', ': '],
  ['\u2044', '/'],
]);

/** Where the ten digits of the other scripts begin that texts are written in: Arabic, Persian, Indic, Thai … */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
  0x1040, 0x17e0,
];

export function plainText(original: string): PlainText {
  const dropped = droppedUnits(original);
  const parts: string[] = [];
  const origins: number[] = [];
  const push = (plain: string, origin: number) => {
    parts.push(plain);
    for (let i = 0; i < plain.length; i++) origins.push(origin);
  };
  for (const { 0: piece, index } of original.matchAll(PIECE)) {
    if (ASCII.test(piece)) {
      for (let i = 0; i < piece.length; i++) if (!dropped[index + i]) push(piece.charAt(i), index + i);
    } else if (!dropped[index]) {
      push(plainCluster(piece), index);
    }
  }
  origins.push(original.length);
  return { text: parts.join(''), origins };
}

/** One for each UTF-16 unit that goes. */
function droppedUnits(text: string): Uint8Array {
  const units = new Uint8Array(text.length);
  for (const pattern of DROPPED) {
    for (const { 0: found, index } of text.matchAll(pattern)) units.fill(1, index, index + found.length);
  }
  return units;
}

function plainCluster(cluster: string): string {
  if (INVISIBLE.test(cluster)) return '';
  const unified = UNIFIED.get(cluster);
  if (unified !== undefined) return unified;
  // A fraction made one number would read as another: 1½ is not 11/2.
  if (/^[\u00bc-\u00be\u2150-\u215e]$/.test(cluster))
    return ` ${cluster.normalize('NFKC').replace('\u2044', '/')}`;
  // 10⁵ is not 105, and m² is m^2.
  if (/^[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]/.test(cluster)) return `^${cluster.normalize('NFKC')}`;
  return Array.from(cluster.normalize('NFKC'), asciiDigit).join('');
}

function asciiDigit(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x660) return UNIFIED.get(character) ?? character;
  const zero = ZEROS.find((each) => code >= each && code < each + 10);
  return zero === undefined ? (UNIFIED.get(character) ?? character) : String(code - zero);
}

/** True for a letter of a script that writes words without spaces between them. */
export const isUnspaced = (character: string): boolean =>
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u.test(
    character,
  );
