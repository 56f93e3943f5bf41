/**
 * Which files git ignores (gitignore(5)): the .gitignore files of a folder and of those above it in its repository, the
 * repository's info/exclude, and the user's own excludes file. Git itself is not run.
 */
import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { coreSetting, isTrue } from './gitConfig';

export interface IgnoreRules {
  /** The folder inside the tree that they are of, with a slash at the end; '' for the root and what is above it. */
  readonly base: string;
  /** From the folder that their patterns start at to `base`, with a slash at the end; '' where they are the same. */
  readonly above: string;
  readonly ignore: Ignore;
}

/** What holds in a folder, weakest first: later rules win. */
export interface FolderRules {
  readonly rules: readonly IgnoreRules[];
  /** `core.ignoreCase`, which git sets where the file system is so. */
  readonly ignoreCase: boolean;
}

export interface IgnorePlaces {
  /** The user's home folder. */
  readonly home: string;
  /** Where programs keep their settings; `~/.config` unless told. */
  readonly config?: string | undefined;
}

const userPlaces = (): IgnorePlaces => ({ home: os.homedir(), config: process.env['XDG_CONFIG_HOME'] });

const NONE: FolderRules = { rules: [], ignoreCase: false };

/** With those of the folder's own .gitignore. */
export async function withOwnRules(root: string, folder: string, above: FolderRules): Promise<FolderRules> {
  const file = path.join(root, ...folder.split('/'), '.gitignore');
  const own = await rulesOf(file, { base: folder, above: '' }, above.ignoreCase);
  return own === undefined ? above : { ...above, rules: [...above.rules, own] };
}

export function isIgnored(relative: string, isFolder: boolean, { rules }: FolderRules): boolean {
  let ignored = false;
  for (const { base, above, ignore } of rules) {
    const asked = above + relative.slice(base.length);
    // The folders above have been judged by all rules together, which one file's verdict on them must not undo.
    const parent = asked.slice(0, asked.lastIndexOf('/') + 1);
    if (parent.length > above.length && ignore.test(parent).ignored) continue;
    const verdict = ignore.test(asked + (isFolder ? '/' : ''));
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

/**
 * The rules from outside a folder: the user's, the repository's, those of the folders between. None for a folder that
 * they ignore as a whole: who opened it wants to see what is in it (a home folder kept in git with `*`).
 */
export async function rulesAbove(root: string, places: IgnorePlaces = userPlaces()): Promise<FolderRules> {
  const repository = await repositoryOf(root);
  if (repository === undefined) return NONE;
  const between = path
    .relative(repository, root)
    .split(path.sep)
    .filter((part) => part !== '');
  const aboveFrom = (from: number) =>
    between
      .slice(from)
      .map((part) => `${part}/`)
      .join('');
  const { rules, ignoreCase } = await rulesOfRepository(
    repository,
    { base: '', above: aboveFrom(0) },
    places,
  );
  const nested = await Promise.all(
    between.map((_, i) => {
      const file = path.join(repository, ...between.slice(0, i), '.gitignore');
      return rulesOf(file, { base: '', above: aboveFrom(i) }, ignoreCase);
    }),
  );
  const found = [...rules, ...nested.filter((each) => each !== undefined)];
  const whole = found.some(({ above, ignore }) => above !== '' && ignore.ignores(above));
  return { ignoreCase, rules: whole ? [] : found };
}

/**
 * A repository inside the tree (a submodule, a clone) has its own rules, and those around it end there; undefined for a
 * folder that is none.
 */
export async function rulesOfNested(
  root: string,
  folder: string,
  places: IgnorePlaces = userPlaces(),
): Promise<FolderRules | undefined> {
  const absolute = path.join(root, ...folder.split('/'));
  return (await isRepository(absolute))
    ? rulesOfRepository(absolute, { base: folder, above: '' }, places)
    : undefined;
}

type Place = Pick<IgnoreRules, 'base' | 'above'>;

/** Those that are in no .gitignore: the user's, then the repository's `info/exclude`. */
async function rulesOfRepository(
  repository: string,
  place: Place,
  places: IgnorePlaces,
): Promise<FolderRules> {
  const common = await commonFolder(repository);
  const settings = await textOf(path.join(common, 'config'));
  const ignoreCase = isTrue(coreSetting(settings, 'ignoreCase'));
  const files = [await userExcludes(repository, settings, places), path.join(common, 'info', 'exclude')];
  const rules = await Promise.all(files.map((file) => rulesOf(file, place, ignoreCase)));
  return { ignoreCase, rules: rules.filter((each) => each !== undefined) };
}

async function rulesOf(file: string, place: Place, ignoreCase: boolean): Promise<IgnoreRules | undefined> {
  const text = await textOf(file);
  return text.trim() === '' ? undefined : { ...place, ignore: ignore({ ignoreCase }).add(text) };
}

/** Empty where it is no readable file: a named pipe would be waited for. */
async function textOf(file: string): Promise<string> {
  try {
    return (await stat(file)).isFile() ? await readFile(file, 'utf8') : '';
  } catch {
    return '';
  }
}

/** The nearest repository, from this folder upwards. */
async function repositoryOf(folder: string): Promise<string | undefined> {
  for (let current = folder; ; current = path.dirname(current)) {
    if (await isRepository(current)) return current;
    if (current === path.dirname(current)) return undefined;
  }
}

const isRepository = (folder: string): Promise<boolean> =>
  stat(path.join(folder, '.git')).then(
    () => true,
    () => false,
  );

/** A worktree's or submodule's `.git` is a file that names the folder; worktrees share the settings of the main one. */
async function commonFolder(repository: string): Promise<string> {
  const git = path.join(repository, '.git');
  const named = /^gitdir:\s*(.+?)\s*$/m.exec(await textOf(git))?.[1];
  const own = named === undefined ? git : path.resolve(repository, named);
  return path.resolve(own, (await textOf(path.join(own, 'commondir'))).trim());
}

/** `core.excludesFile` of the repository, else of the user, else git's default place. */
async function userExcludes(
  repository: string,
  ofRepository: string,
  { home, config }: IgnorePlaces,
): Promise<string> {
  const settings = path.join(config || path.join(home, '.config'), 'git');
  const userFiles = [path.join(home, '.gitconfig'), path.join(settings, 'config')];
  const named = [ofRepository, ...(await Promise.all(userFiles.map(textOf)))]
    .map((text) => coreSetting(text, 'excludesFile'))
    .find((file) => file !== undefined && file !== '');
  if (named === undefined) return path.join(settings, 'ignore');
  return named.startsWith('~/') ? path.join(home, named.slice(2)) : path.resolve(repository, named);
}
