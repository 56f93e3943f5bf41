/** The documents of the repository, and what can be checked of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../../..');

export const read = (file: string): string => readFileSync(path.join(root, file), 'utf8');

const markdownIn = (folder: string): readonly string[] =>
  readdirSync(path.join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.posix.join(folder, name));

const examples = readdirSync(path.join(root, 'examples'))
  // What is researched is no document about Memento.
  .filter((name) => name !== 'sample-workspace')
  .map((name) => `examples/${name}/README.md`)
  .filter((file) => existsSync(path.join(root, file)));

/** Paths from the root, README.md first. */
export const PAGES: readonly string[] = [
  ...new Set(['README.md', ...markdownIn('docs'), ...markdownIn('.'), ...examples]),
];

export interface DocumentedCommand {
  readonly page: string;
  /** One line of a shell block, without its comment. */
  readonly line: string;
}

const SHELL_BLOCK = /^( *)```sh\n(.*?)^\1```$/gms;
const COMMENT = /\s{2,}#.*$/;

/** Every line of the shell blocks of a page, in its order. */
export const commandsOf = (page: string): readonly DocumentedCommand[] =>
  [...read(page).matchAll(SHELL_BLOCK)]
    .flatMap(([, , block = '']) => block.split('\n'))
    .map((line) => line.replace(COMMENT, '').trim())
    .filter((line) => line !== '')
    .map((line) => ({ page, line }));
