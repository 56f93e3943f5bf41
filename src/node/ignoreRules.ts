/**
 * Which files git ignores (gitignore(5)): the .gitignore files of a folder and of those above it in its repository, the
 * repository's info/exclude, and the user's own excludes file. Git itself is not run.
 */
import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

export interface IgnoreRules {
  /** The folder inside the tree that they are of, with a slash at the end; '' for the root and what is above it. */
  readonly base: string;
  /** From the folder that their patterns start at to `base`, with a slash at the end; '' where they are the same. */
  readonly above: string;
  readonly ignore: Ignore;
}

export interface IgnorePlaces {
  /** The user's home folder. */
  readonly home: string;
  /** Where programs keep their settings; `~/.config` unless told. */
  readonly config?: string | undefined;
}

const userPlaces = (): IgnorePlaces => ({ home: os.homedir(), config: process.env['XDG_CONFIG_HOME'] });

/** The rules of a folder's own .gitignore, undefined with none. */
export async function rulesIn(root: string, folder: string): Promise<IgnoreRules | undefined> {
  return rulesOf(path.join(root, ...folder.split('/'), '.gitignore'), folder, '');
}

/** Later rules win. */
export function isIgnored(relative: string, isFolder: boolean, rules: readonly IgnoreRules[]): boolean {
  let ignored = false;
  for (const { base, above, ignore } of rules) {
    const verdict = ignore.test(above + relative.slice(base.length) + (isFolder ? '/' : ''));
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

/**
 * The rules from outside a folder, weakest first: the user's, the repository's, those of the folders between. None for a
 * folder that they ignore as a whole: who opened it wants to see what is in it (a home folder kept in git with `*`).
 */
export async function rulesAbove(
  root: string,
  places: IgnorePlaces = userPlaces(),
): Promise<readonly IgnoreRules[]> {
  const repository = await repositoryOf(root);
  if (repository === undefined) return [];
  const above = path.relative(repository, root).split(path.sep).join('/');
  const parts = above === '' ? [] : above.split('/');
  const files = [
    { file: await userExcludes(places), from: 0 },
    { file: await infoExclude(repository), from: 0 },
    ...parts.map((_, i) => ({ file: path.join(repository, ...parts.slice(0, i), '.gitignore'), from: i })),
  ];
  const rules = await Promise.all(
    files.map(({ file, from }) =>
      rulesOf(
        file,
        '',
        parts
          .slice(from)
          .map((part) => `${part}/`)
          .join(''),
      ),
    ),
  );
  const found = rules.filter((each) => each !== undefined);
  return found.some((each) => each.above !== '' && each.ignore.ignores(each.above)) ? [] : found;
}

async function rulesOf(file: string, base: string, above: string): Promise<IgnoreRules | undefined> {
  const text = await textOf(file);
  return text.trim() === '' ? undefined : { base, above, ignore: ignore().add(text) };
}

/** Empty where it is no readable file: a named pipe would be waited for. */
async function textOf(file: string): Promise<string> {
  try {
    return (await stat(file)).isFile() ? await readFile(file, 'utf8') : '';
  } catch {
    return '';
  }
}

/** The nearest folder with a `.git`, from this one upwards. */
async function repositoryOf(folder: string): Promise<string | undefined> {
  for (let current = folder; ; current = path.dirname(current)) {
    const git = await stat(path.join(current, '.git')).catch(() => undefined);
    if (git !== undefined) return current;
    if (current === path.dirname(current)) return undefined;
  }
}

/** A worktree's or submodule's `.git` is a file that names the folder; worktrees share the info of the main one. */
async function infoExclude(repository: string): Promise<string> {
  const git = path.join(repository, '.git');
  const named = /^gitdir:\s*(.+?)\s*$/m.exec(await textOf(git))?.[1];
  const own = named === undefined ? git : path.resolve(repository, named);
  const common = (await textOf(path.join(own, 'commondir'))).trim();
  return path.join(path.resolve(own, common), 'info', 'exclude');
}

/** `core.excludesFile`, else git's default place. */
async function userExcludes({ home, config }: IgnorePlaces): Promise<string> {
  const settings = path.join(config || path.join(home, '.config'), 'git');
  for (const file of [path.join(home, '.gitconfig'), path.join(settings, 'config')]) {
    const named = excludesFileIn(await textOf(file));
    if (named !== undefined) return named.startsWith('~/') ? path.join(home, named.slice(2)) : named;
  }
  return path.join(settings, 'ignore');
}

/** Of the section `[core]`, the last one said. */
function excludesFileIn(settings: string): string | undefined {
  let section = '';
  let named: string | undefined;
  for (const line of settings.split(/\r?\n/)) {
    section = /^\s*\[\s*([^\]\s]+)/.exec(line)?.[1]?.toLowerCase() ?? section;
    const value = /^\s*excludesfile\s*=\s*"?([^"#;]*?)"?\s*(?:[#;].*)?$/i.exec(line)?.[1];
    if (section === 'core' && value !== undefined && value !== '') named = value;
  }
  return named;
}
