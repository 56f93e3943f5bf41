import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, it } from 'mocha';
import {
  installCommandLineTool,
  planCommandLineTool,
  uninstallCommandLineTool,
  type CommandLineHost,
} from '../../../src/node/commandLineTool';
import { temporaryFolder } from '../../fakes/temporaryFolder';

describe('the command line tool', () => {
  const folder = temporaryFolder();
  let host: CommandLineHost;
  let extensions: string;

  /** An installed version whose command line says which one it is. */
  function extension(version: string, installedAt: number): string {
    const root = path.join(extensions, `memento-research.memento-${version}`);
    const cli = path.join(root, 'dist/cli.js');
    mkdirSync(path.dirname(cli), { recursive: true });
    writeFileSync(cli, `console.log('${version}', process.argv.slice(2).join('|'))`);
    utimesSync(cli, installedAt, installedAt);
    return root;
  }

  beforeEach(() => {
    // What a shell would take apart, if the script let it.
    extensions = path.join(folder(), `It's an "odd" $HOME folder`);
    const home = path.join(folder(), 'home');
    mkdirSync(path.join(home, '.local/bin'), { recursive: true });
    host = {
      platform: 'linux',
      env: { PATH: `${process.env.PATH}:${home}/.local/bin`, SHELL: '/bin/zsh' },
      home,
      extensionPath: extension('0.1.0', 1_000),
      runtime: process.execPath,
    };
  });

  const run = (file: string, env: NodeJS.ProcessEnv = process.env) =>
    execFileSync('/bin/sh', [file, 'cases list', '$x'], { encoding: 'utf8', env }).trim();

  it('writes one script where the PATH has it, and runs the command line with the words as they are', async () => {
    const plan = await planCommandLineTool(host);
    assert.equal(plan.file, path.join(host.home, '.local/bin/memento'));
    assert.equal(plan.pathLine, undefined);
    assert.equal(plan.there, 'nothing');
    await installCommandLineTool(plan);
    assert.deepEqual(readdirSync(path.dirname(plan.file)), ['memento']);
    assert.equal(run(plan.file), '0.1.0 cases list|$x');
    assert.equal((await planCommandLineTool(host)).there, 'same');
  });

  it('runs the newest installed version, without being written anew', async () => {
    const plan = await planCommandLineTool(host);
    await installCommandLineTool(plan);
    extension('0.10.0-linux-x64', 2_000);
    assert.match(run(plan.file), /^0\.10\.0-linux-x64 /);
  });

  it('runs with the editor’s own Node.js where there is none, or too old a one', async () => {
    const plan = await planCommandLineTool(host);
    await installCommandLineTool(plan);
    const bin = path.join(folder(), 'bin');
    mkdirSync(bin);
    writeFileSync(path.join(bin, 'node'), '#!/bin/sh\nexit 1\n');
    chmodSync(path.join(bin, 'node'), 0o755);
    assert.match(run(plan.file, { PATH: `${bin}:/usr/bin:/bin` }), /^0\.1\.0 /);
  });

  it('says which line to add where no such folder is on the PATH', async () => {
    const { home } = host;
    const bare = { ...host, env: { PATH: '/usr/bin', SHELL: '/usr/bin/fish' } };
    const plan = await planCommandLineTool(bare);
    assert.equal(plan.file, path.join(home, '.local/bin/memento'));
    assert.equal(plan.pathLine, `fish_add_path '${home}/.local/bin'`);
    const zsh = await planCommandLineTool({ ...bare, env: { PATH: '/usr/bin', SHELL: '/bin/zsh' } });
    assert.equal(zsh.pathLine, `export PATH='${home}/.local/bin':"$PATH"`);
  });

  it('leaves the file of another program alone, and knows its own older one', async () => {
    const { file } = await planCommandLineTool(host);
    writeFileSync(file, '#!/bin/sh\necho mine\n');
    assert.equal((await planCommandLineTool(host)).there, 'foreign');
    const plan = await planCommandLineTool({ ...host, runtime: '/old/node' });
    await installCommandLineTool(plan);
    assert.equal((await planCommandLineTool(host)).there, 'older');
    await uninstallCommandLineTool(plan);
    assert.deepEqual(readdirSync(path.dirname(file)), []);
  });

  it('writes a cmd script on Windows, its percent signs doubled', async () => {
    const windows = {
      ...host,
      platform: 'win32' as const,
      env: { Path: 'C:\\Windows', LOCALAPPDATA: 'C:\\Users\\a\\AppData\\Local' },
      home: 'C:\\Users\\a',
      extensionPath: 'C:\\100% mine\\extensions\\memento-research.memento-0.1.0',
      runtime: 'C:\\Code\\Code.exe',
    };
    const { file, script, pathLine } = await planCommandLineTool(windows);
    assert.equal(file, 'C:\\Users\\a\\AppData\\Local\\Microsoft\\WindowsApps\\memento.cmd');
    assert.match(script, /^@echo off\r\n/);
    assert.match(script, /"C:\\100%% mine\\extensions\\memento-research\.memento-\*"/);
    assert.match(script, /"%cli%" %\*\r\n$/);
    assert.match(pathLine ?? '', /SetEnvironmentVariable\('Path'/);
  });
});
