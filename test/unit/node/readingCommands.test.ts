import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { lstatSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { CommandPolicy } from '../../../src/core/tools/shell/commandPolicy';
import { createCommandPlace } from '../../../src/node/commandPlace';
import { PROGRAM_OPTIONS, spellings } from '../../fakes/readingOptions';
import { AUTO } from '../../fakes/shellCommands';

const dist = path.resolve(import.meta.dirname, '../../../dist');

/** More than the lists have: each program with many of the options that its rule knows. */
const MORE = [
  ...['sort -u -k2,2 -t, a.csv', 'sort --reverse --field-separator=, --key=2 a.csv', 'sort -c a.txt'],
  ...['uniq -c a.txt', 'tac a.txt', 'rev a.txt', 'paste -d, a.txt b.txt', 'comm -12 a.txt b.txt'],
  ...['join -t, a.csv a.csv', 'fold -w 10 a.txt', 'expand -t 2 a.txt', 'tr -d x', 'column -t a.txt'],
  ...['cmp a.txt b.txt', 'diff -u a.txt b.txt', 'diff --side-by-side a.txt b.txt', 'cksum a.txt'],
  ...['md5sum a.txt', 'sha256sum a.txt', 'stat -c %s a.txt', 'file -b a.txt', 'du -sh .', 'df -h'],
  ...['ls -laR --color=always', 'tree -a -L 3', 'readlink -f a.txt', 'realpath a.txt', 'basename a.txt .txt'],
  ...['find . -newer a.txt -printf %p', 'find src -maxdepth 2 -size +1k -ls', 'find . -empty -print0'],
  ...[
    'sed -n 2= a.txt',
    "sed -n -e 1p -e '/two/p' a.txt",
    "sed 's/one/two/g' a.txt",
    "sed -E 's/o+/x/' a.txt",
  ],
  ...['grep -c one a.txt', 'grep -f a.txt b.txt', 'rg --files', 'rg --json one .', 'rg -c one --sort path'],
  ...[
    'date -u +%s',
    'date -r a.txt',
    'date --date=yesterday',
    'head -c 3 a.txt',
    'tail -n +2 a.txt',
    'wc a.txt',
  ],
  ...[
    'git log -p -1',
    'git log --graph --oneline --all',
    'git show --stat',
    'git shortlog -sn --all',
    'git blame a.txt',
  ],
  ...[
    'git ls-files -s',
    'git ls-tree -r HEAD',
    'git cat-file -p HEAD',
    'git describe --always',
    'git branch -a',
  ],
  ...['git rev-parse HEAD', 'git rev-list --count HEAD', 'git --no-optional-locks status -sb'],
];

/** System calls that change something, as strace names their classes and names. */
const CHANGES =
  'trace=open,openat,openat2,creat,truncate,ftruncate,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,utime,utimes,futimesat,utimensat,mknod,mknodat,setxattr,connect,execve';

/** Any options of a program with values of any kind, in any order, around operands: the policy says which of them may run. */
const commands = fc.constantFrom(...PROGRAM_OPTIONS).chain(({ program, options }) => {
  const value = fc.constantFrom('1', 'a.txt', 'PWN', '-1', '--output=PWN', '-o', ',');
  const option = fc
    .tuple(fc.constantFrom(...options, '-o…', '--output…', '-'), value, fc.nat(1))
    .map(([name, text, which]) => spellings(name, text).at(-which) ?? name);
  const operand = fc.constantFrom('a.txt', 'b.txt', 'src', 'HEAD', '.', 'PWN', '--', '1', 'link');
  return fc
    .array(fc.oneof({ weight: 3, arbitrary: option }, { weight: 2, arbitrary: operand }), {
      minLength: 1,
      maxLength: 5,
    })
    .map((words) => [program, ...words].join(' '));
});

describe('every command that runs without asking', function () {
  this.timeout(240_000);
  let root = '';
  before(function () {
    if (process.platform === 'win32') {
      console.log('      skipped: commands of PowerShell always ask');
      this.skip();
    }
    root = mkdtempSync(path.join(os.tmpdir(), 'memento-reads-'));
    for (const folder of ['src', 'notes', 'empty']) mkdirSync(path.join(root, folder));
    for (const [name, text] of Object.entries({
      'a.txt': 'one\ntwo\n',
      'b.txt': 'two\nthree\n',
      'a b.csv': '1,2,3\n',
      'a.csv': 'x,2\ny,1\n',
      'file.txt': 'begin\nend\n',
      'Cargo.toml': '[package]\n',
      'src/two words.ts': 'two words\n',
      'notes/north.md': 'north\n',
    }))
      writeFileSync(path.join(root, name), text);
    symlinkSync('a.txt', path.join(root, 'link'));
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: root });
    git('init', '-q', '-b', 'main');
    git('add', '-A');
    git('commit', '-qm', 'one');
    // What git would note in its index, if it may.
    writeFileSync(path.join(root, 'a.txt'), 'one\ntwo\n');
  });
  after(() => root !== '' && rmSync(root, { recursive: true, force: true }));

  const policy = () => new CommandPolicy(createCommandPlace({ root, dist, rules: () => [] }));

  /** What tells of any change: a write moves the time of a file's state, a new or a removed one that of its folder. */
  const stateOf = (folder: string): readonly string[] => [
    stateLine(folder),
    ...readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? stateOf(file) : [stateLine(file)];
    }),
  ];
  const stateLine = (file: string) => {
    const { ctimeNs, mtimeNs, size, mode, ino } = lstatSync(file, { bigint: true });
    return [path.relative(root, file), ctimeNs, mtimeNs, size, mode, ino].join(' ');
  };

  it('changes nothing in the folder', async () => {
    const before = stateOf(root);
    for (const command of [...AUTO, ...MORE]) {
      const { verdict, reasons } = await policy().decide(command);
      assert.equal(verdict, 'auto', `${command}: ${reasons.join(' ')}`);
      spawnSync('/bin/sh', ['-c', command], { cwd: root, input: 'x', timeout: 20_000 });
      assert.deepEqual(stateOf(root), before, command);
    }
  });

  it('opens nothing to write to, removes nothing, connects to nothing and runs no other, anywhere', async function () {
    if (spawnSync('strace', ['-V']).status !== 0) {
      console.log('      skipped: strace is not installed');
      this.skip();
    }
    const log = path.join(os.tmpdir(), `${path.basename(root)}.strace`);
    const trace = (command: string, programs: readonly string[]) => {
      const { error } = spawnSync(
        'strace',
        ['-f', '-qq', '-o', log, '-e', CHANGES, '/bin/sh', '-c', command],
        {
          cwd: root,
          stdio: 'ignore',
          timeout: 20_000,
        },
      );
      assert.equal(error, undefined, command);
      const changes = readFileSync(log, 'utf8')
        .split('\n')
        .filter((line) => isChange(line, programs));
      assert.deepEqual(changes, [], command);
    };
    for (const command of [...AUTO, ...MORE]) trace(command, (await policy().decide(command)).programs);
    let count = 0;
    for (const command of fc.sample(commands, 300)) {
      const { verdict, programs } = await policy().decide(command);
      if (verdict !== 'auto') continue;
      count++;
      trace(command, programs);
    }
    assert.ok(count > 50, `only ${count} commands were run`);
    rmSync(log, { force: true });
  });
});

/** Of a line of strace: a call that succeeded and is no mere reading. */
function isChange(line: string, programs: readonly string[]): boolean {
  const call = /^\d+\s+(\w+)\((.*)\)\s+=\s+(-?\d+)/.exec(line);
  if (!call || Number(call[3]) < 0) return false;
  const [, name = '', args = ''] = call;
  if (name === 'execve') {
    const run = /^"([^"]*)"/.exec(args)?.[1] ?? '';
    // egrep and fgrep are scripts around grep.
    return !['sh', ...programs, 'grep'].includes(path.basename(run));
  }
  if (!name.startsWith('open')) return true;
  return /O_(?:WRONLY|RDWR|CREAT|TRUNC|APPEND)/.test(args) && !/"\/dev\/(?:null|tty)"/.test(args);
}
