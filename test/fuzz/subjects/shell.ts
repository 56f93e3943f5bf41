import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { cpSync, mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { quotePosix } from '../../../src/core/common/quote';
import { controlCharacter } from '../../../src/core/common/terminalText';
import { matchingRule, readCommandRules } from '../../../src/core/tools/shell/commandRules';
import { decideCommand, type CommandSituation } from '../../../src/core/tools/shell/decideCommand';
import { simpleCommands } from '../../../src/core/tools/shell/simpleCommands';
import { createShellParser } from '../../../src/node/shellParser';
import { ASK, AUTO } from '../../fakes/shellCommands';
import { removeAtExit } from '../../fakes/removeAtExit';
import { fuzz } from '../fuzz';
import { damaged, jsonOf, textOf } from '../inputs';

const require = createRequire(import.meta.url);
const dist = mkdtempSync(path.join(os.tmpdir(), 'memento-fuzz-shell-'));
for (const name of ['web-tree-sitter/web-tree-sitter.wasm', 'tree-sitter-bash/tree-sitter-bash.wasm'])
  cpSync(require.resolve(name), path.join(dist, path.basename(name)));
removeAtExit(dist);
const parser = createShellParser(dist);

const PLAIN: CommandSituation = { shell: 'posix', rules: [], mayRead: true, gitSettings: [] };
const decide = async (command: string, more: Partial<CommandSituation> = {}) =>
  decideCommand(command, await parser.parse(command), { ...PLAIN, ...more });

const TOKENS = [
  ...[
    'cat ',
    'ls ',
    'grep ',
    'find . ',
    'sed -n ',
    'sort ',
    'git log ',
    'git diff ',
    'rg ',
    'head ',
    'date ',
    'wc ',
  ],
  ...[
    'echo ',
    'tree ',
    'uniq ',
    'cut ',
    'file ',
    'du ',
    'nl ',
    'stat ',
    'rm ',
    'sh -c ',
    'env ',
    'xargs ',
    'eval ',
  ],
  ...[
    '-n ',
    '-o ',
    '-exec ',
    '-delete ',
    '--output=x ',
    '-i ',
    '-- ',
    '-c ',
    '-p ',
    '--pre ',
    "'1,5p' ",
    '-name ',
  ],
  ...[
    'a.txt ',
    '"a b" ',
    "'c d' ",
    '../x ',
    '/etc ',
    '~ ',
    'src/ ',
    '.',
    '*',
    '?',
    '[a]',
    '{a,b}',
    '=ls',
    '#',
  ],
  ...[
    '|',
    ';',
    '&&',
    '||',
    '&',
    '\n',
    '\r',
    '>',
    '<',
    '<<',
    '<<<',
    '2>&1',
    '$',
    '$(',
    '${',
    '`',
    '(',
    ')',
    '\\',
  ],
  ...[
    '"',
    "'",
    '!',
    '\u001b',
    '\u00a0',
    '\u202e',
    '\0',
    'A=b ',
    '[[ ',
    ' ]]',
    'if ',
    'then ',
    'fi',
    'function f',
  ],
];
const command = fc.oneof(
  textOf(TOKENS, 12),
  damaged(fc.constantFrom(...AUTO, ...ASK), TOKENS),
  damaged(
    fc
      .tuple(fc.constantFrom(...AUTO), fc.constantFrom(' | ', '; ', ' || '), fc.constantFrom(...AUTO))
      .map((parts) => parts.join('')),
    TOKENS,
  ),
);

/** Whatever a shell computes with, wherever it stands. */
const COMPUTES = /[$`()<>&\r\n\u001b]/;

fuzz('shell: nothing that a shell computes with ever runs without asking', [command], async (text) => {
  const { verdict, reasons } = await decide(text);
  assert.ok(verdict === 'auto' || verdict === 'ask');
  assert.ok(reasons.length > 0);
  if (verdict === 'auto') {
    assert.doesNotMatch(text, COMPUTES);
    assert.equal(controlCharacter(text), undefined);
  }
});

fuzz(
  'shell: what runs without asking asks once something is put in that computes',
  [command, fc.constantFrom('$', '`', '(', ')', '<', '>', '&', '\r', '\n', '\u001b'), fc.nat(200)],
  async (text, character, at) => {
    const place = at % (text.length + 1);
    const { verdict } = await decide(text.slice(0, place) + character + text.slice(place));
    assert.equal(verdict, 'ask');
  },
);

fuzz('shell: what asks still asks with more behind it', [command, command], async (text, more) => {
  if ((await decide(text)).verdict !== 'ask' || (await parser.parse(text)) === undefined) return;
  // A comment or an open quotation mark takes what follows into itself, and may close in it.
  for (const joint of [' | ', ' ; ', ' || ']) {
    const both = await parser.parse(`${text}${joint}cat a.txt`);
    if (both === undefined) continue;
    assert.equal((await decide(`${text}${joint}cat a.txt`)).verdict, 'ask', joint);
    assert.notEqual((await decide(`${text}${joint}${more} | ${text}`)).verdict, 'auto');
  }
});

fuzz(
  'shell: rules allow no more than the words that they name',
  [command, fc.array(fc.constantFrom('cat', 'npm test', 'rm', 'git log'))],
  async (text, allowed) => {
    const rules = allowed.map((rule) => ({ text: rule, verdict: 'auto' as const }));
    const free = await decide(text, { rules });
    const asking = await decide(text, {
      rules: [...rules, ...rules.map((rule) => ({ ...rule, verdict: 'ask' as const }))],
    });
    if (free.verdict === 'auto') assert.doesNotMatch(text, COMPUTES);
    // Of two rules alike the one that asks counts.
    assert.ok(asking.verdict === 'ask' || (await decide(text)).verdict === 'auto');
    assert.equal((await decide(text, { rules, shell: 'powershell' })).verdict, 'ask');
  },
);

fuzz(
  'shell: rules are read from any setting, and match what begins with their words',
  [jsonOf(['npm test', 'git push', 'ls'], [true, false])],
  (setting) => {
    for (const rule of readCommandRules(setting)) {
      const words = rule.text.trim().split(/\s+/);
      assert.equal(matchingRule([...words, 'more'], [rule]), rule);
      assert.equal(matchingRule(words.slice(0, -1), [rule]), undefined);
      assert.equal(matchingRule([], [rule]), undefined);
    }
  },
);

/** Words as bash hands them over, in a folder in which its patterns match nothing. */
function argvOfBash(text: string): readonly string[] {
  const printed = execFileSync('bash', ['--norc', '-c', `f() { printf '%s\\0' "$@"; }; f ${text}`], {
    cwd: dist,
    env: { PATH: process.env['PATH'] },
  });
  return printed.toString('utf8').split('\0').slice(0, -1);
}

const hasBash = (() => {
  try {
    execFileSync('bash', ['-c', 'true']);
    return true;
  } catch {
    console.log('      the words of commands are not compared with bash: there is none');
    return false;
  }
})();

if (hasBash)
  fuzz(
    'shell: the words that are decided about are those that bash hands over',
    [command],
    async (text) => {
      const parsed = simpleCommands(text, await parser.parse(text));
      if (!parsed.ok || parsed.value.length !== 1 || /[|;#]/.test(text)) return;
      assert.deepEqual(argvOfBash(text), parsed.value[0]?.argv);
    },
    { runs: 60 },
  );

fuzz('shell: a quoted word is one word, whatever is in it', [textOf(TOKENS, 6)], async (text) => {
  const quoted = quotePosix(text);
  const parsed = simpleCommands(`echo ${quoted}`, await parser.parse(`echo ${quoted}`));
  if (parsed.ok)
    assert.deepEqual(
      parsed.value.map(({ argv }) => argv),
      [['echo', text]],
    );
});
