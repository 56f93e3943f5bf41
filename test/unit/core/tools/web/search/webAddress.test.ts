import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addressKey, normalizeAddress } from '../../../../../../src/core/tools/web/search/webAddress';

describe('normalizeAddress', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['https://Example.ORG', 'https://example.org/'],
    ['https://example.org:443/a', 'https://example.org/a'],
    ['http://example.org:80/a', 'http://example.org/a'],
    ['http://example.org:443/a', 'http://example.org:443/a'],
    ['https://example.org/a?utm_source=x&utm_Medium=y', 'https://example.org/a'],
    ['https://example.org/a?id=1&gclid=z&b=2&fbclid=q', 'https://example.org/a?id=1&b=2'],
    ['https://example.org/a?b=2&a=1&b=1&c', 'https://example.org/a?b=2&a=1&b=1&c'],
    ['https://example.org/a?utmost=1&gclidding=2', 'https://example.org/a?utmost=1&gclidding=2'],
    ['https://example.org/a?q=a%2fb%7e+%C3%A9', 'https://example.org/a?q=a%2Fb~+%C3%A9'],
    ['https://example.org/a#top', 'https://example.org/a'],
    ['https://example.org/a?#', 'https://example.org/a'],
    ['https://example.org/a#:~:text=winch%20cable', 'https://example.org/a#:~:text=winch%20cable'],
    ['https://example.org/a#part:~:text=winch', 'https://example.org/a#part:~:text=winch'],
    ['https://example.org/app#/boats/3', 'https://example.org/app#/boats/3'],
    ['https://example.org/app#!boats', 'https://example.org/app#!boats'],
    ['https://example.org/%7euser/%e4%bd%a0', 'https://example.org/~user/%E4%BD%A0'],
    ['https://example.org/a/', 'https://example.org/a/'],
    ['https://example.org/a//b/../c', 'https://example.org/a//c'],
    ['https://en.m.wikipedia.org/wiki/Winch', 'https://en.wikipedia.org/wiki/Winch'],
    ['https://zh-yue.m.wikipedia.org/wiki/A', 'https://zh-yue.wikipedia.org/wiki/A'],
    ['https://de.m.wiktionary.org/wiki/Winde', 'https://de.wiktionary.org/wiki/Winde'],
    ['https://en.m.wikipedia.org.evil.example/wiki/A', 'https://en.m.wikipedia.org.evil.example/wiki/A'],
    ['https://google.com@evil.example/a', 'https://evil.example/a'],
    ['https://user:secret@example.org/a', 'https://example.org/a'],
    ['https://bücher.example/ä', 'https://xn--bcher-kva.example/%C3%A4'],
    ['  https://example.org/a\n', 'https://example.org/a'],
    ['http://[2001:db8::1]/a', 'http://[2001:db8::1]/a'],
    ['javascript:alert(1)', undefined],
    ['data:text/html,x', undefined],
    ['file:///etc/passwd', undefined],
    ['ftp://example.org/a', undefined],
    ['command:memento.research', undefined],
    ['//example.org/a', undefined],
    ['/a', undefined],
    ['', undefined],
    ['https://', undefined],
    [`https://example.org/${'a'.repeat(5000)}`, undefined],
  ];
  for (const [given, expected] of cases) {
    it(`${given.slice(0, 60)} → ${expected}`, () => assert.equal(normalizeAddress(given), expected));
  }

  const address = fc.webUrl({
    withFragments: true,
    withQueryParameters: true,
    validSchemes: ['http', 'https'],
  });

  it('has nothing left to do the second time', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          address,
          fc.string(),
          fc.string().map((rest) => `https://example.org/${rest}`),
        ),
        (given) => {
          const once = normalizeAddress(given);
          if (once !== undefined) assert.equal(normalizeAddress(once), once);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('names the same place: scheme, host, port, decoded path and every parameter that is not for tracking', () => {
    const parameters = fc.array(fc.tuple(fc.stringMatching(/^p[a-z%~é ]{0,4}$/), fc.string()), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(address, parameters, (given, added) => {
        const before = new URL(given);
        for (const [name, value] of added) before.searchParams.append(name, value);
        const after = new URL(normalizeAddress(before.href) ?? 'about:blank');
        assert.equal(after.origin, before.origin);
        assert.equal(decode(after.pathname), decode(before.pathname));
        const kept = (url: URL) => [...url.searchParams].filter(([name]) => /^p/.test(name));
        assert.deepEqual(kept(after), kept(before));
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets nothing but http and https pass', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.webUrl({ validSchemes: ['ftp', 'ws', 'javascript', 'command'] })),
        (given) => {
          assert.match(normalizeAddress(given) ?? 'https:', /^https?:/);
        },
      ),
    );
  });
});

const decode = (path: string) => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path.toUpperCase();
  }
};

describe('addressKey', () => {
  const same = (a: string, b: string) =>
    addressKey(normalizeAddress(a) ?? 'a') === addressKey(normalizeAddress(b) ?? 'b');

  it('joins http and https, a slash at the end, and text fragments', () => {
    assert.ok(same('http://example.org/a', 'https://example.org/a/'));
    assert.ok(same('https://example.org/a#:~:text=x', 'https://example.org/a'));
    assert.ok(same('https://example.org/a/?q=1', 'https://example.org/a?q=1&utm_campaign=b'));
  });

  it('keeps apart what may differ', () => {
    assert.ok(!same('https://example.org/a', 'https://www.example.org/a'));
    assert.ok(!same('https://example.org/a?next=/', 'https://example.org/a?next='));
    assert.ok(!same('https://example.org/a', 'https://example.org/A'));
    assert.ok(!same('https://example.org/#/a', 'https://example.org/#/b'));
    assert.ok(!same('https://example.org:8443/a', 'https://example.org/a'));
  });
});
