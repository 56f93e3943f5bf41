/** XML as a text to read: its own lines, or laid out anew where they are too long. */
import { ok, type Result } from '../../core/common/result';
import type { DocumentContent } from '../../core/ports';
import type { Source } from '../source';
import { LineText } from './lineParts';
import { textOf } from './read';

const LAID_OUT = 300;

export function readXml(source: Source): Result<DocumentContent> {
  const text = textOf(source, declaredEncoding(source.bytes));
  if (!text.ok) return text;
  const given = new LineText(text.value);
  if (text.value.length <= LAID_OUT * given.count) {
    return ok({
      format: 'xml',
      title: titleOf(text.value),
      parts: given.parts(0, given.count - 1, () => ''),
      notes: [],
    });
  }
  const lines = new LineText(layOutXml(text.value));
  const parts = lines
    .parts(0, lines.count - 1, () => '')
    .map(({ text: shown }) => ({
      locator: { kind: 'section' as const, heading: '' },
      title: '',
      text: shown,
    }));
  const notes = ['Its lines are too long to read, so it is laid out anew.'];
  return ok({ format: 'xml', title: titleOf(text.value), parts, notes });
}

/** Appendix F of XML 1.0: the declaration is readable in every encoding that is not UTF-16. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  return /^\s*<\?xml\b[^>]*\bencoding\s*=\s*["']([\w.:-]+)["']/.exec(head)?.[1];
}

/** Feeds, pictures and records have their title in an element of that name. */
const titleOf = (text: string): string | undefined => {
  const title = /<title\b[^>]*>\s*([^<]{1,200}?)\s*<\/title>/.exec(text.slice(0, 20_000))?.[1];
  return title === '' ? undefined : title;
};

const TOKEN = /<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[^>]*>|[^<]+|</gs;

/** A line for each tag, an element without children on one line; text stays as it is. */
function layOutXml(text: string): string {
  const lines: string[] = [];
  let depth = 0;
  let open: string | undefined;
  for (const [token] of text.matchAll(TOKEN)) {
    if (token.trim() === '') continue;
    const isEnd = token.startsWith('</');
    const isStart = /^<[^!?/]/.test(token) && !token.endsWith('/>');
    if (isEnd) depth = Math.max(0, depth - 1);
    if (open !== undefined && (isEnd || !token.startsWith('<'))) {
      open += token;
      lines[lines.length - 1] = open;
      if (isEnd) open = undefined;
      continue;
    }
    const line = `${'  '.repeat(Math.min(depth, 40))}${token}`;
    lines.push(line);
    open = isStart ? line : undefined;
    if (isStart) depth++;
  }
  return lines.join('\n');
}
