/** tree-sitter-bash behind the core's port. The parser is loaded with the first command. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Node, Parser } from 'web-tree-sitter';
import type { ShellParser, SyntaxNode } from '../core/ports';

/** Longer ones ask: a person must be able to read what is decided for them. */
const LONGEST = 10_000;

/** @param dist the folder with web-tree-sitter.wasm and tree-sitter-bash.wasm */
export function createShellParser(dist: string): ShellParser {
  let loading: Promise<Parser> | undefined;
  return {
    parse: async (source) => {
      if (source.length > LONGEST) return undefined;
      loading ??= load(dist).catch((error: unknown) => {
        loading = undefined;
        throw error;
      });
      const tree = (await loading).parse(source);
      if (!tree) return undefined;
      try {
        return tree.rootNode.hasError ? undefined : plain(tree.rootNode);
      } finally {
        tree.delete();
      }
    },
  };
}

async function load(dist: string): Promise<Parser> {
  const { Language, Parser } = await import('web-tree-sitter');
  await Parser.init({ locateFile: (name: string) => path.join(dist, name) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(await readFile(path.join(dist, 'tree-sitter-bash.wasm'))));
  return parser;
}

const plain = ({ type, text, startIndex, endIndex, children }: Node): SyntaxNode => ({
  type,
  text,
  start: startIndex,
  end: endIndex,
  children: children.map(plain),
});
