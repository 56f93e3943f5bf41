/** Markdown of a model, which may be hostile, as HTML that loads nothing and runs nothing: the panel's and an export's. */
import MarkdownIt, { type Token } from 'markdown-it';
import { addCitationRule, fillCitation, type CitationElementOf } from './citations';
import { addLinkRule } from './links';

/** The question is the page's h1, its sections are h2: an answer's own headings start below. */
const TOP_HEADING = 3;

/** Blocks of words, each from the side on which its script starts; code does so from the left. */
const READS_EITHER_WAY = new Set(['p', 'ul', 'ol', 'li', 'blockquote', 'th', 'td', 'h3', 'h4', 'h5', 'h6']);

const markdown = new MarkdownIt({ html: false, linkify: false });
addCitationRule(markdown);
addLinkRule(markdown);
addScrollableBlocks();

export function answerHtml(text: string, elementOf: CitationElementOf): string {
  const tokens = markdown.parse(text, {});
  lowerHeadings(tokens);
  const seen = new Map<string, number>();
  for (const token of tokens) {
    if (token.type === 'th_open' || token.type === 'td_open') alignByClass(token);
    if (token.nesting === 1 && READS_EITHER_WAY.has(token.tag)) token.attrSet('dir', 'auto');
    for (const child of token.children ?? []) {
      if (child.type !== 'citation') continue;
      const index = seen.get(child.content) ?? 0;
      seen.set(child.content, index + 1);
      fillCitation(child, elementOf(child.content, index));
    }
  }
  return markdown.renderer.render(tokens, markdown.options, {});
}

/** The lines of blocks of code, from the first to the one after the last, counted from 0. */
export const codeLines = (text: string): readonly (readonly [start: number, end: number])[] =>
  markdown
    .parse(text, {})
    .flatMap(({ type, map }) => (map && (type === 'fence' || type === 'code_block') ? [map] : []));

/** Whichever levels an answer uses, those of the page follow one another: none is left out on the way down. */
function lowerHeadings(tokens: readonly Token[]): void {
  const headings = tokens.filter(({ type }) => type.startsWith('heading'));
  const levels = [...new Set(headings.map(({ tag }) => tag))].sort();
  let before = TOP_HEADING - 1;
  for (const heading of headings) {
    const level = Math.min(
      6,
      TOP_HEADING + levels.indexOf(heading.tag),
      before + (heading.nesting === 1 ? 1 : 0),
    );
    heading.tag = `h${level}`;
    before = level;
  }
}

/** The page's policy forbids style attributes. */
function alignByClass(cell: Token): void {
  const alignment = /^text-align:(left|center|right)$/.exec(String(cell.attrGet('style') ?? ''))?.[1];
  cell.attrs = alignment ? [['class', `align-${alignment}`]] : null;
}

/** Code and tables scroll by themselves, with the keyboard too, so that the page never scrolls sideways. */
function addScrollableBlocks(): void {
  const { rules } = markdown.renderer;
  const code = (tokens: readonly Token[], index: number) =>
    `<pre tabindex="0"><code>${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</code></pre>\n`;
  rules.fence = code;
  rules.code_block = code;
  rules.table_open = () => '<div class="table" tabindex="0"><table>\n';
  rules.table_close = () => '</table></div>\n';
}
