/** The marks of an answer, `[e1]`, `[e1][e2]` or `[e1, e2]`, as elements that lead to their source. */
import type { MarkdownIt, StateInline, Token } from 'markdown-it';

export interface CitationElement {
  readonly tag: 'a' | 'button';
  /** Values are escaped when they are written. */
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly text: string;
}

/** @param index of the mark among those of its evidence, from 0; undefined where the evidence is not cited */
export type CitationElementOf = (evidence: string, index: number) => CitationElement | undefined;

const MARK = /\[(e\d+(?:\s*[,;]\s*e\d+)*)\]/y;
const OPEN_BRACKET = 0x5b;

export function addCitationRule(markdown: MarkdownIt): void {
  // Before links, so that `[e1](…)` and a definition of `[e1]` cannot turn a mark into a link.
  markdown.inline.ruler.before('link', 'citation', citationRule);
  markdown.renderer.rules.citation = (tokens, index, _options, _env, renderer) => {
    const token = tokens[index];
    if (!token) return '';
    const text = markdown.utils.escapeHtml(token.content);
    return `<${token.tag}${renderer.renderAttrs(token)}>${text}</${token.tag}>`;
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

/** A mark of something that is not cited becomes text again: a number must lead somewhere. */
export function fillCitation(token: Token, element: CitationElement | undefined): void {
  if (!element) {
    token.type = 'text';
    token.content = `[${token.content}]`;
    return;
  }
  token.tag = element.tag;
  token.attrs = element.attributes.map(([name, value]) => [name, value]);
  token.content = element.text;
}
