import assert from 'node:assert/strict';
import { matchingRule, readCommandRules } from '../../../../../src/core/tools/shell/commandRules';

describe('rules for commands', () => {
  it('are read from a setting, in which what is neither true nor false counts for nothing', () => {
    const setting = {
      'npm test': true,
      'git push': false,
      make: 'yes',
      cargo: 1,
      tree: null,
      ' ': true,
      '': true,
    };
    assert.deepEqual(readCommandRules(setting), [
      { text: 'npm test', verdict: 'auto' },
      { text: 'git push', verdict: 'ask' },
    ]);
  });

  for (const setting of [undefined, null, 'npm test', 7, true, [true], ['npm test'], () => true]) {
    it(`are none in ${JSON.stringify(setting) ?? typeof setting}`, () => {
      assert.deepEqual(readCommandRules(setting), []);
    });
  }

  const found = (command: string, ...texts: readonly string[]) => {
    const rules = readCommandRules(
      Object.fromEntries(texts.map((text) => [text.replace(/-$/, ''), !text.endsWith('-')])),
    );
    return matchingRule(command.split(' '), rules)?.text;
  };

  for (const [what, command, rules, expected] of [
    ['the words that a command begins with', 'npm test -w a', ['npm test'], 'npm test'],
    ['all of its words', 'npm test', ['npm test'], 'npm test'],
    ['not half a word', 'npm tests', ['npm test'], undefined],
    ['not words further on', 'sudo npm test', ['npm test'], undefined],
    ['not more words than there are', 'npm', ['npm test'], undefined],
    ['whatever blanks are about the words', 'npm test', ['  npm \t  test '], '  npm \t  test '],
    ['the longest', 'npm run build', ['npm', 'npm run', 'npm test'], 'npm run'],
    ['the longest, wherever it stands', 'npm run build', ['npm run', 'npm'], 'npm run'],
    ['the longer one that asks', 'git push -f', ['git', 'git push-'], 'git push'],
    ['the longer one that does not', 'git log', ['git-', 'git log'], 'git log'],
    ['of two alike the one that asks', 'make all', ['make', ' make-'], ' make'],
    ['of two alike the one that asks, wherever it stands', 'make all', ['make-', ' make'], 'make'],
    ['none of no words', ' x', [' '], undefined],
  ] as const) {
    it(`match ${what}`, () => assert.equal(found(command, ...rules), expected));
  }

  it('of no words match nothing, not an argument of no characters either', () => {
    assert.equal(matchingRule([''], [{ text: ' ', verdict: 'auto' }]), undefined);
    assert.equal(matchingRule([], [{ text: '', verdict: 'auto' }]), undefined);
  });
});
