/** Plain text, source code and Markdown: parts of lines. */
import { decodeText } from '../../core/common/decodeText';
import { failed, ok, type Result } from '../../core/common/result';
import type { DocumentContent, DocumentFile } from '../../core/ports';
import { markdownOutline } from '../../core/tools/search/blocks';
import type { Source } from '../source';
import { LineText } from './lineParts';

/** The text of a file, by its mark, by what a server said of it, or by the bytes; a fault for what is none. */
export function textOf({ name, bytes, mediaType }: DocumentFile, declared?: string): Result<string> {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(mediaType ?? '')?.[1];
  const text = decodeText(bytes, charset ?? declared);
  return text === undefined ? failed('unsupported', `${name} is not a text file.`) : ok(text);
}

export function readText(source: Source): Result<DocumentContent> {
  const text = textOf(source);
  if (!text.ok) return text;
  const lines = new LineText(text.value);
  return ok({
    format: 'text',
    title: undefined,
    parts: lines.parts(0, lines.count - 1, () => ''),
    notes: [],
  });
}

export function readMarkdown(source: Source): Result<DocumentContent> {
  const text = textOf(source);
  if (!text.ok) return text;
  const lines = new LineText(text.value);
  const { title, blocks } = markdownOutline(lines.all());
  const parts = blocks.flatMap(({ headings }, i) => {
    const before = blocks[i - 1];
    if (before !== undefined && same(before.headings, headings)) return [];
    const next = blocks.findIndex((block, j) => j > i && !same(block.headings, headings));
    const first = blocks[i]?.first ?? 0;
    const last = (next < 0 ? lines.count : (blocks[next]?.first ?? 0)) - 1;
    return lines.parts(first, last, () => headings.join(' › '));
  });
  return ok({ format: 'markdown', title, parts, notes: [] });
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((heading, i) => heading === b[i]);
