import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { quoteCmd, quotePosix, quotePowerShell, shellKind } from '../../../../src/core/common/quote';

describe('shellKind', () => {
  const is = (shell: string, kind: string) => it(shell, () => assert.equal(shellKind(shell), kind));
  is('/bin/bash', 'posix');
  is('/usr/bin/fish', 'posix');
  is('C:\\Program Files\\Git\\bin\\bash.exe', 'posix');
  is('C:\\Program Files\\PowerShell\\7\\pwsh.exe', 'powershell');
  is('C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\PowerShell.exe', 'powershell');
  is('/usr/bin/pwsh-preview', 'powershell');
  is('C:\\Windows\\System32\\cmd.exe', 'cmd');
  is('', 'posix');
});

describe('quotePosix', () => {
  const gives = (argument: string, quoted: string) =>
    it(JSON.stringify(argument), () => assert.equal(quotePosix(argument), quoted));
  gives('/tmp/run/code-1.py', '/tmp/run/code-1.py');
  gives('/tmp/a b', "'/tmp/a b'");
  gives("it's", "'it'\\''s'");
  gives('a\\b', "'a'\\\\'b'");
  gives('$(touch P)`x`', "'$(touch P)`x`'");
  gives('=ls', "'=ls'");
  gives('~', "'~'");
  gives('', "''");

  it('is handed on byte for byte by sh', function () {
    if (process.platform === 'win32') this.skip();
    const argument = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (args) => {
        const script = `printf '%s\\0' ${args.map(quotePosix).join(' ')}`;
        const printed = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
        assert.deepEqual(printed, args.length === 0 ? [''] : args);
      }),
      { numRuns: 50 },
    );
  });
});

describe('quotePowerShell', () => {
  const gives = (argument: string, quoted: string) =>
    it(JSON.stringify(argument), () => assert.equal(quotePowerShell(argument), quoted));
  gives('C:\\run\\code-1.py', 'C:\\run\\code-1.py');
  gives('C:\\Users\\Ann Lee\\x.py', "'C:\\Users\\Ann Lee\\x.py'");
  gives("it's", "'it''s'");
  gives('it’s', "'it’’s'");
  gives('$env:PATH;`n', "'$env:PATH;`n'");
  gives('-x', "'-x'");
});

describe('quoteCmd', () => {
  const gives = (argument: string, quoted: string | undefined) =>
    it(JSON.stringify(argument), () => assert.equal(quoteCmd(argument), quoted));
  gives('C:\\run\\code-1.py', 'C:\\run\\code-1.py');
  gives('C:\\Users\\A & B\\', '"C:\\Users\\A & B\\\\"');
  gives('%PATH%', undefined);
  gives('a"b', undefined);
  gives('a\nb', undefined);
});
