import assert from 'node:assert/strict';
import fc from 'fast-check';
import { controlCharacter, EscapeStripper, HeadAndTail } from '../../../src/core/common/terminalText';
import { ShellOutput } from '../../../src/vscode/shellOutput';
import { STEERS } from '../expect';
import { fuzz } from '../fuzz';
import { cutAt, cuts, pump, pumped, textOf } from '../inputs';

const ESCAPES = [
  ...[
    '\u001b',
    '\u001b[',
    '\u001b[31m',
    '\u001b[0m',
    '\u001b[2J',
    '\u001b]0;title\u0007',
    '\u001b]8;;https://a\u001b\\',
    '\u009b',
  ],
  ...[
    '\u001b[201~',
    '\u001bP',
    '\u001b\\',
    '\u0007',
    '\u0018',
    '\u009d',
    '\u009c',
    '\r',
    '\r\n',
    '\n',
    '\t',
    '\b',
    'm',
    ';',
    '%',
  ],
];
const SHELL = [
  ...ESCAPES,
  ...[
    '\u001b]633;C\u0007',
    '\u001b]633;D;0\u0007',
    '\u001b]633;D;1\u001b\\',
    '\u001b]133;A\u0007',
    '\u001b]633;D',
    '\u001b[7m%\u001b[27m',
  ],
  ...['\u001b[7m', '\r \r', '\u001b]633;A;', ' '.repeat(80)],
];
const output = textOf(ESCAPES);
const stripEscapes = (text: string): string => new EscapeStripper().write(text);

fuzz(
  'terminal text: nothing is left that steers, in whatever pieces it comes',
  [output, cuts],
  (text, shares) => {
    const stripper = new EscapeStripper();
    const pieces = cutAt(text, shares).map((piece) => stripper.write(piece));
    assert.equal(pieces.join(''), stripEscapes(text));
    assert.doesNotMatch(pieces.join(''), STEERS);
    assert.equal(stripEscapes(pieces.join('')), pieces.join(''), 'nothing is left to do');
    assert.ok(pieces.join('').length <= text.length);
  },
);

fuzz(
  'terminal text: what steers is found in a command, with anything around it',
  [output, output, fc.constantFrom('\r', '\u001b', '\u009b', '\u202e', '\0')],
  (before, after, character) => {
    assert.notEqual(controlCharacter(before + character + after), undefined);
  },
);

fuzz('terminal text: a long output is kept in few characters', [output, fc.nat(100)], (text, most) => {
  const kept = new HeadAndTail(most);
  kept.write(text);
  assert.ok(kept.toString().length <= most + 60);
});

fuzz('terminal text: long sequences end', [pumped(ESCAPES)], (each) => void stripEscapes(pump(each)));

const shellText = textOf(SHELL);

/** Marks are at most as long as what is looked at again; longer ones a shell does not write. */
fuzz(
  'shell output: what a command printed is the same in whatever pieces it comes',
  [shellText, cuts],
  (text, shares) => {
    const read = (pieces: readonly string[]) => {
      const shell = new ShellOutput();
      const printed = pieces.map((piece) => shell.add(piece)).join('') + shell.end();
      return { printed, isAtPrompt: shell.isAtPrompt, exitCode: shell.exitCode };
    };
    const whole = read([text]);
    assert.ok(whole.exitCode === undefined || Number.isInteger(whole.exitCode));
    assert.ok(whole.printed.length <= text.length);
    const cut = read(cutAt(text, shares));
    assert.deepEqual([cut.isAtPrompt, cut.exitCode], [whole.isAtPrompt, whole.exitCode]);
  },
);

fuzz('shell output: long output ends', [pumped(SHELL)], (each) => {
  const shell = new ShellOutput();
  shell.add(pump(each));
  for (const piece of cutAt(
    pump(each),
    Array.from({ length: 100 }, (_, i) => i / 100),
  ))
    shell.add(piece);
});
