/** What of a repository could make a git command that only reads run a program, or fetch. */
import { git, isInRepository } from './git';

/** Settings of a repository's own configuration that steer no program. Everything else is told. */
const HARMLESS = [
  /^core\.(?:repositoryformatversion|filemode|bare|logallrefupdates|ignorecase|precomposeunicode|symlinks)$/,
  /^core\.(?:autocrlf|eol|safecrlf|abbrev|quotepath|compression|longpaths|protecthfs|protectntfs|untrackedcache)$/,
  /^remote\..*\.(?:url|pushurl|fetch|push|tagopt|prune|prunetags|mirror)$/,
  /^branch\..*\.(?:remote|pushremote|merge|rebase|description|vscode-merge-base|mergeoptions)$/,
  /^(?:user|author|committer)\.(?:name|email)$/,
  /^init\.defaultbranch$/,
  /^(?:pull|fetch|push)\.(?:rebase|ff|prune|default|autosetupremote|followtags)$/,
  /^gui\.|^color\.|^advice\./,
];

/** A submodule among the entries of the index; git then reads its configuration too. */
const GITLINK = /(?:^|\0)160000 /;

/**
 * Names of settings of the repository around `folder`, the worktree's and included ones among them; `submodules` where it
 * has any. Empty outside a repository; undefined where git does not answer, or distrusts the folder.
 */
export async function gitSettingsThatRun(folder: string): Promise<readonly string[] | undefined> {
  if (!(await isInRepository(folder))) return [];
  const [names, entries] = await Promise.all([
    git(folder, ['config', '--list', '--includes', '--name-only', '--show-scope', '-z']),
    git(folder, ['ls-files', '--stage', '-z']),
  ]);
  if (names === undefined || entries === undefined) return undefined;
  return [...ownSettings(names), ...(GITLINK.test(entries) ? ['submodules'] : [])];
}

/** Pairs of scope and name, each ended by NUL. The scope `command` is what we ourselves said. */
function ownSettings(list: string): readonly string[] {
  const fields = list.split('\0');
  const names = new Set<string>();
  for (let i = 0; i + 1 < fields.length; i += 2) {
    const [scope, name = ''] = [fields[i], fields[i + 1]];
    if (scope !== 'local' && scope !== 'worktree') continue;
    if (!HARMLESS.some((pattern) => pattern.test(name))) names.add(name);
  }
  return [...names];
}
