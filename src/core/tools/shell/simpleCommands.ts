/**
 * A command line that is nothing but programs with literal arguments, as the shell will hand them over. Everything that
 * a shell computes (expansions, substitutions, redirections, assignments, control flow) makes it not so: total by
 * construction, since what is not named here is refused.
 */
import { failed, ok, type Result } from '../../common/result';
import type { SyntaxNode } from '../../ports';

export interface SimpleCommand {
  /** Unquoted: what the program gets. */
  readonly argv: readonly string[];
  /** Its part of the source. */
  readonly text: string;
}

/** Characters with which a shell can do more than pass an argument, and those that do not show; in quotes too, so that no
 * quoting has to be trusted. */
const ACTIVE = /[$`()<>&\\!\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const NAMES: Readonly<Record<string, string>> = {
  '\n': 'a line break',
  '\r': 'a carriage return',
  '\t': 'a tab',
  '\u001b': 'an escape character',
};

const nameOf = (character: string): string =>
  NAMES[character] ??
  (/[!-~]/.test(character) ? quoted(character) : `the hidden character ${codeOf(character)}`);

const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/** What stands between two commands; `&&` and `&` have an active character. */
const SEPARATORS: ReadonlySet<string> = new Set(['|', '||', ';']);
/** What holds commands and nothing else. */
const SEQUENCES: ReadonlySet<string> = new Set(['program', 'list', 'pipeline']);

/** Outside quotes: no blank, comment, brace, tilde, nor a pattern, which may become the name of any file, or an option. */
const BARE = /^[\p{L}\p{M}\p{N}_.,:@%+/=-]+$/u;

/** @param tree of the source; undefined where it could not be parsed */
export function simpleCommands(
  source: string,
  tree: SyntaxNode | undefined,
): Result<readonly SimpleCommand[]> {
  const active = ACTIVE.exec(source)?.[0];
  if (active !== undefined) return refuse(`It has ${nameOf(active)}.`);
  if (!tree) return refuse('It is not in the grammar of the shell.');
  if (!isCovered(source, tree)) return refuse('Parts of it are not understood.');
  const commands: SimpleCommand[] = [];
  const problem = collect(tree, commands);
  if (problem !== undefined) return refuse(problem);
  return commands.length > 0 ? ok(commands) : refuse('It has no command.');
}

/** @returns why a part is no simple command */
function collect(node: SyntaxNode, into: SimpleCommand[]): string | undefined {
  if (SEQUENCES.has(node.type)) {
    for (const child of node.children) {
      const problem = SEPARATORS.has(child.type) ? undefined : collect(child, into);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  if (node.type !== 'command') return `${quoted(node.text)} is more than a program with arguments.`;
  const argv: string[] = [];
  for (const child of node.children) {
    const argument = literal(child.type === 'command_name' ? (child.children[0] ?? child) : child);
    if (argument === undefined) return `${quoted(child.text)} is not taken literally by the shell.`;
    argv.push(argument);
  }
  into.push({ argv, text: node.text });
  return undefined;
}

/** Undefined where the shell would change it, or could take it for something else. */
function literal(node: SyntaxNode): string | undefined {
  const parts = node.type === 'concatenation' ? node.children : [node];
  let value = '';
  for (const part of parts) {
    const text = unquoted(part);
    if (text === undefined) return undefined;
    value += text;
  }
  // zsh takes `=ls` for the path of ls, and `''=ls` too.
  return value.startsWith('=') ? undefined : value;
}

function unquoted(node: SyntaxNode): string | undefined {
  const { type, text, children } = node;
  switch (type) {
    case 'word':
    case 'number':
      return children.length === 0 && BARE.test(text) ? text : undefined;
    case 'raw_string':
      return text.slice(1, -1);
    case 'string': {
      const isPlain = children.every((child) => child.type === '"' || child.type === 'string_content');
      return isPlain ? text.slice(1, -1) : undefined;
    }
    default:
      return undefined;
  }
}

/** Every character but blanks belongs to a token: a tree that leaves some out has not understood them. */
function isCovered(source: string, tree: SyntaxNode): boolean {
  let at = 0;
  for (const { start, end } of tokens(tree)) {
    if (!isBlank(source.slice(at, start))) return false;
    at = Math.max(at, end);
  }
  return isBlank(source.slice(at));
}

/** Of the shell's blanks a tab is refused before; other spaces are letters to it. */
const isBlank = (text: string): boolean => /^ *$/.test(text);

const tokens = (node: SyntaxNode): readonly SyntaxNode[] =>
  node.children.length === 0 ? [node] : node.children.flatMap(tokens);

const refuse = (message: string) => failed('unsupported', message);
const quoted = (text: string) => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;
