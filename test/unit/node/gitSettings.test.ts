import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { gitSettingsThatRun } from '../../../src/node/gitSettings';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd, stdio: 'pipe' });

describe('gitSettingsThatRun', () => {
  const folder = temporaryFolder();

  it('tells nothing of a repository as git makes it, and of no repository', async () => {
    const own = path.join(folder(), 'own');
    mkdirSync(own);
    assert.deepEqual(await gitSettingsThatRun(own), []);
    git(own, 'init', '-q');
    git(own, 'remote', 'add', 'origin', 'https://example.org/a.git');
    assert.deepEqual(await gitSettingsThatRun(own), []);
  });

  it('tells what can run something, wherever it is said', async () => {
    git(folder(), 'init', '-q');
    git(folder(), 'config', 'core.fsmonitor', './evil');
    git(folder(), 'config', 'extensions.worktreeConfig', 'true');
    git(folder(), 'config', '--worktree', 'diff.x.textconv', './evil');
    writeFileSync(path.join(folder(), 'more'), '[gpg]\n program = ./evil\n');
    git(folder(), 'config', 'include.path', '../more');
    const inside = path.join(folder(), 'inside');
    mkdirSync(inside);
    assert.deepEqual(
      [...((await gitSettingsThatRun(inside)) ?? [])].sort(),
      [
        'core.fsmonitor',
        'diff.x.textconv',
        'extensions.worktreeconfig',
        'gpg.program',
        'include.path',
      ].sort(),
    );
  });

  it('tells of submodules, whose settings count too', async () => {
    const [outer, inner] = [path.join(folder(), 'outer'), path.join(folder(), 'inner')];
    for (const each of [outer, inner]) {
      mkdirSync(each);
      git(each, 'init', '-q');
      git(each, 'commit', '-q', '--allow-empty', '-m', 'x');
    }
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'sub');
    assert.ok((await gitSettingsThatRun(outer))?.includes('submodules'));
  });

  it('is not known where git cannot be asked', async () => {
    writeFileSync(path.join(folder(), 'HEAD'), 'ref: nowhere');
    assert.equal(await gitSettingsThatRun(folder()), undefined);
  });
});
