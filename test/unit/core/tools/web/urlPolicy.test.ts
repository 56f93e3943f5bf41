import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as z from 'zod';
import { isPublicAddress } from '../../../../../src/core/tools/web/publicAddress';
import {
  couldBeAllowed,
  decideUrl,
  parseOrigin,
  type UrlVerdict,
} from '../../../../../src/core/tools/web/urlPolicy';

/** A list that is not part of this repository: it has its own verdicts. */
const SHARED_LIST = new URL('../../../../../../shared/data/security/urls.json', import.meta.url);

describe('URL policy', () => {
  const verdicts: Readonly<Record<UrlVerdict, readonly string[]>> = {
    block: [
      // This machine, in every spelling.
      ...[
        'http://127.0.0.1/',
        'http://127.1',
        'http://2130706433/',
        'http://0x7f000001/',
        'http://0177.0.0.1/',
      ],
      ...['http://0/', 'http://0.0.0.0/', 'http://127.0.0.1./', 'http://①②⑦.⓪.⓪.①/', 'http://127。0。0。1/'],
      ...['http://%31%32%37.0.0.1/', 'http://[::1]/', 'http://[::]/', 'http://[::ffff:127.0.0.1]/'],
      ...[
        'http://[::7f00:1]/',
        'http://[64:ff9b::7f00:1]/',
        'http://[64:ff9b:1::8.8.8.8]/',
        'http://[2002:7f00:1::]/',
      ],
      ...[
        'http://[2001:0:7f00:1::]/',
        'http://[::ffff:0:127.0.0.1]/',
        'http:127.0.0.1',
        'http:/\\/127.0.0.1/',
      ],
      ...[
        'http://localhost/',
        'HTTP://LOCALHOST',
        'http://localhost./',
        'http://a.localhost/',
        'http://ｌocalhost/',
      ],
      // Private and special networks.
      ...[
        'http://10.0.0.1/',
        'http://172.31.255.255/',
        'http://192.168.0.1/',
        'http://100.64.0.1/',
        'http://0.1.2.3/',
      ],
      ...['http://169.254.169.254/latest/', 'http://198.18.0.1/', 'http://192.0.2.1/', 'http://224.0.0.1/'],
      ...[
        'http://255.255.255.255/',
        'http://[fe80::1]/',
        'http://[fd00::1]/',
        'http://[fec0::1]/',
        'http://[ff02::1]/',
      ],
      ...['http://[3fff::1]/', 'http://[2001:db8::1]/', 'http://[100::1]/', 'http://[4000::1]/'],
      // Names that are not of the public web.
      ...['http://printer/', 'http://nas.local/', 'http://metadata.google.internal/', 'http://router.lan'],
      ...[
        'http://box.home.arpa/',
        'http://x.onion/',
        'http://x.test/',
        'http://a..example.com/',
        'http://example.com../',
      ],
      ...[`http://${'a'.repeat(64)}.example.com/`, `http://${'a.'.repeat(130)}com/`],
      // Names that stand for an address.
      ...['http://127.0.0.1.nip.io/', 'http://7f000001.nip.io/', 'http://localtest.me/', 'http://a.lvh.me/'],
      ...[
        'http://10.0.0.1.example.com/',
        'http://app-192-168-1-1.example.com/',
        'http://9.10.0.0.1.example.com/',
      ],
      // Ports, credentials, schemes, no address at all.
      ...[
        'http://example.com:22/',
        'https://example.com:8443/',
        'http://me@example.com/',
        'http://me:x@example.com/',
      ],
      ...[
        'http://:x@example.com/',
        'ftp://example.com/',
        'file:///etc/passwd',
        'javascript:alert(1)',
        'data:text/html,x',
      ],
      ...[
        'ws://example.com/',
        'blob:https://example.com/1',
        'view-source:http://a.org',
        'example.com',
        '//a.org',
        '',
      ],
      ...[
        'http://',
        'http://exa mple.com/',
        'http://1.2.3.4.5/',
        'http://256.1.1.1/',
        'http://[::1',
        'http://a.org:99999',
      ],
    ],
    confirm: [
      ...[
        'http://аррӏе.com/',
        'https://münchen.de/',
        'http://xn--80ak6aa92e.com/',
        'https://www.xn--mnchen-3ya.de/',
      ],
      ...[
        'https://evil.example\\.github.com/',
        'https:\\\\example.com/',
        'http:example.com',
        'http:///example.com',
      ],
      ...['http://ｅxample.com/', 'http://ex%61mple.com/', 'http://exam\nple.com/', 'ht\ttp://example.com'],
      ...['http://8.8.8.8.example.com/', 'http://example。com/'],
    ],
    allow: [
      ...[
        'https://example.com',
        'http://example.com./',
        ' https://example.com/a b?c#d ',
        'HTTPS://Example.COM:443/',
      ],
      ...[
        'http://example.com:443/',
        'https://example.com:80/',
        'http://172.32.0.1/',
        'http://8.8.8.8/',
        'http://134744072/',
      ],
      ...['http://[2606:4700:4700::1111]/', 'http://[::ffff:8.8.8.8]/', 'http://[64:ff9b::8.8.8.8]/'],
      ...['https://example.com/a\\b', 'https://medium.com/@user', 'https://example.com/?u=http://127.0.0.1/'],
      ...[
        'https://example.com/#@127.0.0.1',
        'https://ec2-54-12-3-4.compute-1.amazonaws.com/',
        'https://a_b.example.com',
      ],
      ...['https://localhost.example.com/', 'https://internal.example.com/', 'https://example.com/größe'],
    ],
  };
  for (const verdict of ['block', 'confirm', 'allow'] as const) {
    for (const url of verdicts[verdict]) {
      it(`${verdict}s ${JSON.stringify(url)}`, () => {
        const decision = decideUrl(url);
        assert.equal(decision.verdict, verdict, decision.reasons.join(' '));
        assert.equal(decision.reasons.length > 0, verdict !== 'allow');
        for (const reason of decision.reasons) assert.match(reason, /^[A-Z][^\n]*\.$/);
      });
    }
  }

  it('says why, in words', () => {
    const local = (name: string) => `The name ${name} is kept for this machine or its network.`;
    const echo = (name: string) => `The name ${name} stands for an address that the name chooses.`;
    const reasons: Readonly<Record<string, string>> = {
      nonsense: 'This is no web address.',
      'ftp://example.com/': 'Only http and https are fetched, not ftp.',
      'http://me@example.com/': 'It carries a user name or a password.',
      'http://:x@example.com/': 'It carries a user name or a password.',
      'http://example.com:22/': 'Its port is 22; only 80 and 443 are public ones.',
      'http://me@10.0.0.1:22/':
        'It carries a user name or a password. Its address 10.0.0.1 is not a public one. ' +
        'Its port is 22; only 80 and 443 are public ones.',
      'http://127.1/': 'Its address 127.0.0.1 is not a public one.',
      'http://[::1]/': 'Its address ::1 is not a public one.',
      'http://example..com/': 'Its host is no valid name.',
      'http://printer/': 'The name printer has no dot, so it is one of the local network.',
      'http://app-10-0-0-1.example.com/':
        'The name app-10-0-0-1.example.com holds 10.0.0.1, which is no public address.',
      'http://8.8.8.8.example.com/': 'The name 8.8.8.8.example.com reads like the address 8.8.8.8.',
      'http://xn--80ak6aa92e.com/':
        'The host xn--80ak6aa92e.com is written with letters that can look like others.',
      'http:example.com': 'It is written in an unusual way and leads to example.com.',
      'https:\\\\example.com': 'It is written in an unusual way and leads to example.com.',
    };
    for (const [url, reason] of Object.entries(reasons))
      assert.equal(decideUrl(url).reasons.join(' '), reason, url);
    for (const suffix of [
      ...['localhost', 'localdomain', 'local', 'internal', 'intranet', 'private', 'corp', 'home', 'lan'],
      ...['home.arpa', 'onion', 'test', 'invalid'],
    ]) {
      assert.deepEqual(decideUrl(`http://${suffix}/`).reasons, [local(suffix)]);
      assert.deepEqual(decideUrl(`http://a.${suffix}./`).reasons, [local(`a.${suffix}`)]);
      assert.equal(decideUrl(`http://a${suffix}.com/`).verdict, 'allow');
    }
    for (const zone of [
      ...['nip.io', 'sslip.io', 'xip.io', 'traefik.me', 'localtest.me', 'lvh.me', 'lacolhost.com', 'vcap.me'],
      ...['localho.st', 'rbndr.us', '1u.ms'],
    ]) {
      assert.deepEqual(decideUrl(`http://${zone}/`).reasons, [echo(zone)]);
      assert.deepEqual(decideUrl(`http://a.${zone}/`).reasons, [echo(`a.${zone}`)]);
      assert.equal(decideUrl(`http://a${zone}/`).verdict, 'allow');
    }
  });

  it('takes names as long as names can be', () => {
    const [label, most] = ['a'.repeat(63), `${'a'.repeat(61)}.`.repeat(4)];
    assert.equal(decideUrl(`http://${label}.com/`).verdict, 'allow');
    assert.equal(decideUrl(`http://${most}abcde/`).verdict, 'allow');
    assert.equal(decideUrl(`http://${most}abcde./`).verdict, 'allow');
    assert.equal(decideUrl(`http://${most}abcdef/`).verdict, 'block');
  });

  it('finds an address in a name at any place, and only whole ones', () => {
    for (const name of [
      '10.0.0.1.a.com',
      'a.10.0.0.1.a.com',
      '1.10.0.0.1.a.com',
      '10-0-0-1.a.com',
      'a.b-10-0-0-1-c.com',
    ])
      assert.equal(decideUrl(`http://${name}/`).verdict, 'block', name);
    for (const name of [
      '110.0.0.1.a.com',
      'x10.0.0.1.a.com',
      '10.0.0.1x.a.com',
      '10.0.0.256.a.com',
      '210-0-0-1.a.com',
      '10-0-0-12.a.com',
      '10-0-0.a.com',
      '300-0-0-1.a.com',
    ])
      assert.notEqual(/holds 10\.0\.0\.1,/.test(decideUrl(`http://${name}/`).reasons.join()), true, name);
  });

  it('tells what a user could allow', () => {
    const could = (url: string) => couldBeAllowed(new URL(url));
    assert.equal(could('http://localhost:8080/'), true);
    assert.equal(could('https://10.0.0.1/'), true);
    for (const url of ['ftp://a.org/', 'file:///a', 'http://me@a.org/', 'http://:x@a.org/'])
      assert.equal(could(url), false);
  });

  it('shows a name that looks like another in punycode', () => {
    const { reasons, url } = decideUrl('https://аррӏе.com/');
    assert.match(reasons.join(), /xn--80ak6aa92e\.com/);
    assert.equal(url?.href, 'https://xn--80ak6aa92e.com/');
  });

  it('agrees with the shared list', function () {
    if (!existsSync(SHARED_LIST)) {
      console.log('      skipped: the shared list of addresses is not on this machine');
      this.skip();
    }
    const list = z
      .array(z.object({ url: z.string(), verdict: z.string() }))
      .parse(JSON.parse(readFileSync(SHARED_LIST, 'utf8')));
    assert.ok(list.length > 0);
    assert.deepEqual(
      list.map(({ url }) => [url, decideUrl(url).verdict]),
      list.map(({ url, verdict }) => [url, verdict]),
    );
  });

  describe('origins that the user allows', () => {
    const allowedOrigins = ['http://localhost:8080', 'https://Wiki.corp/start', 'nonsense', 'file:///'];
    const verdictOf = (url: string) => decideUrl(url, { allowedOrigins }).verdict;

    it('are allowed wherever they are, with their paths', () => {
      assert.equal(verdictOf('http://localhost:8080/a?b'), 'allow');
      assert.equal(verdictOf('https://wiki.corp/page'), 'allow');
      assert.equal(verdictOf('https:\\\\wiki.corp/page'), 'allow');
    });

    it('are allowed by protocol, host and port alone', () => {
      for (const url of [
        'http://localhost/',
        'https://localhost:8080/',
        'http://127.0.0.1:8080/',
        'http://wiki.corp/',
        'https://a.wiki.corp/',
        'file:///etc/passwd',
        'http://me@localhost:8080/',
      ]) {
        assert.equal(verdictOf(url), 'block', url);
      }
    });

    it('are read from addresses', () => {
      assert.equal(parseOrigin(' HTTP://LocalHost:80/a '), 'http://localhost');
      for (const text of ['', 'localhost:8080', 'ftp://a.org', 'null'])
        assert.equal(parseOrigin(text), undefined);
    });
  });

  describe('whatever the text', () => {
    const octet = fc.nat(255);
    const privateV4 = fc.oneof(
      fc.tuple(fc.constant(10), octet, octet, octet),
      fc.tuple(fc.constant(127), octet, octet, octet),
      fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
      fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
      fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
      fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
      fc.tuple(fc.constant(0), octet, octet, octet),
    );
    type Octets = readonly [number, number, number, number];
    const number = ([a, b, c, d]: Octets) => ((a * 256 + b) * 256 + c) * 256 + d;
    const hex = (n: number) => n.toString(16);
    const spellings: readonly ((octets: Octets) => string)[] = [
      (o) => o.join('.'),
      (o) => o.map((n) => `0x${hex(n)}`).join('.'),
      (o) => o.map((n) => `0${n.toString(8)}`).join('.'),
      (o) => String(number(o)),
      (o) => `0x${hex(number(o))}`,
      (o) => `0${number(o).toString(8)}`,
      ([a, b, c, d]) => `${a}.${(b * 256 + c) * 256 + d}`,
      ([a, b, c, d]) => `${a}.${b}.${c * 256 + d}`,
      (o) => `${o.join('.')}.`,
      (o) => o.join('。'),
      (o) => Array.from(o.join('.'), (c) => `%${hex(c.charCodeAt(0))}`).join(''),
      (o) => Array.from(o.join('.'), (c) => String.fromCodePoint(c.charCodeAt(0) + 0xfee0)).join(''),
      (o) => `[::ffff:${o.join('.')}]`,
      (o) => `[::${o.join('.')}]`,
      (o) => `[64:ff9b::${o.join('.')}]`,
      ([a, b, c, d]) => `[2002:${hex(a * 256 + b)}:${hex(c * 256 + d)}::1]`,
      (o) => `${o.join('.')}.example.com`,
      (o) => `x.${o.join('.')}.nip.io`,
      (o) => `${o.join('-')}.example.com`,
    ];
    const anywhere = fc.constantFrom('', '/', '/a?b#c', '?x', '#@example.com', ':80/', ':443');

    it('has a decision', () => {
      const fragments = fc.constantFrom(
        'http://',
        'https:',
        '//',
        '\\',
        '@',
        '[',
        ']',
        ':',
        '%',
        '127.1',
        '.',
        'a.org',
        'xn--',
        '。',
      );
      fc.assert(
        fc.property(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.webUrl(),
            fc.array(fragments).map((f) => f.join('')),
          ),
          (text) => {
            const { verdict, url } = decideUrl(text);
            assert.ok(verdict === 'block' || url);
          },
        ),
        { numRuns: 2000 },
      );
    });

    it('never allows a private address, however it is written', () => {
      const start = fc.constantFrom(
        'http://',
        'https://',
        'HTTP://',
        ' http://',
        'http:',
        'http:/\\',
        'ht\ntp://',
        'http://a@',
      );
      fc.assert(
        fc.property(
          start,
          privateV4,
          fc.constantFrom(...spellings),
          anywhere,
          (scheme, octets, spell, rest) => {
            const url = `${scheme}${spell(octets)}${rest}`;
            assert.equal(decideUrl(url).verdict, 'block', url);
          },
        ),
        { numRuns: 3000 },
      );
    });

    it('allows no address that is not public', () => {
      const groups = fc.array(fc.oneof(fc.constant(0), fc.nat(0xffff)), { minLength: 8, maxLength: 8 });
      fc.assert(
        fc.property(groups, (parts) => {
          const address = parts.map(hex).join(':');
          const { verdict } = decideUrl(`http://[${address}]/`);
          assert.equal(verdict, isPublicAddress(address) ? 'allow' : 'block');
          const first = parts[0] ?? 0;
          if (verdict === 'allow')
            assert.ok((first & 0xe000) === 0x2000 || first === 0x64 || first === 0, address);
        }),
        { numRuns: 2000 },
      );
    });
  });
});
