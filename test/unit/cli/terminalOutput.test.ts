import assert from 'node:assert/strict';
import { styleText } from 'node:util';
import { terminalOutput } from '../../../src/cli/terminalOutput';

describe('output for a terminal', () => {
  it('keeps the styles of this program', () => {
    for (const style of ['bold', 'dim', 'red', 'green', 'yellow', 'cyan', 'gray'] as const) {
      const text = styleText(style, 'depth', { validateStream: false });
      assert.equal(terminalOutput(text), text, style);
    }
  });

  it('lets nothing act that a file wrote', () => {
    const hostile: readonly (readonly [string, string])[] = [
      ['\u001b]0;title\u0007text', ']0;titletext'],
      ['\u001b[2J\u001b[Hgone', '[2J[Hgone'],
      ['\u001b[8mhidden', 'hidden'],
      ['\u009b31mred', '31mred'],
      ['over\rwritten', 'overwritten'],
      ['\u001b]8;;http://evil.test\u001b\\link', ']8;;http://evil.test\\link'],
      ['\u001bP1$q\u001b\\', 'P1$q\\'],
    ];
    for (const [text, shown] of hostile) assert.equal(terminalOutput(text), shown);
  });

  it('keeps lines, tabs and letters of every script', () => {
    assert.equal(terminalOutput('a\tb\r\nÿ 绞车 🙂\n'), 'a\tb\nÿ 绞车 🙂\n');
  });
});
