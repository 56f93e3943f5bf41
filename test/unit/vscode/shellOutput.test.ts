import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ShellOutput } from '../../../src/vscode/shellOutput';

const BEGIN = '\u001b]633;C\u0007';
const END = '\u001b]633;D;3\u0007';
/** Exactly as zsh 5.9 and fish 3.6 write it. */
const ZSH_END = `\u001b[1m\u001b[7m%\u001b[27m\u001b[1m\u001b[0m${' '.repeat(79)}\r \r`;
const FISH_BEGIN = '\u001b[30m\u001b(B\u001b[m\u001b]0;echo hi /w\u0007\u001b[30m\u001b(B\u001b[m\r';

function printed(chunks: readonly string[]) {
  const output = new ShellOutput();
  const text = chunks.map((chunk) => output.add(chunk)).join('') + output.end();
  const { isAtPrompt, exitCode } = output;
  // Other sequences are taken off later, see terminalText.ts.
  return { text: text.replace(/\u001b(?:\][^\u0007]*\u0007|\[[\d;]*m|\(B)/g, ''), isAtPrompt, exitCode };
}

describe('what a shell with integration prints', () => {
  it('tells the end by the prompt that is back', () => {
    assert.deepEqual(printed([BEGIN, 'hi\r\n', END]), { text: 'hi\r\n', isAtPrompt: true, exitCode: 3 });
    assert.equal(printed([BEGIN, 'hi\r\n']).isAtPrompt, false);
    assert.deepEqual(printed([BEGIN, '\u001b]133;A\u001b\\']), {
      text: '\u001b]133;A\u001b\\',
      isAtPrompt: true,
      exitCode: undefined,
    });
  });

  it('does not take the prompt before the command for the one after it', () => {
    assert.equal(printed(['\u001b]633;A\u0007$ \u001b]633;B\u0007', BEGIN, 'hi']).isAtPrompt, false);
  });

  it('leaves out what zsh writes at the end, and fish at the beginning', () => {
    assert.equal(printed([BEGIN, 'hi\r\n', ZSH_END, END]).text, 'hi\r\n');
    assert.equal(printed([BEGIN, FISH_BEGIN, 'hi\r\n', END]).text, 'hi\r\n');
  });

  it('says the same wherever the chunks are cut', () => {
    const whole = `${BEGIN}a\r\n10%\r20%\r\n${ZSH_END}${END}`;
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: whole.length }), { maxLength: 6 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), whole.length];
        const chunks = places.slice(1).map((place, index) => whole.slice(places[index], place));
        assert.deepEqual(printed(chunks), {
          text: 'a\r\n10%\r20%\r\n',
          isAtPrompt: true,
          exitCode: 3,
        });
      }),
    );
  });

  it('keeps what a command itself writes in reverse video', () => {
    assert.equal(printed([BEGIN, '\u001b[7m% full\u001b[27m', ' 80\r\n']).text, '% full 80\r\n');
    assert.equal(printed([BEGIN, '\u001b[7mMore?\u001b[27m']).text, 'More?');
  });
});
