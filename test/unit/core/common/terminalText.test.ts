import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { controlCharacter, EscapeStripper, HeadAndTail } from '../../../../src/core/common/terminalText';

const ESC = '\u001b';
const BEL = '\u0007';

const stripEscapes = (text: string): string => new EscapeStripper().write(text);

function headAndTail(text: string, maxChars: number): string {
  const kept = new HeadAndTail(maxChars);
  kept.write(text);
  return kept.toString();
}

describe('EscapeStripper', () => {
  const strips = (what: string, raw: string, plain: string) =>
    it(what, () => assert.equal(stripEscapes(raw), plain));

  strips('leaves text alone', 'naïve — 日本語 🎉\n\tx', 'naïve — 日本語 🎉\n\tx');
  strips('takes colours off', `${ESC}[1;31mred${ESC}[0m${ESC}[m!`, 'red!');
  strips('takes private and intermediate CSI off', `${ESC}[?2004h${ESC}[!pa${ESC}[2 qb`, 'ab');
  strips("takes shell integration's marks off", `${ESC}]633;C${BEL}hi\r\n${ESC}]633;D;0${ESC}\\`, 'hi\n');
  strips(
    'keeps the text of a hyperlink',
    `${ESC}]8;;https://a.example${ESC}\\here${ESC}]8;;${ESC}\\`,
    'here',
  );
  strips('takes device control strings off', `a${ESC}Pq#0;1;2${ESC}\\b${ESC}_apc${ESC}\\c`, 'abc');
  strips('takes charset and two-character sequences off', `${ESC}(B${ESC}=${ESC}7x${ESC}8`, 'x');
  strips('takes C1 controls off', 'a\u009b31mb\u009d0;title\u009cc\u0085d', 'abcd');
  strips('makes CR LF and a lone CR line feeds', 'a\r\nb\r50 %\r100 %\r\n', 'a\nb\n50 %\n100 %\n');
  strips('takes BEL, BS and NUL off', `a${BEL}b\bc\0d`, 'abcd');
  strips('ends a string at another sequence', `${ESC}]0;title${ESC}[31mred`, 'red');
  strips('ends a sequence at CAN', `${ESC}[31\u0018m`, 'm');
  strips('leaves an unfinished sequence out', `done${ESC}[3`, 'done');

  it('does not swallow all output after a stray opener', () => {
    assert.match(stripEscapes(`${ESC}]${'x'.repeat(200_000)}end`), /end$/);
  });

  it('gives the same whatever the chunks cut through', () => {
    const part = fc.constantFrom(
      'text',
      '\r',
      '\n',
      '🎉',
      ESC,
      '[',
      ']',
      '31m',
      BEL,
      '\\',
      'P',
      ';',
      '\u009b',
      '\u0018',
    );
    fc.assert(
      fc.property(fc.array(fc.array(part).map((parts) => parts.join(''))), (chunks) => {
        const stripper = new EscapeStripper();
        assert.equal(chunks.map((chunk) => stripper.write(chunk)).join(''), stripEscapes(chunks.join('')));
      }),
    );
  });

  it('leaves nothing that a terminal acts on', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (raw) => {
        assert.doesNotMatch(stripEscapes(raw), /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
      }),
    );
  });
});

describe('HeadAndTail', () => {
  it('leaves a short text alone', () => assert.equal(headAndTail('abcdef', 6), 'abcdef'));

  it('says how much is left out', () => {
    assert.equal(headAndTail('abcdefghij', 4), 'ab\n… 6 characters left out …\nij');
  });

  it('does not cut a character in half', () => {
    assert.equal(headAndTail('a🎉bcdefg🎉h', 4), 'a\n… 8 characters left out …\nh');
  });

  it('is the same in pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(40), (chunks, max) => {
        const kept = new HeadAndTail(max);
        for (const chunk of chunks) kept.write(chunk);
        assert.equal(kept.toString(), headAndTail(chunks.join(''), max));
      }),
    );
  });

  it('keeps little of a long stream', () => {
    const kept = new HeadAndTail(100);
    for (let i = 0; i < 100_000; i++) kept.write(`line ${i}\n`);
    assert.match(kept.toString(), /^line 0\n[^]*left out[^]*line 99999\n$/);
    assert.ok(kept.toString().length < 200);
  });
});

describe('controlCharacter', () => {
  const finds = (command: string, found: string | undefined) =>
    it(`${JSON.stringify(command)}: ${found}`, () => assert.equal(controlCharacter(command), found));

  finds("printf 'naïve\\n' | sort 🎉", undefined);
  finds('ls\rrm -rf x', 'U+000D');
  finds('ls\nrm', 'U+000A');
  finds(`ls${ESC}[201~`, 'U+001B');
  finds('ls\u009b', 'U+009B');
  finds('ls \u202egnp.exe', 'U+202E');
  finds('a\tb', 'U+0009');
});
