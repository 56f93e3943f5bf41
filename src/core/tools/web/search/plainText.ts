/** Text of providers as a person and a model may see it: no markup, nothing that hides. */

/** Named references (HTML §13.5) that turn up in extracts; the numeric ones need no table. */
const NAMED: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  lsquo: '‘',
  rsquo: '’',
  sbquo: '‚',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•',
  times: '×',
  minus: '−',
  plusmn: '±',
  deg: '°',
  micro: 'µ',
  euro: '€',
  pound: '£',
  copy: '©',
  reg: '®',
  trade: '™',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
};

const BLOCK = /<\/?(?:\w+:)?(?:p|div|br|li|ul|ol|tr|td|th|h[1-6]|title|sec|list|list-item)\b[^<>]*>/gi;
const TAG = /<\/?[a-z][^<>]*>|<!--[^<>]*-->/gi;

/** Of an extract with markup (`<span class="searchmatch">`, `<strong>`, `<jats:p>`, `&#x27;`). */
export const textOfMarkup = (markup: string): string =>
  cleanText(decodeReferences(markup.replace(BLOCK, ' ').replace(TAG, '')));

/** Marks of what was searched for, in pairs: `<b>` alone may be what a text speaks of. */
const MARKS = /<(b|strong|em|i|mark|span)\b[^<>]*>([^<>]*)<\/\1>/gi;

/** Of an extract that should be plain text, but of some engines has references and marks. */
export const textOfExtract = (extract: string): string =>
  cleanText(decodeReferences(extract.replace(/<br\s*\/?>/gi, ' ').replace(MARKS, '$2')));

/** `&amp;lt;` is `&lt;`: each reference is read once. */
export const decodeReferences = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,8}));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return Object.hasOwn(NAMED, name) ? (NAMED[name] ?? whole) : whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });

/**
 * One line, with single spaces. Control characters, halves of surrogate pairs, and what a person cannot see but a model
 * reads (direction overrides, zero-width spaces, Unicode's tag characters) are taken out.
 */
export const cleanText = (text: string): string =>
  text
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/[\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();

/** At most `most` characters, cut between words, with an ellipsis. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = text.slice(0, most - 1);
  const space = cut.lastIndexOf(' ');
  return `${cut.slice(0, space > most / 2 ? space : undefined).replace(/[\ud800-\udbff]$/, '')}…`;
}
