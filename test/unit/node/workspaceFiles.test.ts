import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { labelled, type WorkspaceFolder } from '../../../src/node/folders';
import { createWorkspaceFiles, placeInFolders } from '../../../src/node/workspaceFiles';

describe('files of several folders', () => {
  let top: string;
  let folders: WorkspaceFolder[];
  const files = createWorkspaceFiles(() => folders);
  const list = async (glob?: string) =>
    (await files.list({ limit: 9, ...(glob === undefined ? {} : { glob }) })).files.map((file) => file.path);

  beforeEach(async () => {
    top = await mkdtemp(path.join(tmpdir(), 'memento-folders-'));
    for (const file of ['lake/a.md', 'lake/notes/b.txt', 'other/lake/a.md', 'secret.md']) {
      await mkdir(path.dirname(path.join(top, file)), { recursive: true });
      await writeFile(path.join(top, file), `in ${file}`);
    }
    folders = [
      { name: 'lake', root: path.join(top, 'lake') },
      { name: 'lake', root: path.join(top, 'other/lake') },
    ];
  });
  afterEach(() => rm(top, { recursive: true, force: true }));

  it('are called by their folder, a second one of the same name by a number too', async () => {
    assert.deepEqual(await list(), ['lake (2)/a.md', 'lake/a.md', 'lake/notes/b.txt']);
    assert.deepEqual(await list('*.txt'), ['lake/notes/b.txt']);
    assert.deepEqual(await list('lake (2)/'), ['lake (2)/a.md']);
    assert.deepEqual(await files.read('lake (2)/a.md'), { ok: true, value: 'in other/lake/a.md' });
    assert.deepEqual(await files.read('./lake/notes/b.txt'), { ok: true, value: 'in lake/notes/b.txt' });
    const absolute = path.join(top, 'other/lake/a.md');
    assert.deepEqual(await files.read(absolute), { ok: true, value: 'in other/lake/a.md' });
    assert.notEqual(await files.hash('lake/a.md'), await files.hash('lake (2)/a.md'));
  });

  it('outside the folders are not read, whatever the path', async () => {
    const faults = ['secret.md', 'lake/../secret.md', 'a.md', path.join(top, 'secret.md'), 'lake/none.md'];
    const said = await Promise.all(
      faults.map(async (file) => {
        const read = await files.read(file);
        return read.ok ? 'read' : `${read.fault.code}: ${read.fault.message.replaceAll(top, '')}`;
      }),
    );
    assert.deepEqual(said, [
      "denied: secret.md is in none of the workspace's folders: paths begin with one of lake/, lake (2)/.",
      'denied: lake/../secret.md is outside the workspace folder.',
      "denied: a.md is in none of the workspace's folders: paths begin with one of lake/, lake (2)/.",
      "denied: /secret.md is in none of the workspace's folders: paths begin with one of lake/, lake (2)/.",
      'not-found: There is no file lake/none.md in the workspace.',
    ]);
  });

  it('outside the folders are read where the user has opened them, and no others beside them', async () => {
    const shown = path.join(top, 'secret.md');
    await symlink(path.join(top, 'other/lake/a.md'), path.join(top, 'link.md'));
    for (const several of [folders, folders.slice(0, 1)]) {
      const opened = createWorkspaceFiles(
        () => several,
        () => [shown, path.join(top, 'gone.md')],
      );
      assert.deepEqual(await opened.read(shown), { ok: true, value: 'in secret.md' });
      assert.notEqual(await opened.hash(shown), undefined);
      assert.deepEqual(await opened.locate(shown), { ok: true, value: await realpath(shown) });
      const all = (await opened.list({ limit: 9, glob: '*.md' })).files;
      assert.ok(all.some((file) => file.path === shown && file.size === 12));
      assert.ok(all.every((file) => !file.path.endsWith('gone.md')));
      for (const file of [`${shown}/../link2.md`, path.join(top, 'link.md'), `${shown}x`, 'secret.md', top])
        assert.equal((await opened.read(file)).ok, false, file);
    }
  });

  it('a single folder has no label, and folders may come and go', async () => {
    folders.pop();
    assert.deepEqual(await list(), ['a.md', 'notes/b.txt']);
    assert.deepEqual(placeInFolders('a.md', folders), { root: path.join(top, 'lake'), path: 'a.md' });
    folders = [];
    assert.deepEqual(await list(), []);
    assert.equal((await files.read('a.md')).ok, false);
  });

  it('labels never collide', () => {
    const named = (...names: string[]) =>
      labelled(names.map((name) => ({ name, root: '/' }))).map(({ label }) => label);
    assert.deepEqual(named('a', 'a', 'a (2)', 'b/c'), ['a/', 'a (2)/', 'a (2) (2)/', 'b-c/']);
  });
});
