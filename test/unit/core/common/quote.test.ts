import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
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

  for (const shell of ['sh', 'bash', 'zsh', 'fish']) {
    it(`is handed on byte for byte by ${shell}`, function () {
      if (process.platform === 'win32' || spawnSync(shell, ['-c', 'true']).error) {
        console.log(`      skipped: ${shell} is not installed`);
        this.skip();
      }
      const argument = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
      fc.assert(
        fc.property(fc.array(argument, { minLength: 1, maxLength: 5 }), (args) => {
          const print = 'for (const word of process.argv.slice(1)) process.stdout.write(word + "\\0")';
          const words = [process.execPath, '-e', print, '--', ...args].map(quotePosix).join(' ');
          const printed = execFileSync(shell, ['-c', words], { encoding: 'utf8' });
          assert.deepEqual(printed.split('\0').slice(0, -1), args);
        }),
        { numRuns: 15 },
      );
    });
  }
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
  // about_Parsing: what follows `--%` is taken as it is, `@` splats, a comma makes a list.
  gives('--%', "'--%'");
  gives('@args', "'@args'");
  gives('a,b', "'a,b'");
  gives('a"b', "'a\"b'");
  gives('$(rm x)', "'$(rm x)'");
  gives('(1+1)|{x}&y;<z>#', "'(1+1)|{x}&y;<z>#'");
  gives('', "''");
});

describe('quoteCmd', () => {
  const gives = (argument: string, quoted: string | undefined) =>
    it(JSON.stringify(argument), () => assert.equal(quoteCmd(argument), quoted));
  gives('C:\\run\\code-1.py', 'C:\\run\\code-1.py');
  gives('C:\\Users\\A & B\\', '"C:\\Users\\A & B\\\\"');
  // Quotes take these literally (cmd /?), and a program reads a doubled backslash before a quote as one.
  gives('a^b', '"a^b"');
  gives('(a)|b<c>d&e', '"(a)|b<c>d&e"');
  gives('a;b,c=d', '"a;b,c=d"');
  gives('', '""');
  gives('a\\\\', 'a\\\\');
  gives('a b\\\\', '"a b\\\\\\\\"');
  gives('%PATH%', undefined);
  // With delayed expansion on, quotes do not help.
  gives('a!b!', undefined);
  gives('a"b', undefined);
  gives('a\nb', undefined);
});
