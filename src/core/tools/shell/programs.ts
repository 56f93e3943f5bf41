/**
 * Programs that only read, with the arguments for which that is known. From the manuals of GNU coreutils 9, findutils,
 * grep, diffutils, BSD's on macOS, ripgrep and tree. What is not here asks; so does what walks through links, which lead out
 * of the folder.
 */
import { findReads } from './findReads';
import { gitReads } from './gitReads';
import { parseOptions, type OptionRule, type ParsedArguments } from './options';
import { sedReads } from './sedReads';

export interface ReadOnly {
  /** Paths that are read, as they are written. */
  readonly reads: readonly string[];
  /** Of them those that must be no folders, as links in these would be followed. */
  readonly files?: readonly string[];
  /** The configuration of the repository around has a say in what runs. */
  readonly asksGit?: boolean;
}

/** What a program reads, or in words why it could do more. */
export type ProgramRule = (args: readonly string[]) => ReadOnly | string;

interface TableRule extends OptionRule {
  /** How many operands at most; any number where it is absent. */
  readonly most?: number;
  /** Which operands are paths; all of them where it is absent. */
  readonly paths?: (parsed: ParsedArguments) => readonly string[];
  /** What every operand has to look like. */
  readonly operand?: RegExp;
  /** Operands may not be folders: links in these would be followed. */
  readonly filesOnly?: boolean;
  /** Options whose values are paths that are read. */
  readonly pathOptions?: readonly string[];
}

const none = (): readonly string[] => [];
const operandsOf = ({ operands, late }: ParsedArguments): readonly string[] => [...operands, ...late];

/** The first operand is a pattern, unless options give it. */
const afterPattern = ({ operands, options, late }: ParsedArguments): readonly string[] => [
  ...(['e', 'regexp', 'f', 'file'].some((name) => options.has(name)) ? operands : operands.slice(1)),
  ...late,
];

const GREP: TableRule = {
  flags: 'EFGPiyvwxcLlqosbHhnTaUIrzZ',
  valued: 'efmABCdD',
  digits: true,
  long: [
    ...['extended-regexp', 'fixed-strings', 'basic-regexp', 'perl-regexp', 'ignore-case', 'no-ignore-case'],
    ...['invert-match', 'word-regexp', 'line-regexp', 'count', 'files-without-match', 'files-with-matches'],
    ...['quiet', 'silent', 'only-matching', 'no-messages', 'byte-offset', 'with-filename', 'no-filename'],
    ...['line-number', 'initial-tab', 'null', 'text', 'recursive', 'null-data'],
  ],
  longValued: [
    ...['regexp', 'file', 'max-count', 'label', 'after-context', 'before-context', 'context'],
    ...['binary-files', 'devices', 'directories', 'exclude', 'exclude-dir', 'include'],
  ],
  longOptional: ['color', 'colour'],
  paths: afterPattern,
  pathOptions: ['f', 'file'],
};

/** Without what runs another program: `--pre`, `--hostname-bin`, `-z`. */
const RIPGREP: TableRule = {
  flags: 'iSsvwxclnNHIoFPUaup0hq.',
  valued: 'efgtTmABCMjr',
  long: [
    ...['ignore-case', 'smart-case', 'case-sensitive', 'invert-match', 'word-regexp', 'line-regexp', 'count'],
    ...[
      'count-matches',
      'files',
      'files-with-matches',
      'files-without-match',
      'line-number',
      'no-line-number',
    ],
    ...['with-filename', 'no-filename', 'only-matching', 'fixed-strings', 'pcre2', 'multiline'],
    ...[
      'multiline-dotall',
      'text',
      'hidden',
      'no-ignore',
      'no-ignore-vcs',
      'no-heading',
      'heading',
      'column',
    ],
    ...['json', 'stats', 'trim', 'vimgrep', 'null', 'passthru', 'pretty', 'quiet', 'type-list', 'no-config'],
    ...['unrestricted', 'one-file-system', 'no-messages', 'version', 'help'],
  ],
  longValued: [
    ...[
      'regexp',
      'file',
      'glob',
      'iglob',
      'type',
      'type-not',
      'max-count',
      'after-context',
      'before-context',
    ],
    ...[
      'context',
      'max-columns',
      'max-depth',
      'max-filesize',
      'replace',
      'sort',
      'sortr',
      'threads',
      'color',
    ],
    ...['colors', 'encoding', 'engine'],
  ],
  paths: (parsed) => (parsed.options.has('files') ? parsed.operands : afterPattern(parsed)),
  pathOptions: ['f', 'file'],
};

const TABLE: Readonly<Record<string, TableRule>> = {
  echo: { flags: 'neE', long: [], paths: none },
  pwd: { flags: 'LP', most: 0 },
  true: { most: 0 },
  false: { most: 0 },
  whoami: { most: 0 },
  uname: { flags: 'asnrvmpio', most: 0 },
  arch: { most: 0 },
  nproc: { long: ['all'], most: 0 },
  basename: { flags: 'az', valued: 's', paths: none },
  dirname: { flags: 'z', paths: none },
  realpath: { flags: 'emLPsqz', long: ['canonicalize-existing', 'canonicalize-missing'] },
  readlink: { flags: 'femnqsvz' },
  // `-s` sets the clock, and so does an operand that begins with no +.
  date: {
    flags: 'uR',
    valued: 'dr',
    long: ['utc', 'universal', 'rfc-email'],
    longValued: ['date', 'reference', 'rfc-3339'],
    longOptional: ['iso-8601'],
    operand: /^\+/,
    paths: none,
    pathOptions: ['r', 'reference'],
  },
  cat: {
    flags: 'AbeEnstTuv',
    long: [
      ...['show-all', 'number-nonblank', 'show-ends', 'number', 'squeeze-blank', 'show-tabs'],
      'show-nonprinting',
    ],
  },
  tac: { flags: 'br', valued: 's' },
  nl: { flags: 'p', valued: 'bdfhilnsvw' },
  // Not `-f`, which never ends.
  head: {
    flags: 'qvz',
    valued: 'nc',
    digits: true,
    longValued: ['lines', 'bytes'],
    long: ['quiet', 'verbose'],
  },
  tail: {
    flags: 'qvz',
    valued: 'nc',
    digits: true,
    longValued: ['lines', 'bytes'],
    long: ['quiet', 'verbose'],
  },
  wc: { flags: 'clLmw', long: ['bytes', 'chars', 'lines', 'words', 'max-line-length'] },
  base64: { flags: 'di', valued: 'w', long: ['decode', 'ignore-garbage'], longValued: ['wrap'], most: 1 },
  cut: {
    flags: 'nsz',
    valued: 'bcdf',
    long: ['complement', 'only-delimited'],
    longValued: ['bytes', 'characters', 'delimiter', 'fields', 'output-delimiter'],
  },
  tr: { flags: 'cCdst', long: ['complement', 'delete', 'squeeze-repeats', 'truncate-set1'], paths: none },
  paste: { flags: 'sz', valued: 'd' },
  join: { flags: 'iz', valued: 'aejotv12' },
  comm: { flags: '123z' },
  fold: { flags: 'bs', valued: 'w' },
  expand: { flags: 'i', valued: 't' },
  unexpand: { flags: 'a', valued: 't' },
  column: { flags: 'tx', valued: 'cs' },
  rev: {},
  cksum: {},
  md5sum: { flags: 'bt' },
  sha1sum: { flags: 'bt' },
  sha256sum: { flags: 'bt' },
  sha512sum: { flags: 'bt' },
  // Not `-o`, nor `-T` and `--compress-program`, which write files and run programs.
  sort: {
    flags: 'bcCdfghiMmnRrsuVz',
    valued: 'kt',
    long: [
      ...['ignore-leading-blanks', 'dictionary-order', 'ignore-case', 'general-numeric-sort', 'month-sort'],
      ...['human-numeric-sort', 'numeric-sort', 'reverse', 'unique', 'stable', 'version-sort', 'merge'],
    ],
    longValued: ['key', 'field-separator'],
  },
  // A second operand is a file that it writes, `-c` too where options must come first.
  uniq: { flags: 'cdDiuz', valued: 'fsw', long: ['count', 'repeated', 'unique', 'ignore-case'], most: 1 },
  cmp: { flags: 'bls', valued: 'in', most: 4 },
  // Not `-r`; it follows links in folders even without.
  diff: {
    flags: 'qsNuwbBiaTtcyEZdp',
    valued: 'UCWxI',
    long: [
      ...['brief', 'report-identical-files', 'new-file', 'text', 'ignore-case', 'unified'],
      ...['ignore-all-space', 'ignore-space-change', 'ignore-blank-lines', 'side-by-side', 'minimal'],
      'suppress-common-lines',
    ],
    longValued: ['width', 'exclude', 'label'],
    longOptional: ['color', 'unified'],
    most: 2,
    filesOnly: true,
  },
  // Not `-L`, which tells of what links in the folder lead to.
  ls: {
    flags: 'aAbBcCdFfgGhHiklmnNopqQrRsStuUvxXZ1',
    valued: 'I',
    long: [
      ...[
        'all',
        'almost-all',
        'author',
        'escape',
        'directory',
        'classify',
        'full-time',
        'group-directories-first',
      ],
      ...['no-group', 'human-readable', 'si', 'inode', 'kibibytes', 'numeric-uid-gid', 'reverse'],
      ...['recursive', 'size'],
    ],
    longValued: [
      'ignore',
      'hide',
      'sort',
      'time',
      'time-style',
      'format',
      'indicator-style',
      'quoting-style',
    ],
    longOptional: ['color', 'colour', 'classify'],
    // On BSD `-I` has no value, and a path follows.
    pathOptions: ['I'],
  },
  stat: { flags: 'Lft', valued: 'c', long: ['dereference', 'terse'], longValued: ['format', 'printf'] },
  // Not `-C`, which writes a compiled list, `-p`, which sets times, `-z`, which runs programs, `-f` and `-m` with lists of others.
  file: { flags: 'bhikLNnrsv0', long: ['brief', 'mime', 'mime-type', 'mime-encoding'] },
  du: {
    flags: 'abchkmsSxz0',
    valued: 'dBt',
    long: ['all', 'apparent-size', 'bytes', 'total', 'human-readable', 'summarize'],
    longValued: ['max-depth', 'exclude', 'block-size'],
  },
  df: { flags: 'ahHiklmPT', long: ['human-readable', 'inodes', 'total'] },
  // Not `-o`, nor `-R`, which writes files of HTML. `-Lo 2 F` is `-L 2 -o F`.
  tree: {
    flags: 'adfipsughDFqNQrtcUvCnxJXS',
    valued: 'LPI',
    apart: true,
    long: ['dirsfirst', 'noreport', 'prune', 'gitignore', 'du', 'si', 'matchdirs', 'ignore-case', 'inodes'],
    longValued: ['charset', 'filelimit', 'sort'],
  },
  grep: GREP,
  egrep: GREP,
  fgrep: GREP,
  rg: RIPGREP,
};

const SPECIAL: Readonly<Record<string, ProgramRule>> = { find: findReads, git: gitReads, sed: sedReads };

/** Undefined for a program that is not known. */
export function programRule(program: string): ProgramRule | undefined {
  if (Object.hasOwn(SPECIAL, program)) return SPECIAL[program];
  const rule = Object.hasOwn(TABLE, program) ? TABLE[program] : undefined;
  return rule && ((args) => byTable(args, rule));
}

function byTable(args: readonly string[], rule: TableRule): ReadOnly | string {
  const parsed = parseOptions(args, rule);
  if (typeof parsed === 'string') return `its option ${parsed} is not known to only read`;
  const { operands, options, late } = parsed;
  const { most = Infinity, operand = /^/, paths = operandsOf, pathOptions = [], filesOnly = false } = rule;
  const count = late.length > 0 ? late.length + 1 : operands.length;
  if (count > most) return 'it has more operands than it reads';
  const unknown = operands.find((each) => !operand.test(each));
  if (unknown !== undefined) return `its operand ${unknown} is not known to only read`;
  const named = pathOptions.flatMap((name) => options.get(name) ?? []);
  const reads = [...new Set([...paths(parsed), ...named])].filter((each) => each !== '-');
  return filesOnly ? { reads, files: reads } : { reads };
}
