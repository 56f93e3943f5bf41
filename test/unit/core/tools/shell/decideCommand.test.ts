import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { decideCommand, type CommandSituation } from '../../../../../src/core/tools/shell/decideCommand';
import { createShellParser } from '../../../../../src/node/shellParser';
import type { ShellParser } from '../../../../../src/core/ports';
import { nameOf, PROGRAM_OPTIONS, spellings } from '../../../../fakes/readingOptions';
import { ASK, AUTO } from '../../../../fakes/shellCommands';

const require = createRequire(import.meta.url);

/** What each program has to write, to run others, to leave the folder or never to end; what shells compute; the unknown. */
const HOSTILE = readFileSync(
  path.resolve(import.meta.dirname, '../../../../fixtures/commands/hostile.txt'),
  'utf8',
)
  .trimEnd()
  .split('\n');

const PLAIN: CommandSituation = { shell: 'posix', rules: [], mayRead: true, gitSettings: [] };

describe('decideCommand', () => {
  let parser: ShellParser;
  let dist = '';
  before(() => {
    dist = mkdtempSync(path.join(os.tmpdir(), 'memento-shell-'));
    for (const name of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-bash/tree-sitter-bash.wasm']) {
      cpSync(require.resolve(name), path.join(dist, path.basename(name)));
    }
    parser = createShellParser(dist);
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  const decide = async (command: string, situation: Partial<CommandSituation> = {}) =>
    decideCommand(command, await parser.parse(command), { ...PLAIN, ...situation });
  const verdict = async (command: string, situation: Partial<CommandSituation> = {}) =>
    (await decide(command, situation)).verdict;

  for (const command of AUTO) {
    it(`runs without asking: ${command}`, async () => {
      const { verdict, reasons } = await decide(command);
      assert.equal(verdict, 'auto', reasons.join(' '));
    });
  }
  for (const command of ASK) {
    it(`asks: ${JSON.stringify(command)}`, async () => assert.equal(await verdict(command), 'ask'));
  }

  for (const { program, options } of PROGRAM_OPTIONS) {
    it(`runs ${program} without asking with each of its options, and with no other`, async () => {
      for (const option of options) {
        for (const spelling of spellings(option, '1')) {
          const command = `${program} ${spelling}`;
          assert.equal(await verdict(command), 'auto', command);
        }
        if (!option.endsWith('…') || option.startsWith('--')) continue;
        assert.equal(await verdict(`${program} ${nameOf(option)}`), 'ask', `${option} alone`);
      }
      const names = new Set(options.map(nameOf));
      for (const letter of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:@%+=/') {
        if (names.has(`-${letter}`) || (names.has('-12') && /\d/.test(letter))) continue;
        assert.equal(await verdict(`${program} -${letter}`), 'ask', `-${letter}`);
      }
      for (const name of ['--=1', '--output', '--output=1', '--files']) {
        if (names.has(name)) continue;
        assert.equal(await verdict(`${program} ${name}`), 'ask', name);
      }
      for (const option of options.filter((each) => each.startsWith('--'))) {
        const name = nameOf(option);
        if (option === name) assert.equal(await verdict(`${program} ${name}=1`), 'ask', `${name}=1`);
        if (option === `${name}…`) assert.equal(await verdict(`${program} ${name}`), 'ask', name);
        if (!names.has(name.slice(0, -1)))
          assert.equal(await verdict(`${program} ${name.slice(0, -1)}`), 'ask', 'abbreviated');
      }
    });
  }

  it('runs find without asking with each test and action that only looks, and with no other', async () => {
    const words = (list: string) => list.split(' ');
    const alone = words(
      '-print -print0 -prune -quit -ls -true -false -empty -readable -writable -executable -nouser -nogroup -depth -d ' +
        '-mount -xdev -daystart -o -or -a -and -not',
    );
    const valued = words(
      '-name -iname -path -ipath -wholename -iwholename -regex -iregex -regextype -type -xtype -size -maxdepth ' +
        '-mindepth -mtime -mmin -atime -amin -ctime -cmin -perm -user -group -uid -gid -links -inum -fstype -lname ' +
        '-ilname -printf',
    );
    const compared = words('-newer -anewer -cnewer -samefile');
    const others = words(
      '-delete -exec -execdir -ok -okdir -fls -fprint -fprint0 -fprintf -files0-from -follow -L -H -O3 -D -context ' +
        '-newerXY -used -noleaf -print1 -Print -nam -- ! ( , -',
    );
    for (const name of alone) assert.equal(await verdict(`find a ${name}`), 'auto', name);
    for (const name of [...valued, ...compared]) {
      assert.equal(await verdict(`find a ${name} 1`), 'auto', name);
      assert.equal(await verdict(`find a ${name}`), 'ask', `${name} alone`);
    }
    for (const name of compared) assert.deepEqual((await decide(`find a ${name} b`)).reads, ['a', 'b'], name);
    for (const name of valued) assert.deepEqual((await decide(`find a ${name} b`)).reads, ['a'], name);
    for (const name of others) {
      assert.equal(await verdict(`find a '${name}'`), 'ask', name);
      assert.equal(await verdict(`find a '${name}' 1`), 'ask', `${name} 1`);
    }
  });

  it('runs sed without asking with options and scripts that only print, and with no other', async () => {
    const options = ['-n', '-E', '-r', '-s', '-u', '-z', '--quiet', '--silent', '--regexp-extended'];
    for (const option of [...options, '--null-data', '--posix'])
      assert.equal(await verdict(`sed ${option} p a`), 'auto', option);
    for (const option of ['-i', '-f', '-l', '-b', '--in-place', '--file=a', '--follow-symlinks', '--sandbox'])
      assert.equal(await verdict(`sed ${option} p a`), 'ask', option);
    for (const script of [
      'p',
      '1d',
      '2,3p',
      '/a/p',
      '/a/I,/b/p',
      '$p',
      's/a/b/',
      's,a,b,gI',
      's|a|b|2p',
      '1=',
      'q',
    ])
      assert.equal(await verdict(`sed '${script}' a`), script === '$p' ? 'ask' : 'auto', script);
    for (const script of [
      'w b',
      'r b',
      'e',
      '1e',
      's/a/b/w c',
      's/a/b/e',
      'p;p',
      's/a/b\\/',
      'y/a/b/',
      'R b',
      'W b',
      '{p}',
    ])
      assert.equal(await verdict(`sed '${script}' a`), 'ask', script);
  });

  it('asks where a rule allows what goes elsewhere first, or what writes the settings of git', async () => {
    const ruled = (command: string, ...texts: readonly string[]) =>
      decide(command, { rules: texts.map((text) => ({ text, verdict: 'auto' })) });
    for (const mover of ['cd', 'chdir', 'pushd', 'popd', 'z'])
      assert.equal((await ruled(`${mover} a; touch b`, mover, 'touch')).verdict, 'ask', mover);
    for (const program of ['git', '/usr/bin/git', 'git.exe']) {
      for (const setter of ['config', 'init', 'maintenance', 'remote', 'submodule'])
        assert.equal((await ruled(`${program} ${setter} a`, program)).verdict, 'ask', setter);
      assert.equal((await ruled(`${program} add a`, program)).verdict, 'auto');
    }
    assert.equal((await ruled('gitk config', 'gitk')).verdict, 'auto');
  });

  it('tells whether a rule had to allow a part of it', async () => {
    const rules = [
      { text: 'touch', verdict: 'auto' },
      { text: 'head', verdict: 'ask' },
    ] as const;
    for (const [command, byRule] of [
      ['ls', false],
      ['touch a', true],
      ['ls; touch a', true],
      ['ls | cat', false],
    ] as const)
      assert.equal((await decide(command, { rules })).byRule, byRule, command);
    assert.deepEqual((await decide('head a', { rules })).reasons, ['Your rule “head” asks for “head a”.']);
  });

  it('agrees with the list of commands whose effect was tried', async function () {
    const file = '../shared/data/security/commands.json';
    if (!existsSync(file)) {
      console.log('      skipped: the list is not beside the project');
      this.skip();
    }
    const list = JSON.parse(readFileSync(file, 'utf8')) as { cmd: string; verdict: string }[];
    for (const { cmd, verdict: expected } of list) {
      if (expected !== 'either') assert.equal(await verdict(cmd), expected, cmd);
    }
  });

  /** What a shell takes for more than an argument, or does not show. */
  const computing = Array.from('$`()<>&\\!\r\n\u001b\0\t\u0085\u200b\u200e\u202e\u2028\u2066\ufeff\u00ad');
  const active = fc.oneof(
    fc.constantFrom(...computing),
    fc
      .integer({ min: 0, max: 0x9f })
      .filter((code) => code < 0x20 || code > 0x7e)
      .map(String.fromCharCode),
  );
  const insert = (command: string, character: string, at: number) => {
    const place = at % (command.length + 1);
    return command.slice(0, place) + character + command.slice(place);
  };
  const RULES = ['npm test', 'cat', 'git', 'echo a', 'ls -la'].map((text) => ({
    text,
    verdict: 'auto' as const,
  }));

  it('asks for all that is known to do more, or not known', async () => {
    for (const command of HOSTILE) assert.equal(await verdict(command), 'ask', command);
  });

  it('never goes from asking to running by a character put in', () => {
    const asked = [...ASK, ...HOSTILE];
    // Of a path, and in quotes, these may make another path.
    const bare = asked.filter((command) => !/['"/.]/.test(command));
    return fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.tuple(fc.constantFrom(...asked), active),
          fc.tuple(fc.constantFrom(...bare), fc.constantFrom(...Array.from(';|{}*?[]~#'))),
        ),
        fc.nat(),
        async ([command, character], at) => {
          const changed = insert(command, character, at);
          assert.equal(await verdict(changed), 'ask', changed);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('never runs what has a character with which a shell computes, or that does not show', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...AUTO, 'npm test', 'cat /etc/passwd', "git 'a b'"),
        active,
        fc.nat(),
        fc.boolean(),
        async (command, character, at, withRules) => {
          const changed = insert(command, character, at);
          assert.equal(await verdict(changed, withRules ? { rules: RULES } : {}), 'ask', changed);
        },
      ),
      { numRuns: 1_000 },
    ));

  it('has one decision for every text, in PowerShell and cmd to ask', () =>
    fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom(...AUTO, ...ASK)),
        fc.constantFrom('posix' as const, 'powershell' as const, 'cmd' as const),
        async (command, shell) => {
          const decision = await decide(command, { shell, rules: RULES });
          assert.match(decision.verdict, shell === 'posix' ? /^(?:auto|ask)$/ : /^ask$/);
          assert.ok(
            decision.reasons.length > 0 && decision.reasons.every((reason) => /^\P{Cc}+[.”]$/u.test(reason)),
          );
          assert.deepEqual(await decide(command, { shell, rules: RULES }), decision);
        },
      ),
    ));

  it('asks for git where the repository could make it run something, or nobody has looked', async () => {
    assert.equal(await verdict('git log -1', { gitSettings: ['core.fsmonitor'] }), 'ask');
    assert.equal(await verdict('git log -1', { gitSettings: undefined }), 'ask');
    assert.equal(await verdict('git log -1', { gitSettings: [] }), 'auto');
  });

  it('always asks in PowerShell and cmd', async () => {
    assert.equal(await verdict('cat a', { shell: 'powershell' }), 'ask');
    assert.equal(await verdict('cat a', { shell: 'cmd' }), 'ask');
  });

  it('follows the rules of the user, the longest first, and says which', async () => {
    const rules = [
      { text: 'npm test', verdict: 'auto' },
      { text: 'npm', verdict: 'ask' },
      { text: 'cat secret', verdict: 'ask' },
    ] as const;
    assert.deepEqual(await decide('npm test -- --grep x', { rules }), {
      verdict: 'auto',
      reasons: ['Your rule “npm test” allows “npm test -- --grep x”.'],
      reads: [],
      named: ['test', '--', '--grep', 'x'],
      files: [],
      programs: [],
      byRule: true,
    });
    assert.equal(await verdict('npm install', { rules }), 'ask');
    assert.equal(await verdict('npm testing', { rules }), 'ask');
    assert.equal(await verdict('cat secret', { rules }), 'ask');
    assert.equal(await verdict('\'npm\' "test" | head', { rules }), 'auto');
    assert.equal(await verdict('npm test; rm x', { rules }), 'ask');
    assert.equal(await verdict('npm test > x', { rules }), 'ask');
  });

  it('asks for all but the rules where the user does not let it read', async () => {
    const rules = [{ text: 'npm test', verdict: 'auto' }] as const;
    assert.equal(await verdict('cat a', { rules, mayRead: false }), 'ask');
    assert.equal(await verdict('npm test', { rules, mayRead: false }), 'auto');
    assert.equal(await verdict('npm test | cat', { rules, mayRead: false }), 'ask');
  });

  it('says why, in words', async () => {
    const reasons: Readonly<Record<string, string>> = {
      '': 'It has no command.',
      'rm x': '“rm” is not known to only read.',
      'rm x; mv a b': '“rm” is not known to only read. “mv” is not known to only read.',
      'cat a | cat b': '“cat” only reads here.',
      'cat a > b': 'It has “>”.',
      'cat\ta': 'It has a tab.',
      'cat a\n': 'It has a line break.',
      'cat a\r': 'It has a carriage return.',
      'cat \u001b': 'It has an escape character.',
      'cat a\u200b': 'It has the hidden character U+200B.',
      'cat \u0007': 'It has the hidden character U+0007.',
      "cat 'a": 'It is not in the grammar of the shell.',
      'cat *': '“*” is not taken literally by the shell.',
      'cat =ls': '“=ls” is not taken literally by the shell.',
      'if true; then pwd; fi': '“if true; then pwd; fi” is more than a program with arguments.',
      'a=b': '“a=b” is more than a program with arguments.',
      [`cat {${'a'.repeat(80)},b}`]: `“{${'a'.repeat(59)}…” is not taken literally by the shell.`,
      'cat ../a': '“cat ../a” reads “../a”, which may be outside the workspace.',
      'sort -o a': '“sort -o a”: its option -o is not known to only read.',
      'sort --output=a': '“sort --output=a”: its option --output=a is not known to only read.',
      'head -n': '“head -n”: its option -n is not known to only read.',
      'head --lines': '“head --lines”: its option --lines is not known to only read.',
      'head -n -x a': '“head -n -x a”: its option -n is not known to only read.',
      'pwd x': '“pwd x”: it has more operands than it reads.',
      'uniq a -c': '“uniq a -c”: it has more operands than it reads.',
      'date 0101': '“date 0101”: its operand 0101 is not known to only read.',
      'find . -delete': '“find . -delete”: its -delete is not known to only look.',
      'find . -name': '“find . -name”: its -name has no value.',
      sed: '“sed”: it has no script.',
      'sed w a': '“sed w a”: its script w is not known to only print.',
      'sed -i p a': '“sed -i p a”: its option -i is not known to only read.',
      'git push': '“git push”: git push is not known to only read.',
      git: '“git”: git alone is not known to only read.',
      'git log --output=a': '“git log --output=a”: its option --output=a is not known to only read.',
      'git status': '“git status”: git status writes its index unless it is told --no-optional-locks.',
      "git log '--format=%G?'": "“git log '--format=%G?'”: it checks signatures.",
      'git branch a': '“git branch a”: git branch with a name changes it.',
    };
    for (const [command, reason] of Object.entries(reasons))
      assert.equal((await decide(command)).reasons.join(' '), reason);
    const [settings] = (await decide('git log', { gitSettings: ['core.pager', 'b'] })).reasons;
    assert.equal(settings, "“git log”: the repository's setting core.pager can make git run a program.");
    const [unknown] = (await decide('git log', { gitSettings: undefined })).reasons;
    assert.equal(unknown, "“git log”: what the repository's configuration makes git do is not known.");
    const [shell] = (await decide('cat a', { shell: 'cmd' })).reasons;
    assert.equal(shell, 'Commands of PowerShell and cmd always ask.');
    const [noRule] = (await decide('cat a', { mayRead: false })).reasons;
    assert.equal(noRule, 'No rule of yours allows “cat a”.');
  });

  it('takes arguments as the programs do', async () => {
    const reads = async (command: string) => (await decide(command)).reads;
    assert.deepEqual(await reads('cat -- -n a'), ['-n', 'a']);
    assert.deepEqual(await reads('cat a -n b'), ['a', 'b', '-n']);
    assert.deepEqual(await reads('cat -n - a'), ['a']);
    assert.deepEqual(await reads('head -n5 -12 -c 3 -qn -5 a'), ['a']);
    assert.deepEqual(await reads('grep -f words --file=more --file third a'), [
      'a',
      'words',
      'more',
      'third',
    ]);
    assert.deepEqual(await reads('grep -nrfwords a'), ['a', 'words']);
    assert.deepEqual(await reads('grep --regexp x a b'), ['a', 'b']);
    assert.deepEqual(await reads('grep x a'), ['a']);
    assert.deepEqual(await reads('grep x a -e y'), ['x', 'a', '-e', 'y']);
    assert.deepEqual(await reads('grep x -n a'), ['a', '-n']);
    assert.deepEqual(await reads('rg --files a b'), ['a', 'b']);
    assert.deepEqual(await reads('rg x a'), ['a']);
    assert.deepEqual(await reads('date -r a -u +%F'), ['a']);
    assert.deepEqual(await reads('ls -I x a'), ['a', 'x']);
    assert.deepEqual(await reads('echo a b; basename a; tr a b; dirname c'), []);
    assert.deepEqual(await reads("sed -n p a; sed -e p b; sed --expression=p c; sed 's/a/b/' d e"), [
      'a',
      'b',
      'c',
      'd',
      'e',
    ]);
    assert.deepEqual(await reads('find -P -E'), []);
    assert.deepEqual(await reads('find -P a b -name c -newer d'), ['a', 'b', 'd']);
    assert.deepEqual(await reads('git --no-pager log -- a b'), ['a', 'b']);
    assert.deepEqual((await decide('diff a b; cat c')).files, ['a', 'b']);
  });

  it('names what is read, and by which programs', async () => {
    const { reads, programs } = await decide(
      "grep -f words.txt 'a b.txt' | cat - c.txt; find src -newer d.txt",
    );
    assert.deepEqual(reads, ['a b.txt', 'words.txt', 'c.txt', 'src', 'd.txt']);
    assert.deepEqual(programs, ['grep', 'cat', 'find']);
  });
});
