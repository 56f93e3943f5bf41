/** What a passage points at: Markdown links, wiki links, and paths written out. */
import type { Passage } from '../../ports';

// No part is looked for further than this, so that a text of brackets costs time in proportion to its length.
const MARKDOWN_LINK =
  /\[[^\]\n]{0,500}\]\(\s{0,9}<?([^)\s>]{1,500})(?:[^)\S\n][^)\n]{0,500}|>[^)\n]{0,500})?\)/g;
const REFERENCE = /^ {0,3}\[[^\]\n]+\]:\s*<?([^\s>]+)>?/gm;
const WIKI_LINK = /\[\[([^\]|#\n]{1,500})(?:[#|][^\]\n]{0,500})?\]\]/g;
const BARE_PATH =
  /(?<![\w/.:@-])(?:\.{0,2}\/)?(?:[\w@.-]+\/)*[\w@-][\w@.-]*\.[A-Za-z][A-Za-z0-9]{0,7}(?![\w/])/g;

export interface PathLookup {
  has(path: string): boolean;
  /** Paths whose file name, with or without its extension, is `name` in any case. */
  named(name: string): readonly string[];
}

/** Workspace paths that the passage's text links to or mentions, in order, without itself. */
export function linksOf(passage: Pick<Passage, 'path' | 'text'>, files: PathLookup): string[] {
  const folder = passage.path.split('/').slice(0, -1);
  const found = new Set<string>();
  const take = (target: string) => {
    const path = resolve(folder, target, files);
    if (path !== undefined && path !== passage.path) found.add(path);
  };
  for (const pattern of [MARKDOWN_LINK, REFERENCE, BARE_PATH]) {
    for (const match of passage.text.matchAll(pattern)) take(match[1] ?? match[0]);
  }
  for (const match of passage.text.matchAll(WIKI_LINK)) {
    const name = (match[1] ?? '').trim();
    const named = files.has(name) ? [name] : files.named(name.slice(name.lastIndexOf('/') + 1));
    for (const path of named) if (path !== passage.path) found.add(path);
  }
  return [...found];
}

/** Relative to the passage's folder, then to the workspace; then by file name where only one file has it. */
function resolve(folder: readonly string[], target: string, files: PathLookup): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined;
  const clean = decode(target.replace(/[#?].*$/, ''));
  if (clean === '') return undefined;
  const base = clean.startsWith('/') ? [] : folder;
  for (const path of [join(base, clean), join([], clean)]) {
    if (path === undefined) continue;
    if (files.has(path)) return path;
    if (files.has(`${path}.md`)) return `${path}.md`;
  }
  const named = files.named(clean.slice(clean.lastIndexOf('/') + 1));
  return named.length === 1 ? named[0] : undefined;
}

function join(folder: readonly string[], target: string): string | undefined {
  const parts = [...folder];
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

function decode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}
