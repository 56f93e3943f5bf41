/**
 * The bytes of a page as text: the encoding by the WHATWG's sniffing (https://html.spec.whatwg.org/multipage/parsing.html,
 * “determining the character encoding”), and what browsers do not do: a label that the bytes contradict is not believed.
 */
import { WebTextDecoder } from '../../core/common/webTextDecoder';

/** How far into the bytes a `meta` is looked for; the standard has 1,024, but comments and scripts push it down. */
const PRESCAN = 4_096;

export interface Decoded {
  readonly text: string;
  /** The encoding's name by the standard: `utf-8`, `shift_jis`. */
  readonly encoding: string;
}

/** @param contentType the `Content-Type` as the server sent it */
export function decodeHtml(bytes: Uint8Array, contentType = ''): Decoded {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return decode(bytes, marked);
  const labels = [
    charsetIn(contentType),
    ...declared(new TextDecoder('windows-1252').decode(bytes.subarray(0, PRESCAN))),
    wideWithoutMark(bytes),
  ];
  const encodings = labels.flatMap((label) => encodingOf(label) ?? []);
  const [first = 'windows-1252'] = encodings;
  // Text of other encodings is hardly ever valid UTF-8, so that validity says more than a label of one byte a letter.
  if ((encodings.length === 0 || isSingleByte(first)) && isUtf8(bytes)) return decode(bytes, 'utf-8');
  const candidates = [...encodings, ...(isUtf8(bytes) ? ['utf-8'] : []), 'windows-1252'];
  const flawless = candidates.find((encoding) => isValid(bytes, encoding));
  return decode(bytes, leastFlawed(bytes, first, flawless ?? first));
}

/** A few broken characters do not refute a label; where they are many, another one that fits is taken. */
function leastFlawed(bytes: Uint8Array, said: string, other: string): string {
  if (said === other) return said;
  const { text } = decode(bytes, said);
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const foreign = text.match(/[^\0-\x7f]/g)?.length ?? 0;
  return broken > 0 && broken * 10 >= foreign ? other : said;
}

function byteOrderMark([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** `<?` or `<!` in two bytes a character. */
function wideWithoutMark([a, b, c, d]: Uint8Array): string | undefined {
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  return a === 0 && b === 0x3c && c === 0 && d !== 0 ? 'utf-16be' : undefined;
}

const charsetIn = (contentType: string): string | undefined =>
  /;\s*charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/i
    .exec(contentType)
    ?.slice(1)
    .find((label) => label !== undefined);

/** What the page's beginning says of itself: `meta` first, then the XML declaration. */
function declared(start: string): (string | undefined)[] {
  const html = start.replace(/<!--[\s\S]*?(?:-->|$)/g, '');
  const metas = [...html.matchAll(/<meta[\s/][^>]*>/gi)].map(([meta]) => labelOfMeta(meta));
  const xml = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"'>]+)["']/i.exec(html)?.[1];
  return [...metas, xml].map(notWide);
}

const labelOfMeta = (meta: string): string | undefined =>
  /\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)/i.exec(meta)?.[1];

/** Bytes in which ASCII could be read are not UTF-16, whatever they say. */
const notWide = (label: string | undefined): string | undefined =>
  label !== undefined && /^(?:utf-?16|ucs-?2|iso-10646-ucs-2|unicode)/i.test(label) ? 'utf-8' : label;

/** Undefined for a label that nobody knows. */
function encodingOf(label: string | undefined): string | undefined {
  if (label === undefined) return undefined;
  const name = label.trim().toLowerCase();
  if (name === 'x-user-defined') return 'windows-1252';
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return undefined;
  }
}

const isSingleByte = (encoding: string): boolean =>
  /^(?:windows-|iso-8859-|koi8-|macintosh|x-mac|ibm866)/.test(encoding);

const isUtf8 = (bytes: Uint8Array): boolean => isValid(bytes, 'utf-8');

function isValid(bytes: Uint8Array, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const decode = (bytes: Uint8Array, encoding: string): Decoded => ({
  text: new WebTextDecoder(encoding).decode(bytes),
  encoding,
});
