import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Files } from '../../../src/core/ports';
import { decodeText } from '../../../src/core/common/decodeText';
import { createFiles } from '../../../src/node/files';

const windows = process.platform === 'win32';

describe('files of a folder', () => {
  let folder: string;
  let root: string;
  let files: Files;
  const write = async (file: string, content: string | Uint8Array = 'text') => {
    const absolute = path.join(folder, file);
    await mkdir(path.dirname(absolute), { recursive: true });
    await writeFile(absolute, content);
  };
  const list = async (glob?: string, from = files) =>
    (await from.list({ limit: 100, ...(glob === undefined ? {} : { glob }) })).files.map((file) => file.path);
  const fault = async (file: string) => {
    const read = await files.read(file);
    return read.ok ? 'read' : `${read.fault.code}: ${read.fault.message}`;
  };

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'memento-files-'));
    root = path.join(folder, 'work');
    await write('work/.gitignore', '*.log\n/build/\nsecret/*\n!secret/open.txt\n');
    await write('work/a.md', '# Ä\n');
    await write('work/b.log');
    await write('work/build/out.txt');
    await write('work/secret/key.txt');
    await write('work/secret/open.txt');
    await write('work/notes/build/kept.txt');
    await write('work/notes/.gitignore', '!keep.log\ndraft.md\n');
    await write('work/notes/keep.log');
    await write('work/notes/draft.md');
    await write('work/notes/deep/draft.md');
    await write('work/notes/deep/b.log');
    for (const hidden of [
      '.git/config',
      'node_modules/x/index.js',
      '.memento/image.db',
      'web/node_modules/y.js',
    ]) {
      await write(`work/${hidden}`);
    }
    await write('work/pic.png', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]));
    await write('work/large.txt', 'x'.repeat(2_500_000));
    await write('outside.txt', 'not yours');
    files = createFiles({ root, maxFileBytes: 2_000_000 });
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('lists what git would show, in order', async () => {
    assert.deepEqual(await list(), [
      '.gitignore',
      'a.md',
      'large.txt',
      'notes/.gitignore',
      'notes/build/kept.txt',
      'notes/keep.log',
      'pic.png',
      'secret/open.txt',
    ]);
  });

  const globs: readonly (readonly [string, readonly string[]])[] = [
    ['*.md', ['a.md']],
    ['**/*.txt', ['large.txt', 'notes/build/kept.txt', 'secret/open.txt']],
    ['notes/', ['notes/.gitignore', 'notes/build/kept.txt', 'notes/keep.log']],
    ['notes', ['notes/.gitignore', 'notes/build/kept.txt', 'notes/keep.log']],
    ['./notes/*.{log,md}', ['notes/keep.log']],
    ['*.none', []],
    ['[', []],
  ];
  for (const [glob, expected] of globs)
    it(`glob ${glob}`, async () => assert.deepEqual(await list(glob), expected));

  it('says how many match where it lists fewer', async () => {
    const { files: found, total } = await files.list({ limit: 2 });
    assert.deepEqual([found.length, total, found[1]?.size], [2, 8, 5]);
  });

  it("leaves out the user's excludes", async () => {
    const fewer = createFiles({ root, excludes: ['**/*.txt', 'notes'], maxFileBytes: 10 });
    assert.deepEqual(await list(undefined, fewer), ['.gitignore', 'a.md', 'pic.png']);
    assert.equal((await fewer.read('notes/keep.log')).ok, false);
  });

  it('leaves out what the excludes hide only beside another file', async () => {
    const beside = createFiles({ root, excludes: [{ glob: '**/*.log', when: '$(basename).md' }] });
    assert.ok((await list(undefined, beside)).includes('notes/keep.log'));
    const top = await mkdtemp(path.join(folder, 'when-'));
    for (const name of ['a.ts', 'a.js', 'b.js']) await writeFile(path.join(top, name), 'text');
    const made = createFiles({ root: top, excludes: [{ glob: '**/*.js', when: '$(basename).ts' }] });
    assert.deepEqual(await list(undefined, made), ['a.ts', 'b.js']);
    const verdicts = await Promise.all(['a.js', 'b.js'].map((file) => made.read(file)));
    assert.deepEqual(
      verdicts.map(({ ok }) => ok),
      [false, true],
    );
  });

  it('takes parentheses and exclamation marks in names as they are', async () => {
    const top = await mkdtemp(path.join(folder, 'names-'));
    for (const name of ['plans (old)', '!new']) {
      await mkdir(path.join(top, name));
      await writeFile(path.join(top, name, 'a.md'), 'text');
    }
    assert.deepEqual(await list(undefined, createFiles({ root: top, excludes: ['plans (old)'] })), [
      '!new/a.md',
    ]);
    assert.deepEqual(await list(undefined, createFiles({ root: top, excludes: ['!new'] })), [
      'plans (old)/a.md',
    ]);
    const all = createFiles({ root: top });
    assert.deepEqual(await list('plans (old)/*.md', all), ['plans (old)/a.md']);
    assert.equal((await list('**/*.(md|txt)', all)).length, 2);
  });

  it('reads and hashes', async () => {
    assert.deepEqual(await files.read('a.md'), { ok: true, value: '# Ä\n' });
    assert.deepEqual(await files.read('./notes/../a.md'), { ok: true, value: '# Ä\n' });
    assert.deepEqual(await files.read(path.join(root, 'a.md')), { ok: true, value: '# Ä\n' });
    assert.equal(await files.hash('a.md'), createHash('sha256').update('# Ä\n').digest('hex'));
    assert.equal(await files.hash('missing.md'), undefined);
    assert.equal((await files.hash('large.txt'))?.length, 64);
  });

  const faults: readonly (readonly [string, string])[] = [
    ['missing.md', 'not-found: There is no file missing.md in the workspace.'],
    ['a.md/x', 'not-found: There is no file a.md/x in the workspace.'],
    ['pic.png', 'unsupported: pic.png is not a text file. read_document reads PDF and Office files.'],
    ['notes', 'unsupported: notes is a folder. list_files shows what is in it.'],
    ['large.txt', 'limit: large.txt is too large to read: 2.5 MB, where 2.0 MB is the limit.'],
    ['../outside.txt', 'denied: ../outside.txt is outside the workspace folder.'],
    ['/etc/hostname', 'denied: /etc/hostname is outside the workspace folder.'],
    ['', 'denied:  is outside the workspace folder.'],
    ['a\0.md', 'denied: a\0.md is outside the workspace folder.'],
    ['b.log', 'denied: b.log is hidden by .gitignore or the excluded files.'],
    ['build/out.txt', 'denied: build/out.txt is hidden by .gitignore or the excluded files.'],
    ['.git/config', 'denied: .git/config is hidden by .gitignore or the excluded files.'],
  ];
  for (const [file, expected] of faults) {
    it(`fault of ${JSON.stringify(file)}`, async () => assert.equal(await fault(file), expected));
  }

  it('a folder that does not exist has no files', async () => {
    const none = createFiles({ root: path.join(folder, 'none'), maxFileBytes: 10 });
    assert.deepEqual(await none.list({ limit: 5 }), { files: [], total: 0 });
    assert.equal((await none.read('a.md')).ok, false);
  });

  it('an abort ends the walk', async () => {
    const signal = AbortSignal.abort(new DOMException('Aborted', 'AbortError'));
    await assert.rejects(files.list({ limit: 5, signal }), { name: 'AbortError' });
  });

  (windows ? describe.skip : describe)('links', () => {
    before(async () => {
      await symlink(path.join(folder, 'outside.txt'), path.join(root, 'out.txt'));
      await symlink(folder, path.join(root, 'up'));
      await symlink('a.md', path.join(root, 'alias.md'));
      await symlink('.git/config', path.join(root, 'config.txt'));
      await symlink('nowhere', path.join(root, 'broken.txt'));
    });

    it('those that lead outside or to hidden files are not listed', async () => {
      const found = await list();
      assert.ok(found.includes('alias.md'));
      for (const each of ['out.txt', 'up', 'up/outside.txt', 'config.txt', 'broken.txt'])
        assert.ok(!found.includes(each), each);
    });

    it('nor read', async () => {
      assert.equal(await fault('out.txt'), 'denied: out.txt leads outside the workspace folder.');
      assert.equal(
        await fault('up/outside.txt'),
        'denied: up/outside.txt leads outside the workspace folder.',
      );
      assert.match(await fault('config.txt'), /^denied: config\.txt leads to a file that is hidden/);
      assert.match(await fault('broken.txt'), /^not-found/);
      assert.equal(await fault('alias.md'), 'read');
      assert.equal(await files.hash('out.txt'), undefined);
    });

    it('one that is swapped while it is read never gives what is outside', async () => {
      const turning = path.join(root, 'turning.txt');
      let done = false;
      const swap = async () => {
        for (let i = 0; !done; i++) {
          const target = i % 2 === 0 ? 'a.md' : path.join(folder, 'outside.txt');
          await symlink(target, `${turning}.${i}`);
          await rename(`${turning}.${i}`, turning);
        }
      };
      const swapping = swap();
      for (let i = 0; i < 200; i++) {
        const read = await files.read('turning.txt');
        if (read.ok) assert.equal(read.value, '# Ä\n');
      }
      done = true;
      await swapping;
    });

    it('a named pipe is not waited for', async () => {
      execFileSync('mkfifo', [path.join(root, 'pipe')]);
      assert.equal(await fault('pipe'), 'unsupported: pipe is not a regular file.');
      assert.ok(!(await list()).includes('pipe'));
    });
  });
});

describe('bytes as text', () => {
  const cases: readonly (readonly [string, readonly number[] | string, string | undefined])[] = [
    ['UTF-8', 'Größe', 'Größe'],
    ['UTF-8 with a mark', [0xef, 0xbb, 0xbf, 0x61], 'a'],
    ['UTF-16, little end first', [0xff, 0xfe, 0x61, 0, 0xe4, 0], 'aä'],
    ['UTF-16, big end first', [0xfe, 0xff, 0, 0x61, 0, 0xe4], 'aä'],
    ['latin1', [0x47, 0x72, 0xf6, 0xdf, 0x65], 'Größe'],
    ['windows-1252', [0x80, 0x20, 0x93, 0x61, 0x94, 0x96], '€ “a”–'],
    ['nothing', '', ''],
    ['colours of a terminal', '\u001b[31mred\u001b[0m', '\u001b[31mred\u001b[0m'],
    ['a NUL byte', 'a\0b', undefined],
    ['a PDF', '%PDF-1.7 text', undefined],
    ['control characters', [1, 2, 3, 0x61, 0x62], undefined],
  ];
  for (const [name, bytes, expected] of cases) {
    it(name, () => {
      assert.equal(
        decodeText(typeof bytes === 'string' ? Buffer.from(bytes) : Uint8Array.from(bytes)),
        expected,
      );
    });
  }
});
