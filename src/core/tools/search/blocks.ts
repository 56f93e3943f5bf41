/** A document as blocks: ranges of lines that belong together, each under its headings. */

export interface Block {
  /** 0-based, inclusive. */
  readonly first: number;
  readonly last: number;
  /** The headings above, outermost first. */
  readonly headings: readonly string[];
  readonly kind: 'heading' | 'text' | 'table';
  /** The column names of a table, so that each group of its rows can be found and read. */
  readonly columns?: string;
}

export interface Outline {
  /** The first heading, or the `title:` of the front matter. */
  readonly title: string | undefined;
  readonly blocks: readonly Block[];
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/;
const SETEXT = /^ {0,3}(?:(=+)|-{3,})[ \t]*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const TABLE_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** Markdown (and reStructuredText as far as its headings look the same): headings, paragraphs, fenced code, tables. */
export function markdownOutline(lines: readonly string[]): Outline {
  const blocks: Block[] = [];
  const path: { level: number; text: string }[] = [];
  const front = frontMatter(lines);
  let title = front.title;
  if (front.last >= 0) blocks.push({ first: 0, last: front.last, headings: [], kind: 'text' });

  const headings = () => path.map(({ text }) => text);
  const heading = (first: number, last: number, level: number, text: string) => {
    while ((path.at(-1)?.level ?? 0) >= level) path.pop();
    if (text !== '') path.push({ level, text });
    if (text !== '') title ??= text;
    blocks.push({ first, last, headings: headings(), kind: 'heading' });
  };

  for (let i = front.last + 1; i < lines.length;) {
    const line = lines[i] ?? '';
    const atx = ATX.exec(line);
    if (line.trim() === '') {
      i++;
    } else if (atx !== null) {
      heading(i, i, (atx[1] ?? '').length, plain(atx[2] ?? ''));
      i++;
    } else if (FENCE.test(line)) {
      const last = endOfFence(lines, i);
      blocks.push({ first: i, last, headings: headings(), kind: 'text' });
      i = last + 1;
    } else {
      const last = endOfParagraph(lines, i);
      const underline = last > i ? SETEXT.exec(lines[last] ?? '') : null;
      if (underline !== null && last === i + 1) {
        heading(i, last, underline[1] === undefined ? 2 : 1, plain(line));
      } else if (line.includes('|') && TABLE_RULE.test(lines[i + 1] ?? '')) {
        blocks.push({ first: i, last, headings: headings(), kind: 'table', columns: columnNames(line, '|') });
      } else {
        blocks.push({ first: i, last, headings: headings(), kind: 'text' });
      }
      i = last + 1;
    }
  }
  return { title, blocks };
}

/** Plain text: paragraphs between blank lines. */
export function paragraphOutline(lines: readonly string[]): Outline {
  const blocks: Block[] = [];
  for (let i = 0; i < lines.length; i++) {
    if ((lines[i] ?? '').trim() === '') continue;
    const first = i;
    while (i + 1 < lines.length && (lines[i + 1] ?? '').trim() !== '') i++;
    blocks.push({ first, last: i, headings: [], kind: 'text' });
  }
  return { title: undefined, blocks };
}

/** CSV, TSV: one table whose first line that is not blank names the columns. */
export function tableOutline(lines: readonly string[], separator: string): Outline {
  const first = lines.findIndex((line) => line.trim() !== '');
  if (first < 0) return { title: undefined, blocks: [] };
  const columns = columnNames(lines[first] ?? '', separator);
  return {
    title: undefined,
    blocks: [{ first, last: lines.length - 1, headings: [], kind: 'table', columns }],
  };
}

/** The marks of emphasis, code and links taken off a heading. */
const plain = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`]+|(?<=^|\s)_+|_+(?=\s|$)/g, '')
    .trim();

const columnNames = (line: string, separator: string): string =>
  line
    .split(separator)
    .map((name) => plain(name.replace(/^\s*"|"\s*$/g, '')))
    .filter((name) => name !== '')
    .join(', ')
    .slice(0, 200);

function frontMatter(lines: readonly string[]): { title: string | undefined; last: number } {
  if (lines[0]?.trim() !== '---') return { title: undefined, last: -1 };
  const last = lines.findIndex((line, i) => i > 0 && i < 60 && /^(?:---|\.\.\.)\s*$/.test(line));
  if (last < 0) return { title: undefined, last: -1 };
  const named = lines.slice(1, last).find((line) => /^title\s*:/i.test(line));
  const title = named
    ?.replace(/^title\s*:\s*/i, '')
    .replace(/^(["'])(.*)\1\s*$/, '$2')
    .trim();
  return { title: title === '' ? undefined : title, last };
}

function endOfFence(lines: readonly string[], first: number): number {
  const fence = FENCE.exec(lines[first] ?? '')?.[1] ?? '```';
  for (let i = first + 1; i < lines.length; i++) {
    const close = FENCE.exec(lines[i] ?? '')?.[1];
    if (close?.startsWith(fence) === true) return i;
  }
  return lines.length - 1;
}

function endOfParagraph(lines: readonly string[], first: number): number {
  let last = first;
  while (last + 1 < lines.length) {
    const next = lines[last + 1] ?? '';
    if (next.trim() === '' || ATX.test(next) || FENCE.test(next)) break;
    last++;
    // An underlined heading is two lines, whatever follows.
    if (last === first + 1 && SETEXT.test(next) && !(lines[first] ?? '').includes('|')) break;
  }
  return last;
}
