import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import fc from 'fast-check';
import { simpleCommands } from '../../../../../src/core/tools/shell/simpleCommands';
import { createShellParser } from '../../../../../src/node/shellParser';

const parser = createShellParser(path.resolve(import.meta.dirname, '../../../../../dist'));

/** The arguments that the policy decides on; undefined where it does not trust itself to know them. */
async function argumentsOf(source: string): Promise<readonly string[] | undefined> {
  const commands = simpleCommands(source, await parser.parse(source));
  return commands.ok && commands.value.length === 1 ? commands.value[0]?.argv.slice(1) : undefined;
}

/** What a shell makes of each of these: `printf` writes its arguments, each ended by NUL. */
function expanded(shell: string, words: readonly string[]): readonly (readonly string[])[] {
  const script = words.map((each) => `printf '%s\\0' first ${each}\nprintf '\\1'`).join('\n');
  const { stdout } = spawnSync(shell, ['-c', script], { encoding: 'utf8', input: '' });
  return stdout
    .split('\u0001')
    .slice(0, -1)
    .map((list) => list.split('\0').slice(1, -1));
}

const QUOTABLE = [
  ...[
    'a',
    'B',
    '7',
    '-',
    '--',
    '=',
    '.',
    '/',
    ',',
    ':',
    '@',
    '%',
    '+',
    '_',
    '^',
    '~',
    '*',
    '?',
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    '#',
    ';',
    '|',
    ' ',
    '  ',
    'ä',
    'λ',
    '中',
    '😀',
    '\u0301',
    '\u00a0',
    '\u3000',
    '\u2009',
    '\u1680',
    '{a,b}',
    'if',
  ],
];
const text = (more: readonly string[]) =>
  fc.array(fc.constantFrom(...QUOTABLE, ...more), { maxLength: 5 }).map((parts) => parts.join(''));
const piece = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(fc.constantFrom('a', 'B', '7', '-', '=', '.', '/', ',', ':', '@', '%', '+', '_', 'ä', '中'))
      .map((parts) => parts.join('')),
  },
  { weight: 2, arbitrary: text(['"']).map((inside) => `'${inside}'`) },
  { weight: 2, arbitrary: text(["'"]).map((inside) => `"${inside}"`) },
  { weight: 1, arbitrary: text([]) },
);
const word = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
const line = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => words.join(' '));

describe('the arguments that a command is decided by', () => {
  for (const shell of ['sh', 'bash', 'dash', 'zsh']) {
    it(`are those that ${shell} hands over`, async function () {
      if (process.platform === 'win32' || spawnSync(shell, ['-c', ':']).status !== 0) {
        console.log(`      skipped: ${shell} is not installed`);
        this.skip();
      }
      const lines = fc.sample(line, 2_000);
      const understood = [];
      for (const each of lines) {
        const argv = await argumentsOf(`printf ${each}`);
        if (argv) understood.push({ each, argv });
      }
      assert.ok(understood.length > 200, `only ${understood.length} were understood`);
      const seen = expanded(
        shell,
        understood.map(({ each }) => each),
      );
      for (const [index, { each, argv }] of understood.entries()) assert.deepEqual(argv, seen[index], each);
    });
  }

  it('are not looked for in what is long', async () => {
    for (const hostile of ['(', '$(', '`', '"', "'", '{', 'a|', '<', 'if ', '[[', '<<'])
      assert.equal(await argumentsOf(hostile.repeat(50_000)), undefined, hostile);
  });
});
