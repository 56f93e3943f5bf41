/**
 * git's commands that show history. What a repository's own configuration can make them run (fsmonitor, external diffs,
 * pagers …) is checked apart: `asksGit`.
 */
import { parseOptions, type OptionRule } from './options';
import type { ReadOnly } from './programs';

const COMMIT_FORMAT = ['oneline', 'abbrev-commit', 'no-abbrev-commit', 'graph', 'no-decorate', 'no-notes'];
const COMMIT_VALUED = ['format', 'pretty', 'date', 'abbrev', 'decorate'];
const SELECT = [
  'all',
  'branches',
  'tags',
  'remotes',
  'merges',
  'no-merges',
  'first-parent',
  'reverse',
  'follow',
];
const SELECT_VALUED = [
  ...['max-count', 'skip', 'since', 'after', 'until', 'before', 'author', 'committer', 'grep', 'diff-filter'],
];
const DIFF = [
  ...['patch', 'no-patch', 'stat', 'shortstat', 'numstat', 'name-only', 'name-status', 'summary', 'raw'],
  ...['word-diff', 'color-words', 'ignore-all-space', 'ignore-space-change', 'ignore-blank-lines', 'minimal'],
  ...[
    'patience',
    'histogram',
    'find-renames',
    'no-renames',
    'cached',
    'staged',
    'check',
    'quiet',
    'exit-code',
  ],
  ...['no-ext-diff', 'no-textconv', 'no-color', 'merge-base'],
];
const DIFF_OPTIONAL = ['color', 'stat', 'unified', 'word-diff', 'find-renames', 'diff-algorithm'];

const LOG: OptionRule = {
  flags: 'pswbimtcz',
  valued: 'nSGUL',
  digits: true,
  long: [...COMMIT_FORMAT, ...SELECT, ...DIFF],
  longValued: SELECT_VALUED,
  longOptional: [...COMMIT_VALUED, ...DIFF_OPTIONAL],
};

const COMMANDS: Readonly<Record<string, OptionRule>> = {
  log: LOG,
  show: LOG,
  // Not diff: it writes what it saw of the files to the index, with --no-optional-locks too.
  shortlog: { flags: 'nsec', long: [...SELECT, 'numbered', 'summary', 'email'], longValued: SELECT_VALUED },
  status: {
    flags: 'sbvz',
    long: ['short', 'branch', 'long', 'show-stash', 'ahead-behind', 'no-ahead-behind', 'no-renames'],
    longOptional: ['porcelain', 'untracked-files', 'ignored'],
  },
  'rev-parse': {
    flags: 'q',
    long: [
      ...['verify', 'quiet', 'show-toplevel', 'show-prefix', 'git-dir', 'is-inside-work-tree', 'symbolic'],
      ...['symbolic-full-name', 'all', 'branches', 'tags'],
    ],
    longOptional: ['short', 'abbrev-ref'],
  },
  'rev-list': { digits: true, valued: 'n', long: ['count', 'oneline', ...SELECT], longValued: SELECT_VALUED },
  'ls-files': {
    flags: 'cdmoiskzt',
    valued: 'x',
    long: ['cached', 'deleted', 'modified', 'others', 'ignored', 'stage', 'exclude-standard', 'full-name'],
    longValued: ['exclude'],
  },
  'ls-tree': { flags: 'drtlz', long: ['name-only', 'name-status', 'full-name', 'full-tree'] },
  'cat-file': { flags: 'tspe' },
  blame: { flags: 'eflnpstw', valued: 'L', long: ['line-porcelain', 'porcelain', 'show-email', 'root'] },
  // Not `--dirty`, which writes the index.
  describe: { long: ['all', 'tags', 'long', 'always', 'first-parent'], longOptional: ['abbrev'] },
  // Operands would make a branch, or a tag: only lists.
  branch: {
    flags: 'arv',
    long: ['all', 'remotes', 'verbose', 'show-current', 'no-color'],
    longOptional: ['color', 'merged', 'no-merged'],
  },
};

const NO_LOCKS = '--no-optional-locks';
/** Of git itself, before the command. */
const OWN_OPTIONS: ReadonlySet<string> = new Set(['--no-pager', NO_LOCKS]);
/** They look at the files, and keep in the index what they saw. */
const REFRESHES: ReadonlySet<string> = new Set(['status']);
const LISTS_ONLY: ReadonlySet<string> = new Set(['branch']);

export function gitReads(args: readonly string[]): ReadOnly | string {
  const own = args.findIndex((argument) => !OWN_OPTIONS.has(argument));
  const [command = '', ...rest] = own === -1 ? [] : args.slice(own);
  const takesNoLocks = args.slice(0, own).includes(NO_LOCKS);
  const rule = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!rule) return `git ${command || 'alone'} is not known to only read`;
  const parsed = parseOptions(rest, rule);
  if (typeof parsed === 'string') return `its option ${parsed} is not known to only read`;
  if (REFRESHES.has(command) && !takesNoLocks)
    return `git ${command} writes its index unless it is told ${NO_LOCKS}`;
  // `%G?` and its like have signatures checked, by a program.
  if ([...parsed.options.values()].flat().some((value) => value.includes('%G')))
    return 'it checks signatures';
  if (LISTS_ONLY.has(command) && parsed.operands.length > 0) return `git ${command} with a name changes it`;
  // Revisions and paths alike; a path out of the repository is one that git diff would read.
  return { reads: parsed.operands, asksGit: true };
}
