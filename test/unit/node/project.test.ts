import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { chmod, cp, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gitIdentity, normaliseRemote } from '../../../src/node/gitIdentity';
import { findProject, findRun, openProject } from '../../../src/node/project';
import { createRunStore } from '../../../src/node/runStore';
import { systemIds } from '../../../src/node/system';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const run = promisify(execFile);
const git = (cwd: string, ...args: string[]) =>
  run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], { cwd });

async function repository(folder: string, remote?: string): Promise<string> {
  await mkdir(path.join(folder, 'docs'), { recursive: true });
  await git(folder, 'init', '--quiet');
  await git(folder, 'commit', '--quiet', '--allow-empty', '--message', folder);
  if (remote !== undefined) await git(folder, 'remote', 'add', 'origin', remote);
  return folder;
}

describe('openProject', function () {
  this.timeout(60_000);
  const folder = temporaryFolder();
  const at = (...names: string[]) => path.join(folder(), ...names);
  const data = () => at('data');
  const open = (project: string, more = {}) =>
    openProject({ dataDirectory: data(), folder: at(project), ...more });
  const record = async (id: string) =>
    JSON.parse(await readFile(path.join(data(), 'projects', id, 'project.json'), 'utf8')) as Record<
      string,
      unknown
    >;

  it('makes a project for a folder and finds it again, through a link too', async () => {
    await mkdir(at('My Notes'));
    await symlink(at('My Notes'), at('link'));
    const project = await open('My Notes');
    assert.match(project.id, /^my-notes-[0-9a-f]{10}$/);
    assert.deepEqual(project, { id: project.id, folder: at('data/projects', project.id), name: 'My Notes' });
    assert.deepEqual(await open('My Notes'), project);
    assert.deepEqual(await open('link'), project);
    assert.deepEqual((await record(project.id))['paths'], [at('My Notes')]);
  });

  it('is found at a start-up without anything being made', async () => {
    await mkdir(at('never used'));
    const find = (project: string) => findProject({ dataDirectory: data(), folder: at(project) });
    const before = await readdir(path.join(data(), 'projects')).catch(() => []);
    assert.equal(await find('never used'), undefined);
    assert.deepEqual(await readdir(path.join(data(), 'projects')).catch(() => []), before);
    await mkdir(at('used'));
    assert.equal(await find('used'), undefined);
    assert.equal((await open('used')).folder, await find('used'));
  });

  it('keeps folders apart', async () => {
    await Promise.all([mkdir(at('a/notes'), { recursive: true }), mkdir(at('b/notes'), { recursive: true })]);
    assert.notEqual((await open('a/notes')).id, (await open('b/notes')).id);
  });

  it('has one for no folder, and takes the storage that it is given', async () => {
    const none = await openProject({ dataDirectory: data() });
    assert.deepEqual([none.id, none.folder], ['no-folder', at('data/projects/no-folder')]);
    const given = await openProject({ dataDirectory: data(), folder: at('x'), storage: at('bank') });
    assert.deepEqual([given.folder, given.name], [at('bank'), 'bank']);
    assert.deepEqual(await readdir(folder()), []);
  });

  it('finds the memory of a renamed repository, with no remote too', async () => {
    await repository(at('old'));
    const { id } = await open('old');
    await rename(at('old'), at('new'));
    assert.equal((await open('new')).id, id);
    assert.deepEqual((await record(id))['paths'], [at('new')]);
    await repository(at('old'));
    assert.notEqual((await open('old')).id, id);
  });

  it('finds the memory of a repository that was cloned again, by whatever address', async () => {
    await repository(at('one'), 'https://ada:secret@Example.org/team/notes.git');
    const { id } = await open('one');
    await cp(at('one'), at('two'), { recursive: true });
    await git(at('two'), 'remote', 'set-url', 'origin', 'git@example.org:team/notes');
    assert.equal((await open('two')).id, id);
    assert.deepEqual((await record(id))['paths'], [at('one'), at('two')]);
    assert.ok(!JSON.stringify(await record(id)).includes('secret'));
    await git(at('two'), 'remote', 'set-url', 'origin', 'git@example.org:team/fork');
    await cp(at('two'), at('three'), { recursive: true });
    assert.notEqual((await open('three')).id, id);
  });

  it('tells a folder of a repository from its top', async () => {
    await repository(at('one'), 'https://example.org/a/b');
    const [top, docs] = [await open('one'), await open('one/docs')];
    assert.notEqual(top.id, docs.id);
    await cp(at('one'), at('two'), { recursive: true });
    assert.equal((await open('two/docs')).id, docs.id);
  });

  it('learns the identity of a folder that becomes a repository later', async () => {
    await mkdir(at('one'));
    const { id } = await open('one');
    await repository(at('one'));
    await open('one');
    await rename(at('one'), at('two'));
    assert.equal((await open('two')).id, id);
  });

  it('does not ask git where it must not', async () => {
    await repository(at('one'));
    const { id } = await open('one', { git: false });
    assert.equal((await record(id))['git'], null);
  });

  it('ends with one project when two processes make it at once', async () => {
    await mkdir(at('one'));
    const child = path.resolve('test/unit/node/children/openProject.ts');
    const opening = [1, 2, 3].map(() => run(process.execPath, ['--import', 'tsx', child, data(), at('one')]));
    const ids = (await Promise.all(opening)).map(({ stdout }) => stdout);
    assert.equal(new Set(ids).size, 1);
    assert.deepEqual(await readdir(at('data/projects')), [ids[0]]);
  });

  it('passes over a record that it cannot read, and leaves it as it is', async () => {
    await mkdir(at('one'));
    const { id } = await open('one');
    const file = at('data/projects', id, 'project.json');
    await writeFile(file, '{"id":');
    assert.notEqual((await open('one')).id, id);
    assert.equal(await readFile(file, 'utf8'), '{"id":');
  });

  it('goes on where the data directory cannot be written', async () => {
    await mkdir(at('one'));
    await writeFile(data(), 'a file, where a folder is due');
    const project = await open('one');
    assert.deepEqual(await open('one'), project);
    assert.equal(path.dirname(project.folder), at('data/projects'));
  });

  it('finds the project of a run', async () => {
    await mkdir(at('one'));
    const { folder: bank } = await open('one');
    const runId = systemIds.next();
    const start = {
      v: 1,
      seq: 0,
      at: 1,
      type: 'run.started',
      question: '?',
      parentRunId: null,
      workspace: null,
    } as const;
    await createRunStore(bank).append({ ...start, runId });
    assert.equal(await findRun(data(), runId), bank);
    assert.equal(await findRun(data(), systemIds.next()), undefined);
    assert.equal(await findRun(data(), '../one'), undefined);
    assert.equal(await findRun(at('none'), runId), undefined);
  });
});

describe('gitIdentity', () => {
  const folder = temporaryFolder();

  it('runs nothing that the repository names', async function () {
    if (process.platform === 'win32') this.skip();
    // A missing commit of a partial clone is fetched, by whatever program the configuration says.
    const other = await repository(path.join(folder(), 'other'));
    const root = await repository(path.join(folder(), 'trap'), other);
    const trap = path.join(folder(), 'trap.sh');
    await writeFile(trap, `#!/bin/sh\ntouch ${path.join(folder(), 'trapped')}\n`);
    await chmod(trap, 0o755);
    for (const [name, value] of [
      ['core.fsmonitor', trap],
      ['core.hooksPath', folder()],
      ['core.pager', trap],
      ['core.sshCommand', trap],
      ['core.askPass', trap],
      ['remote.origin.uploadpack', trap],
      ['remote.origin.promisor', 'true'],
      ['extensions.partialClone', 'origin'],
      ['core.repositoryFormatVersion', '1'],
      ['protocol.file.allow', 'always'],
      ['protocol.ext.allow', 'always'],
      ['credential.helper', trap],
      ['diff.external', trap],
    ]) {
      await git(root, 'config', name!, value!);
    }
    const { stdout } = await git(root, 'rev-parse', 'HEAD');
    assert.equal((await gitIdentity(root))?.root, stdout.trim());
    const [start, rest] = [stdout.slice(0, 2), stdout.trim().slice(2)];
    await rm(path.join(root, '.git/objects', start, rest), { force: true });
    assert.deepEqual(await gitIdentity(root), { remote: other, root: null, path: '' });
    assert.ok(!(await readdir(folder())).includes('trapped'));
    await assert.rejects(run('git', ['rev-list', 'HEAD'], { cwd: root }));
    assert.ok((await readdir(folder())).includes('trapped'), 'the trap works');
  });

  it('has none outside a repository, or in a folder that is not there', async () => {
    assert.equal(await gitIdentity(folder()), undefined);
    assert.equal(await gitIdentity(path.join(folder(), 'none')), undefined);
  });

  it('does not take the end of a shallow history for its root', async () => {
    const root = await repository(path.join(folder(), 'whole'), 'https://example.org/a/b');
    await git(root, 'commit', '--quiet', '--allow-empty', '--message', 'second');
    await git(folder(), 'clone', '--quiet', '--depth=1', `file://${root}`, 'shallow');
    assert.equal((await gitIdentity(path.join(folder(), 'shallow')))?.root, null);
  });
});

describe('normaliseRemote', () => {
  for (const [url, expected] of [
    ['https://user:token@GitHub.com/a/b.git', 'github.com/a/b'],
    ['https://github.com/a/b/', 'github.com/a/b'],
    ['ssh://git@github.com:22/a/b.git', 'github.com/a/b'],
    ['git@github.com:a/b.git', 'github.com/a/b'],
    ['github.com:a/b', 'github.com/a/b'],
    ['file:///srv/a.git', '/srv/a.git'],
    ['/srv/a.git', '/srv/a.git'],
    ['C:\\a', 'C:\\a'],
    ['https://user:token@[broken/a', 'https://[broken/a'],
  ] as const) {
    it(`makes ${expected} of ${url}`, () => assert.equal(normaliseRemote(url), expected));
  }
});
