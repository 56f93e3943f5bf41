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

  it('never goes from asking to running by a character put in', async () => {
    const characters = [
      '$',
      '`',
      '(',
      ')',
      '<',
      '>',
      '&',
      '\r',
      '\n',
      '\u001b',
      ';',
      '|',
      "'",
      '"',
      '#',
      '!',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...ASK),
        fc.constantFrom(...characters),
        fc.nat(),
        async (command, character, at) => {
          const place = at % (command.length + 1);
          const changed = command.slice(0, place) + character + command.slice(place);
          assert.equal(await verdict(changed), 'ask', changed);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('never runs what has a character with which a shell computes', async () => {
    const characters = ['$', '`', '(', ')', '<', '>', '&', '\r', '\n', '\u001b'];
    for (const command of AUTO) {
      for (const character of characters) {
        for (let at = 0; at <= command.length; at++) {
          const changed = command.slice(0, at) + character + command.slice(at);
          assert.equal(await verdict(changed), 'ask', JSON.stringify(changed));
        }
      }
    }
  });

  it('is total', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (command) => {
        assert.match(await verdict(command), /^(?:auto|ask)$/);
      }),
    );
  });

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

  it('names what is read, and by which programs', async () => {
    const { reads, programs } = await decide(
      "grep -f words.txt 'a b.txt' | cat - c.txt; find src -newer d.txt",
    );
    assert.deepEqual(reads, ['a b.txt', 'words.txt', 'c.txt', 'src', 'd.txt']);
    assert.deepEqual(programs, ['grep', 'cat', 'find']);
  });
});
