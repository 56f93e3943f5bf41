import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { CommandPolicy } from '../../../src/core/tools/shell/commandPolicy';
import { createCommandPlace, type CommandPlaceOptions } from '../../../src/node/commandPlace';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const dist = path.resolve(import.meta.dirname, '../../../dist');

describe('the place where commands run', () => {
  const scratch = temporaryFolder();
  const root = () => path.join(scratch(), 'workspace');
  const decide = (command: string, more: Partial<CommandPlaceOptions> = {}) =>
    new CommandPolicy(
      createCommandPlace({
        root: root(),
        dist,
        rules: () => [],
        searchPath: '/usr/bin:/bin',
        ...more,
      }),
    ).decide(command);
  const asks = async (command: string, reason: RegExp, more?: Partial<CommandPlaceOptions>) => {
    const { verdict, reasons } = await decide(command, more);
    assert.equal(verdict, 'ask', command);
    assert.match(reasons.join(' '), reason);
  };

  beforeEach(async () => {
    await mkdir(path.join(root(), 'notes'), { recursive: true });
    await writeFile(path.join(root(), 'notes/a.md'), 'inside');
    await writeFile(path.join(scratch(), 'secret'), 'outside');
  });

  it('lets files of the folder be read', async () => {
    assert.equal((await decide('cat notes/a.md | head -3')).verdict, 'auto');
    assert.equal((await decide('grep -rn inside notes missing')).verdict, 'auto');
  });

  it('asks where a link leads out of it', async () => {
    await symlink('../secret', path.join(root(), 'file'));
    await symlink('..', path.join(root(), 'folder'));
    await symlink('notes', path.join(root(), 'within'));
    await asks('cat file', /“file” leads out of the workspace/);
    await asks('cat folder/secret', /leads out of the workspace/);
    await asks('wc -l notes/a.md folder/secret', /leads out of the workspace/);
    assert.equal((await decide('cat within/a.md')).verdict, 'auto');
  });

  it('takes the folder itself and what begins with two dots for its own, and a loop for none of it', async () => {
    await writeFile(path.join(root(), '..notes'), 'inside');
    await symlink('loop', path.join(root(), 'loop'));
    for (const command of ['ls .', 'cat ..notes', 'cat missing/a', 'cat notes/a.md/b'])
      assert.equal((await decide(command)).verdict, 'auto', command);
    await asks('cat loop', /“loop” leads out of the workspace/);
    await asks('ls ..', /may be outside the workspace/);
  });

  it('asks where a program would follow links in a folder, or takes an option for a file', async () => {
    await symlink('../../secret', path.join(root(), 'notes/file'));
    await symlink('../secret', path.join(root(), '-n'));
    await asks('diff -u notes notes/a.md', /“notes” is a folder, and links in it would be followed/);
    assert.equal((await decide('diff -u notes/a.md missing')).verdict, 'auto');
    await asks('cat notes/a.md -n', /“-n” leads out of the workspace/);
    await asks('grep -v one notes/a.md -n', /“-n” leads out of the workspace/);
    await asks('sed p notes/a.md -n', /“-n” leads out of the workspace/);
    assert.equal((await decide('cat -n notes/a.md')).verdict, 'auto');
  });

  it('asks where files of the folder could stand for programs', async () => {
    await mkdir(path.join(root(), 'bin'));
    await symlink(path.join(root(), 'bin'), path.join(scratch(), 'elsewhere'));
    await asks('cat notes/a.md', /is in the workspace/, { searchPath: `${root()}/bin:/usr/bin` });
    await asks('cat notes/a.md', /is in the workspace/, { searchPath: `/bin:${scratch()}/elsewhere` });
    for (const searchPath of ['.:/bin', '/bin:', 'bin'])
      await asks('cat notes/a.md', /another folder wherever a command runs/, { searchPath });
  });

  it('looks at the search path that commands get where it is told none', async () => {
    const before = process.env['PATH'];
    try {
      process.env['PATH'] = `/usr/bin${path.delimiter}bin`;
      await asks('cat notes/a.md', /has “bin”, which is another folder/, { searchPath: undefined });
      process.env['PATH'] = '/usr/bin';
      assert.equal((await decide('cat notes/a.md', { searchPath: undefined })).verdict, 'auto');
    } finally {
      process.env['PATH'] = before;
    }
  });

  it('has PowerShell on Windows, in which everything asks', async () => {
    const before = Object.getOwnPropertyDescriptor(process, 'platform');
    assert.ok(before);
    try {
      Object.defineProperty(process, 'platform', { ...before, value: 'win32' });
      await asks('cat notes/a.md', /PowerShell/);
    } finally {
      Object.defineProperty(process, 'platform', before);
    }
  });

  it('lets the user’s rules name what they like', async () => {
    const rules = () => [{ text: './check', verdict: 'auto' as const }];
    assert.equal((await decide('./check', { rules, searchPath: '.' })).verdict, 'auto');
    await asks('./check | cat', /search path/, { rules, searchPath: '.' });
  });

  describe('whatever rules say, asks for what is guarded', () => {
    const rules = () =>
      ['cp', 'touch', 'cd', 'git', 'tee'].map((text) => ({ text, verdict: 'auto' as const }));
    const guarded = (command: string) => asks(command, /is guarded, whatever rules say/, { rules });

    it('by its name, in any spelling', async () => {
      for (const file of [
        '.vscode/settings.json',
        'notes/../.VSCode/tasks.json',
        './/.vscode/./x',
        '.git/hooks/pre-commit',
        '.Git/config',
        'deep/er/.git/config',
        'AGENTS.md',
        'notes/claude.md',
        '.github/workflows/ci.yml',
        '.github/copilot-instructions.md',
        'my.code-workspace',
        path.join(os.homedir(), '.bashrc'),
        path.join(os.homedir(), '.ssh/authorized_keys'),
        `'.vscode /settings.json'`,
      ])
        await guarded(`touch ${file}`);
      await guarded('cp -t.vscode notes/a.md');
      await guarded('cp --target-directory=.vscode notes/a.md');
      await guarded('echo x | tee .vscode/settings.json');
    });

    it('through links, those to what is not there too', async () => {
      await mkdir(path.join(root(), '.vscode'));
      await symlink('.vscode', path.join(root(), 'innocent'));
      await symlink('innocent/settings.json', path.join(root(), 'file.json'));
      await symlink('../workspace/.git/hooks', path.join(root(), 'dangling'));
      await symlink('loop', path.join(root(), 'loop'));
      await guarded('touch innocent/settings.json');
      await guarded('touch file.json');
      await guarded('cp notes/a.md dangling/pre-commit');
      assert.equal((await decide('touch loop', { rules })).verdict, 'auto');
    });

    it('in folders of settings and of memory', async () => {
      const more = { rules, guarded: [path.join(scratch(), 'memory')] };
      await asks('touch ../memory/x', /settings or memory of the user/, more);
    });

    it('in a home folder behind a link', async () => {
      const before = process.env['HOME'];
      await mkdir(path.join(root(), 'ada'));
      await symlink('workspace/ada', path.join(scratch(), 'home'));
      try {
        process.env['HOME'] = path.join(scratch(), 'home');
        await asks('touch ada/.profile', /a hidden file of the home folder/, { rules });
      } finally {
        process.env['HOME'] = before;
      }
    });

    it('where a line goes elsewhere first, or writes what it does not name', async () => {
      await asks('cd .. ; touch settings.json', /paths lead elsewhere/, { rules });
      await asks('git config core.pager evil', /may change what git runs/, { rules });
      await asks('git -C notes remote add x y', /may change what git runs/, { rules });
    });

    it('and for nothing else', async () => {
      for (const command of [
        'touch notes/b.md',
        'cp notes/a.md vscode/settings.json',
        'git add notes',
        'cd notes',
      ])
        assert.equal((await decide(command, { rules })).verdict, 'auto', command);
    });
  });

  it('asks for git where the repository has a say in what runs', async () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: root() });
    git('init', '-q');
    assert.equal((await decide('git log --oneline')).verdict, 'auto');
    git('config', 'core.fsmonitor', './evil');
    await asks('git log --oneline', /core\.fsmonitor/);
  });

  it('asks where it cannot find out', async () => {
    await asks('cat a', /could not be looked at/, { dist: scratch() });
    await asks('cat a', /could not be looked at/, { root: path.join(scratch(), 'none') });
  });
});
