/** The grammar of a shell, by a parser that knows all of it. */

/** A node of a syntax tree of tree-sitter-bash, with every token: keywords and operators too. */
export interface SyntaxNode {
  /** As the grammar names it: `command`, `raw_string`; an operator is its own type: `|`. */
  readonly type: string;
  readonly text: string;
  /** UTF-16 offsets into the source, the end exclusive. */
  readonly start: number;
  readonly end: number;
  readonly children: readonly SyntaxNode[];
}

export interface ShellParser {
  /** Undefined where the source is not, or not wholly, in bash's grammar. */
  parse(source: string): Promise<SyntaxNode | undefined>;
}
