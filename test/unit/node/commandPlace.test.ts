import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
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

  it('lets the user’s rules name what they like', async () => {
    const rules = () => [{ text: './check', verdict: 'auto' as const }];
    assert.equal((await decide('./check', { rules, searchPath: '.' })).verdict, 'auto');
    await asks('./check | cat', /search path/, { rules, searchPath: '.' });
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
