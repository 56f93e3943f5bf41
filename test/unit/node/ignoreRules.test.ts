import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Tree } from '../../../src/node/walk';

describe('what git ignores from outside the folder', () => {
  let top: string;
  const write = async (file: string, text = 'text') => {
    const absolute = path.join(top, file);
    await mkdir(path.dirname(absolute), { recursive: true });
    await writeFile(absolute, text);
  };
  const list = async (folder: string) => {
    const tree = new Tree(path.join(top, folder), [], { home: path.join(top, 'home') });
    const found: string[] = [];
    for await (const file of tree.walk()) found.push(file.path);
    for (const file of found) assert.equal(await tree.hides(file), false, file);
    return found;
  };

  beforeEach(async () => {
    top = await mkdtemp(path.join(tmpdir(), 'memento-ignore-'));
    for (const file of ['a.md', 'b.log', 'c.tmp', 'd.env', 'deep/a.md', 'deep/b.log'])
      await write(`repo/sub/${file}`);
    await write('repo/.git/HEAD');
  });
  afterEach(() => rm(top, { recursive: true, force: true }));

  it('the .gitignore files above it in the repository, from where they are', async () => {
    await write('repo/.gitignore', '*.log\n/a.md\n/sub/deep/a.md\n');
    assert.deepEqual(await list('repo/sub'), ['a.md', 'c.tmp', 'd.env']);
  });

  it('its own rules win over those above', async () => {
    await write('repo/.gitignore', '*.log\n');
    await write('repo/sub/.gitignore', '!b.log\n*.tmp\n');
    assert.deepEqual(await list('repo/sub'), [
      '.gitignore',
      'a.md',
      'b.log',
      'd.env',
      'deep/a.md',
      'deep/b.log',
    ]);
  });

  it("the repository's info/exclude, and in a worktree that of the main one", async () => {
    await write('repo/.git/info/exclude', 'd.env\n');
    assert.ok(!(await list('repo/sub')).includes('d.env'));
    await write('repo/.git/worktrees/side/commondir', '../..\n');
    await write('side/.git', `gitdir: ${path.join(top, 'repo/.git/worktrees/side')}\n`);
    await write('side/d.env');
    await write('side/a.md');
    assert.deepEqual(await list('side'), ['a.md']);
  });

  it("the user's excludes file, at its usual place or where the settings name it", async () => {
    await write('home/.config/git/ignore', '*.tmp\n');
    assert.ok(!(await list('repo/sub')).includes('c.tmp'));
    await write('home/.gitconfig', '[user]\n  excludesfile = no\n[core]\n\texcludesFile = "~/mine" # ours\n');
    await write('home/mine', '*.env\n');
    const found = await list('repo/sub');
    assert.deepEqual([found.includes('c.tmp'), found.includes('d.env')], [true, false]);
  });

  it("the excludes file that the repository's own settings name", async () => {
    await write('home/.gitconfig', '[core] excludesFile = ~/mine\n');
    await write('home/mine', '*.env\n');
    await write('mine too', '*.tmp\n');
    await write(
      'repo/.git/config',
      `[core]\n\tbare = false\n\texcludesFile = ${path.join(top, 'mine')}" too" # ours\n`,
    );
    const found = await list('repo/sub');
    assert.deepEqual([found.includes('c.tmp'), found.includes('d.env')], [false, true]);
  });

  it('letters of the other case only where git is told so', async () => {
    await write('repo/sub/.gitignore', 'A.md\n*.LOG\n');
    assert.ok((await list('repo/sub')).includes('a.md'));
    await write('repo/.git/config', '[core]\n\tignorecase = true\n');
    assert.deepEqual(await list('repo/sub'), ['.gitignore', 'c.tmp', 'd.env']);
  });

  it('a folder that a stronger rule shows is shown with all that is in it', async () => {
    await write('repo/.git/info/exclude', 'deep/\n');
    await write('repo/.gitignore', '!deep/\n');
    assert.ok((await list('repo')).includes('sub/deep/a.md'));
  });

  it('a repository inside the folder has its own rules, and those around it end there', async () => {
    await write('home/.config/git/ignore', '*.tmp\n');
    await write('many/.gitignore', '*.md\n');
    await write('many/clone/.git/info/exclude', 'd.env\n');
    for (const file of ['a.md', 'c.tmp', 'd.env', 'deep/c.tmp']) await write(`many/clone/${file}`);
    await write('many/a.md');
    await write('many/c.tmp');
    assert.deepEqual(await list('many'), ['.gitignore', 'c.tmp', 'clone/a.md']);
  });

  it('outside a repository none of that counts', async () => {
    await rm(path.join(top, 'repo/.git'), { recursive: true });
    await write('repo/.gitignore', '*.log\n');
    await write('home/.config/git/ignore', '*.tmp\n');
    assert.equal((await list('repo/sub')).length, 6);
  });

  it('a folder that is ignored as a whole shows what is in it', async () => {
    await write('repo/.gitignore', '*\n!.gitignore\n');
    assert.equal((await list('repo/sub')).length, 6);
  });
});
