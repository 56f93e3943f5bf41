/**
 * XHTML of a document as blocks of Markdown: what mammoth makes of DOCX, chapters of EPUB, what src/formats/office makes
 * of OpenDocument. Bold and italic are left out, so that quotes of the text are found in it.
 */
import { isElement, textContent, type XmlElement, type XmlNode } from '../office/xml';
import { formulaText } from './mathml';
import { markdownTable, type TextBlock } from './blocks';

export function blocksOfXhtml(nodes: readonly XmlNode[]): TextBlock[] {
  const blocks: TextBlock[] = [];
  let run: XmlNode[] = [];
  const flush = () => {
    const text = inlineText(run);
    if (text !== '') blocks.push({ level: 0, text });
    run = [];
  };
  for (const node of nodes) {
    if (!isElement(node) || !holdsBlock(node)) {
      run.push(node);
      continue;
    }
    flush();
    blocks.push(...blocksOfElement(node));
  }
  flush();
  return blocks.filter(({ text }) => text !== '');
}

const LEAVES = new Set(['table', 'ul', 'ol', 'pre', 'blockquote', 'hr', 'dl']);
const BLOCK =
  /^(?:p|div|section|article|h[1-6]|table|ul|ol|li|pre|blockquote|dl|dt|dd|figure|figcaption|header|footer|main|aside|nav|body|html|hr|address|details|summary|center)$/;
const NOT_TEXT = new Set(['script', 'style', 'head', 'title', 'template', 'svg']);

/** A block, or something around one: a link around a paragraph. */
const holdsBlock = (element: XmlElement): boolean =>
  BLOCK.test(element.name) || element.children.some((child) => isElement(child) && holdsBlock(child));

function blocksOfElement(element: XmlElement): TextBlock[] {
  const { name, children } = element;
  if (NOT_TEXT.has(name)) return [];
  const heading = /^h([1-6])$/.exec(name)?.[1];
  if (heading !== undefined)
    return [{ level: Number(heading), text: inlineText(children).replace(/\s+/g, ' ') }];
  return LEAVES.has(name) ? [{ level: 0, text: leafText(element) }] : blocksOfXhtml(children);
}

function leafText(element: XmlElement): string {
  switch (element.name) {
    case 'table':
      return markdownTable(gridOf(rowsOf(element)));
    case 'ul':
    case 'ol':
      return listText(element);
    case 'pre':
      return `\`\`\`\n${textContent(element).replace(/^\n|\n+$/g, '')}\n\`\`\``;
    case 'blockquote':
      return joined(element.children).replace(/^/gm, '> ');
    case 'hr':
      return '---';
    default:
      return definitions(element);
  }
}

/** Blocks as one text, headings as plain lines: inside a list or a quote they begin no section. */
const joined = (nodes: readonly XmlNode[], between = '\n\n'): string =>
  blocksOfXhtml(nodes)
    .map(({ text }) => text)
    .join(between);

function listText(list: XmlElement): string {
  let number = Number(list.attributes['start'] ?? 1) || 1;
  return list.children
    .filter(isElement)
    .map((item) => {
      // A list right in a list, against the standard, belongs to the item before it.
      if (item.name === 'ul' || item.name === 'ol') return listText(item).replace(/^/gm, '  ');
      const marker = list.name === 'ol' ? `${number++}. ` : '- ';
      return marker + joined(item.children, '\n').replace(/\n(?=.)/g, `\n${' '.repeat(marker.length)}`);
    })
    .join('\n');
}

const definitions = (list: XmlElement): string =>
  list.children
    .filter(isElement)
    .map((item) => (item.name === 'dd' ? `: ${joined(item.children, ' ')}` : joined([item], ' ')))
    .join('\n');

/** Rows of this table, not of one in its cells. */
function rowsOf(table: XmlElement): XmlElement[] {
  return table.children
    .filter(isElement)
    .flatMap((child) =>
      child.name === 'tr' ? [child] : /^t(?:head|body|foot)$/.test(child.name) ? rowsOf(child) : [],
    );
}

/** A cell that spans columns or rows has its text in the first place; the others stay empty, so that columns stay columns. */
function gridOf(rows: readonly XmlElement[]): string[][] {
  // By column: how many of the rows that follow are covered from above.
  const covered: number[] = [];
  return rows.map((row) => {
    const line: string[] = [];
    const passCovered = () => {
      for (let left = covered[line.length] ?? 0; left > 0; left = covered[line.length] ?? 0) {
        covered[line.length] = left - 1;
        line.push('');
      }
    };
    for (const cell of row.children.filter(isElement).filter(({ name }) => name === 'td' || name === 'th')) {
      passCovered();
      for (let i = 0; i < spanOf(cell, 'colspan'); i++) {
        covered[line.length] = spanOf(cell, 'rowspan') - 1;
        line.push(i === 0 ? joined(cell.children, ' ') : '');
      }
    }
    passCovered();
    return line;
  });
}

const spanOf = (cell: XmlElement, name: 'colspan' | 'rowspan'): number =>
  Math.min(1_000, Math.max(1, Math.floor(Number(cell.attributes[name] ?? 1)) || 1));

/** White space as a browser shows it, with the breaks that the text asks for. */
export const inlineText = (nodes: readonly XmlNode[]): string =>
  nodes
    .map(inlineOf)
    .join('')
    .replace(/[ \t\n\r]+/g, ' ')
    .replace(/ ?\u2028 ?/g, '\n')
    .trim();

function inlineOf(node: XmlNode): string {
  if (!isElement(node)) return node;
  const { name, attributes, children } = node;
  if (NOT_TEXT.has(name)) return '';
  const inner = () => children.map(inlineOf).join('');
  switch (name) {
    case 'br':
      return '\u2028';
    case 'img':
    case 'image':
      return picture(attributes['alt'] ?? '');
    case 'a':
      return isNoteMark(attributes) ? `[^${inner().trim()}]` : link(inner(), attributes['href'] ?? '');
    case 'math':
      return formulaText(node);
    case 'sup':
      return raised(inner());
    default:
      return inner();
  }
}

export const picture = (description: string): string =>
  description.trim() === '' ? '' : ` (picture: ${description.replace(/\s+/g, ' ').trim()}) `;

/** As EPUB marks them. */
const isNoteMark = (attributes: XmlElement['attributes']): boolean =>
  attributes['epub:type'] === 'noteref' || attributes['role'] === 'doc-noteref';

/** Links to the web keep their address; those inside the document are their text, a note's mark `[^1]`. */
function link(text: string, href: string): string {
  const note = /^#(?:footnote|endnote)-(?!ref)/.test(href) ? /\d+/.exec(text)?.[0] : undefined;
  if (note !== undefined) return `[^${note}]`;
  return /^(?:https?|mailto):/i.test(href) && text.trim() !== '' && text.trim() !== href
    ? `[${text.trim()}](${href})`
    : text;
}

/** 10<sup>6</sup> must not read as 106. */
function raised(text: string): string {
  const plain = text.trim();
  return /^-?[\d+\-−]+$/.test(plain) ? `^${plain}` : text;
}
