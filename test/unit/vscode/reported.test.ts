import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { isReported } from '../../../src/vscode/reported';

describe('isReported', () => {
  const is = (command: string, reported: boolean, shell = '/bin/bash') =>
    it(`${command} in ${shell}: ${reported}`, () => assert.equal(isReported(command, shell), reported));

  is('make test', true);
  is('(cd docs && make)', false);
  is('  ( a ); b', false);
  is('{ (a); }', false);
  is('! (a)', false);
  is('time -p (a)', false);
  is('if (a); then b; fi', false);
  is('while ! (a); do b; done', false);
  is('(( i++ ))', true);
  is('echo $(a)', true);
  is('a && (b)', true);
  is('{ echo a; }', true);
  is('(a)', true, '/usr/bin/zsh');
  is('(a)', false, 'C:\\Program Files\\Git\\bin\\bash.exe');
});
