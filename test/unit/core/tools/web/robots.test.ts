import assert from 'node:assert/strict';
import fc from 'fast-check';
import { judge, parseRobots } from '../../../../../src/core/tools/web/robots';

/** A file and a path in; `allowed` or `forbidden`, by which rule. */
const verdict = (file: string, path: string): string => {
  const { allowed, rule } = judge(parseRobots(file, 'Memento'), new URL(path, 'https://bats.example'));
  return `${allowed ? 'allowed' : 'forbidden'}${rule === undefined ? '' : ` by ${rule}`}`;
};
const isAllowed = (rules: string, path: string): boolean =>
  verdict(`user-agent: memento\n${rules}`, path).startsWith('allowed');

describe('robots.txt', () => {
  const groups: readonly (readonly [what: string, file: string, expected: string])[] = [
    ['an empty file', '', 'allowed'],
    ['rules for all', 'User-agent: *\nDisallow: /x', 'forbidden by Disallow: /x (line 2)'],
    [
      'our own group instead of that for all',
      'User-agent: *\nDisallow: /\n\nUser-agent: memento\nDisallow: /y',
      'allowed',
    ],
    [
      'our group in front, others after',
      'user-agent: MEMENTO\ndisallow: /x\nuser-agent: other\nallow: /x',
      'forbidden by Disallow: /x (line 2)',
    ],
    [
      'our group twice: both count',
      'user-agent: memento\nallow: /a\n\nuser-agent: b\n\nuser-agent: memento\ndisallow: /x',
      'forbidden by Disallow: /x (line 7)',
    ],
    [
      'one group of two robots',
      'user-agent: other\nuser-agent: memento\ndisallow: /x',
      'forbidden by Disallow: /x (line 3)',
    ],
    [
      'another line between the two',
      'user-agent: memento\nsitemap: https://bats.example/s\nuser-agent: other\ndisallow: /x',
      'forbidden by Disallow: /x (line 4)',
    ],
    [
      'a version after the token',
      'user-agent: Memento/2.1 (+x)\ndisallow: /x',
      'forbidden by Disallow: /x (line 2)',
    ],
    ['a longer name is another robot', 'user-agent: MementoBot\ndisallow: /x', 'allowed'],
    ['a star and more', 'user-agent: * (all)\ndisallow: /x', 'forbidden by Disallow: /x (line 2)'],
    ['rules before any robot', 'disallow: /x\nuser-agent: other\ndisallow: /', 'allowed'],
    [
      'our group with nothing forbidden',
      'user-agent: memento\ndisallow:\nuser-agent: *\ndisallow: /',
      'allowed',
    ],
    [
      'a mark of the byte order',
      '\ufeffuser-agent: memento\ndisallow: /x',
      'forbidden by Disallow: /x (line 2)',
    ],
    [
      'CR, LF, both',
      'user-agent: memento\r\ndisallow: /a\rdisallow: /x\n',
      'forbidden by Disallow: /x (line 3)',
    ],
    [
      'comments and spaces',
      ' user-agent : memento # us\n\tdisallow :  /x#y',
      'forbidden by Disallow: /x (line 2)',
    ],
    ['keys misspelt', 'useragent: memento\ndisalow: /x', 'forbidden by Disallow: /x (line 2)'],
    ['no colon', 'user-agent memento\ndisallow /x', 'forbidden by Disallow: /x (line 2)'],
    [
      'groups that name us first or last',
      'user-agent: a\ndisallow: /y\nuser-agent: memento\nuser-agent: b\ndisallow: /x',
      'forbidden by Disallow: /x (line 5)',
    ],
    ['a mark of the byte order elsewhere', 'user-agent: memento\ndisal\ufefflow: /x', 'allowed'],
    ['a star further on', 'user-agent: a*\ndisallow: /x', 'allowed'],
    ['a token further on', 'user-agent: (memento)\ndisallow: /x', 'allowed'],
    ['no robot at all', 'user-agent:\ndisallow: /x', 'allowed'],
    ['a long comment', 'user-agent: memento\ndisallow: /x # why # not', 'forbidden by Disallow: /x (line 2)'],
    ['no key', 'user-agent: memento\n: /x\n:disallow: /x', 'allowed'],
    ['a key alone', 'user-agent: memento\ndisallow', 'allowed'],
    ['no colon and three words', 'user-agent: memento\ndisallow /x y', 'allowed'],
    [
      'no colon and several blanks',
      'user-agent: memento\ndisallow \t /x',
      'forbidden by Disallow: /x (line 2)',
    ],
    [
      'the longest of several',
      'user-agent: memento\nallow: /\ndisallow: /x/p\nallow: /x',
      'forbidden by Disallow: /x/p (line 3)',
    ],
    [
      'the one that allows of two as long',
      'user-agent: memento\nallow: /x/\ndisallow: /x/',
      'allowed by Allow: /x/ (line 2)',
    ],
    [
      'the first of two that forbid as much',
      'user-agent: memento\ndisallow: /x/\ndisallow: /*x/p',
      'forbidden by Disallow: /*x/p (line 3)',
    ],
    [
      'the same twice',
      'user-agent: memento\ndisallow: /x\ndisallow: /x',
      'forbidden by Disallow: /x (line 2)',
    ],
    ['a web page', '<html><body>Not found</body></html>', 'allowed'],
  ];
  for (const [what, file, expected] of groups)
    it(what, () => assert.equal(verdict(file, '/x/page'), expected));

  const paths: readonly (readonly [
    rules: string,
    allowed: readonly string[],
    forbidden: readonly string[],
  ])[] = [
    ['disallow: /fish', ['/Fish', '/', '/a/fish'], ['/fish', '/fish.html', '/fishheads/', '/fish?x=1']],
    ['disallow: /fish/', ['/fish', '/fish.html'], ['/fish/', '/fish/a']],
    ['disallow: fish', ['/fish'], []],
    ['disallow: /*.php', ['/', '/windows.PHP'], ['/a.php', '/a/b.php?x', '/a.php5']],
    ['disallow: /*.php$', ['/a.php?x', '/a.php/', '/a.php5'], ['/a.php', '/a.phpb.php']],
    ['disallow: /a$b', ['/a', '/ab'], ['/a$b/c']],
    ['disallow: /*a*b*c$', ['/abcd'], ['/abc', '/xaxbxc', '/abcc']],
    ['disallow: /$', ['/a'], ['/']],
    ['disallow: /a*a$', ['/a', '/aab'], ['/aa', '/aba']],
    ['disallow: */x', ['/a', '/y/z'], ['/x', '/a/x']],
    ['disallow: /a$', ['/ab', '/'], ['/a']],
    ['disallow: /\nallow: /dir/index.htm', ['/dir/', '/dir/index.htm'], ['/dir/a']],
    ['disallow: /\nallow: /dir/index.html/x', ['/dir/index.html/x'], ['/dir/']],
    ['disallow: /dir/index.html', ['/dir/', '/dir/a'], ['/dir/index.html']],
    ['disallow: /\nallow: /p', ['/p', '/page'], ['/q']],
    ['allow: /a\ndisallow: /a', ['/a'], []],
    ['allow: /folder\ndisallow: /folder/page', ['/folder'], ['/folder/page']],
    ['disallow: /\nallow: /dir/index.html', ['/dir/', '/dir/index.html'], ['/dir', '/dir/b']],
    ['disallow: /q?a=', ['/q?b='], ['/q?a=1']],
    ['disallow: /bär', [], ['/b%C3%A4r', '/bär', '/b%c3%a4r']],
    ['disallow: /%62an', ['/xan'], ['/ban', '/%62an']],
    ['disallow: /a%2fb', ['/a/b'], ['/a%2Fb']],
    // Google does not decode what is allowed, so neither is it here.
    ['disallow: /\nallow: /%62an', ['/%62an'], ['/ban']],
    ['disallow: /', ['/robots.txt'], ['/a', '/robots.txt.html']],
  ];
  for (const [rules, allowed, forbidden] of paths) {
    it(JSON.stringify(rules), () => {
      assert.deepEqual(
        allowed.filter((path) => !isAllowed(rules, path)),
        [],
      );
      assert.deepEqual(
        forbidden.filter((path) => isAllowed(rules, path)),
        [],
      );
    });
  }

  it('the delay between requests is that of the group that counts', () => {
    const file =
      'user-agent: *\ncrawl-delay: 9\nuser-agent: memento\nCrawl-delay: 1.5\nuser-agent: memento\ncrawl-delay: x';
    assert.equal(parseRobots(file, 'Memento').crawlDelaySeconds, 1.5);
    assert.equal(parseRobots(file, 'Other').crawlDelaySeconds, 9);
    assert.equal(parseRobots('user-agent: memento\ncrawl-delay: 3', 'Other').crawlDelaySeconds, undefined);
  });

  for (const [said, expected] of [
    ['0', 0],
    ['0.5', 0.5],
    ['', undefined],
    ['-1', undefined],
    ['Infinity', undefined],
    ['1 second', undefined],
  ] as const) {
    it(`a delay of “${said}” is ${expected ?? 'none'}`, () => {
      const { crawlDelaySeconds } = parseRobots(`user-agent: *\ncrawl-delay: ${said}`, 'Memento');
      assert.equal(crawlDelaySeconds, expected);
    });
  }

  it('a line beyond all length is cut, and the next one counts', () => {
    const rules = `disallow: /${'a'.repeat(20_000)}\ndisallow: /x`;
    assert.ok(!isAllowed(rules, `/${'a'.repeat(17_000)}`));
    assert.ok(!isAllowed(rules, '/x'));
  });

  it('any text is a file, any address has a verdict, and stars are no work', () => {
    const line = fc
      .tuple(
        fc.constantFrom('user-agent: memento', 'allow: ', 'disallow: ', 'x'),
        fc.string({ unit: 'binary' }),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(line), fc.webPath(), (lines, path) => {
        judge(parseRobots(lines.join('\n'), 'Memento'), new URL(`https://bats.example${path}`));
      }),
    );
    assert.ok(isAllowed(`disallow: /${'*a'.repeat(5_000)}$`, `/${'a'.repeat(4_000)}`));
  });
});
