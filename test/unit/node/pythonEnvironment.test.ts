import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findPythonEnvironment } from '../../../src/node/pythonEnvironment';
import { temporaryFolder } from '../../fakes/temporaryFolder';

describe('the Python environment of a workspace', () => {
  const folder = temporaryFolder();
  const make = (name: string, programs = 'bin', python = 'python') => {
    mkdirSync(path.join(folder(), name, programs), { recursive: true });
    writeFileSync(path.join(folder(), name, 'pyvenv.cfg'), 'home = /usr/bin\n');
    const file = path.join(folder(), name, programs, python);
    writeFileSync(file, '#!/bin/sh\n', { mode: 0o755 });
    return file;
  };
  const found = (platform: NodeJS.Platform = 'linux') => findPythonEnvironment(folder(), platform);

  it('is .venv before venv', () => {
    const second = make('venv');
    assert.equal(found().environment?.python, second);
    const first = make('.venv');
    assert.equal(found().environment?.python, first);
    assert.deepEqual(found().remarks, [
      'The Python environment .venv is used: its programs come first in the PATH.',
    ]);
  });

  it('has its programs in Scripts on Windows', () => {
    const python = make('.venv', 'Scripts', 'python.exe');
    assert.deepEqual(found('win32').environment, {
      name: '.venv',
      folder: path.join(folder(), '.venv'),
      programs: path.dirname(python),
      python,
    });
  });

  it('is none where there is no pyvenv.cfg', () => {
    mkdirSync(path.join(folder(), '.venv/bin'), { recursive: true });
    writeFileSync(path.join(folder(), '.venv/bin/python'), '', { mode: 0o755 });
    assert.deepEqual(found(), { environment: undefined, remarks: [] });
  });

  it('is passed over where its link leads nowhere, which is told', () => {
    mkdirSync(path.join(folder(), '.venv/bin'), { recursive: true });
    writeFileSync(path.join(folder(), '.venv/pyvenv.cfg'), '');
    symlinkSync('/nowhere/python3.99', path.join(folder(), '.venv/bin/python'));
    const other = make('venv');
    const { environment, remarks } = found();
    assert.equal(environment?.python, other);
    assert.match(remarks.join('\n'), /environment \.venv is not used: its Python is gone.*\n.*venv is used/);
  });

  it('is passed over where its Python may not be run', function () {
    if (process.platform === 'win32') this.skip();
    chmodSync(make('.venv'), 0o644);
    assert.equal(found().environment, undefined);
  });
});
