/** The marks of an answer, `[e1]`, `[e1][e2]` or `[e1, e2]`, as buttons that open their source. */
import type { MarkdownIt, StateInline, Token } from 'markdown-it';

export interface Mark {
  /** The number shown to the reader. */
  readonly n: number;
  /** What a screen reader says: `Source 1: notes/a.md lines 3-5, quote found`. */
  readonly label: string;
  readonly tooltip: string;
  readonly look: 'verified' | 'unverified' | 'contradicted';
}

/** By evidence id, one for each mark of it in the order of the text; the last one stands for those that follow. */
export type Marks = ReadonlyMap<string, readonly Mark[]>;

const MARK = /\[(e\d+(?:\s*[,;]\s*e\d+)*)\]/y;
const OPEN_BRACKET = 0x5b;

export function addCitationRule(markdown: MarkdownIt): void {
  // Before links, so that `[e1](…)` and a definition of `[e1]` cannot turn a mark into a link.
  markdown.inline.ruler.before('link', 'citation', citationRule);
  markdown.renderer.rules.citation = (tokens, index, _options, _env, renderer) => {
    const token = tokens[index];
    if (!token) return '';
    return `<button${renderer.renderAttrs(token)}>${markdown.utils.escapeHtml(token.content)}</button>`;
  };
}

function citationRule(state: StateInline, silent: boolean): boolean {
  // Silent is the search for the end of a link's label, where a mark must not look like a link in a link.
  if (silent || state.src.charCodeAt(state.pos) !== OPEN_BRACKET) return false;
  MARK.lastIndex = state.pos;
  const match = MARK.exec(state.src);
  if (!match) return false;
  for (const id of (match[1] ?? '').split(/\s*[,;]\s*/)) state.push('citation', 'button', 0).content = id;
  state.pos = MARK.lastIndex;
  return true;
}

/**
 * A mark of something that is not cited becomes text again: a number must lead somewhere. `index` counts the marks of
 * this evidence from 0.
 */
export function fillCitation(token: Token, marks: Marks, index: number): void {
  const id = token.content;
  const all = marks.get(id);
  const mark = all?.[index] ?? all?.at(-1);
  if (!mark) {
    token.type = 'text';
    token.content = `[${id}]`;
    return;
  }
  token.attrs = [
    ['type', 'button'],
    ['class', mark.look === 'verified' ? 'cite' : `cite cite-${mark.look}`],
    ['data-evidence', id],
    ['data-mark', String(index)],
    ['aria-label', mark.label],
    ['title', mark.tooltip],
  ];
  token.content = String(mark.n);
}

/** Ids in the order in which a text first names them: the numbers of an answer that is still being written. */
export function markOrder(text: string): string[] {
  const ids = text.matchAll(/\[(e\d+(?:\s*[,;]\s*e\d+)*)\]/g);
  return [...new Set([...ids].flatMap((match) => (match[1] ?? '').split(/\s*[,;]\s*/)))];
}
