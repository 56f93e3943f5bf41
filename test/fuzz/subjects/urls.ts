import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decideParsedUrl, decideUrl, parseOrigin } from '../../../src/core/tools/web/urlPolicy';
import { isPublicAddress } from '../../../src/core/tools/web/publicAddress';
import { normalizeAddress } from '../../../src/core/tools/web/search/webAddress';
import { parseUrl } from '../../../src/core/common/url';
import { proxyFor } from '../../../src/node/http/proxyEnvironment';
import { redirectOf } from '../../../src/node/http/redirect';
import { fuzz } from '../fuzz';
import { damaged, pump, pumped, textOf } from '../inputs';

const TOKENS = [
  ...[
    'http:',
    'https:',
    'HTTPS:',
    '//',
    '\\\\',
    '/',
    ':',
    '@',
    '#',
    '?',
    '.',
    '..',
    '%2e',
    '%00',
    '%',
    ' ',
    '\t',
  ],
  ...[
    'example.org',
    'localhost',
    '127.0.0.1',
    '0x7f.1',
    '2130706433',
    '[::1]',
    '[::ffff:10.0.0.1]',
    '10.0.0.1',
  ],
  ...[
    '169.254.169.254',
    'metadata.google.internal',
    'a.local',
    'xn--',
    'münchen.de',
    '。',
    '①',
    '１２７',
    ':80',
  ],
  ...[
    ':8080',
    ':443',
    'user:pw@',
    'file:',
    'ftp:',
    'javascript:',
    'data:',
    'nip.io',
    '.home.arpa',
    '\n',
    '\u00ad',
  ],
];
const ADDRESSES = [
  'https://example.org/a?b=c#d',
  'http://93.184.215.14/',
  'https://[2606:4700::1111]/',
  'http://10.0.0.1/',
];
const address = fc.oneof(
  textOf(TOKENS, 8),
  damaged(fc.oneof(fc.webUrl(), fc.constantFrom(...ADDRESSES)), TOKENS),
);

fuzz(
  'URL policy: what is allowed is http(s), public, without a password, on a usual port',
  [address],
  (text) => {
    const { verdict, url } = decideUrl(text);
    assert.ok(['allow', 'confirm', 'block'].includes(verdict));
    if (verdict === 'block') return;
    assert.ok(url && /^https?:$/.test(url.protocol));
    assert.equal(url.username + url.password, '');
    assert.match(url.port, /^(?:80|443)?$/);
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (/^[\d.]+$|:/.test(literal)) assert.ok(isPublicAddress(literal), literal);
    assert.doesNotMatch(url.hostname, /(?:^|\.)localhost\.?$/);
  },
);

fuzz(
  'URL policy: a decision stays as it is when the address is written as it was understood',
  [address],
  (text) => {
    const first = decideUrl(text);
    if (!first.url) return;
    // The plain form may be allowed where an odd one wants a look; blocked stays blocked.
    const again = decideUrl(first.url.href);
    assert.equal(again.verdict === 'block', first.verdict === 'block');
    assert.equal(decideParsedUrl(first.url).verdict === 'block', first.verdict === 'block');
  },
);

const PADDINGS = ['', ' ', '\t', '\n', '\u0000', '\u001f', '\r\n'];
fuzz(
  'URL policy: what is blocked is blocked however it is padded',
  [address, fc.constantFrom(...PADDINGS), fc.constantFrom(...PADDINGS), fc.nat(300)],
  (text, before, after, at) => {
    if (decideUrl(text).verdict !== 'block') return;
    // The URL standard takes these off the ends, and tabs and line feeds out of the middle.
    assert.notEqual(decideUrl(before + text + after).verdict, 'allow');
    const place = at % (text.length + 1);
    assert.notEqual(decideUrl(`${text.slice(0, place)}\t${text.slice(place)}`).verdict, 'allow');
  },
);

const octet = fc.nat(255);
const PRIVATE = fc.oneof(
  fc.tuple(fc.constant(127), octet, octet, octet),
  fc.tuple(fc.constant(10), octet, octet, octet),
  fc.tuple(fc.constant(192), fc.constant(168), octet, octet),
  fc.tuple(fc.constant(169), fc.constant(254), octet, octet),
  fc.tuple(fc.constant(172), fc.integer({ min: 16, max: 31 }), octet, octet),
  fc.tuple(fc.constant(100), fc.integer({ min: 64, max: 127 }), octet, octet),
  fc.tuple(fc.constant(0), octet, octet, octet),
  fc.tuple(fc.integer({ min: 224, max: 255 }), octet, octet, octet),
);
const form = fc.constantFrom('decimal', 'octal', 'hex', 'wide', 'percent');
fuzz(
  'URL policy: a private IPv4 address is blocked in every form that it can have',
  [
    PRIVATE,
    fc.array(form, { minLength: 4, maxLength: 4 }),
    fc.integer({ min: 1, max: 4 }),
    fc.constantFrom('', '.', '/', ':80/'),
    fc.boolean(),
  ],
  (octets, forms, count, end, mapped) => {
    // The last of fewer numbers holds the rest (inet_aton).
    const last = octets.slice(count - 1).reduce((sum, each) => sum * 256 + each, 0);
    const numbers = [...octets.slice(0, count - 1), last];
    const host = mapped
      ? `[::ffff:${octets.join('.')}]`
      : numbers.map((each, i) => writtenAs(each, forms[i] ?? 'decimal')).join('.');
    const text = `http://${host}${mapped && end === '.' ? '' : end}`;
    assert.equal(decideUrl(text).verdict, 'block', text);
  },
);

function writtenAs(number: number, how: string): string {
  if (how === 'octal') return `0${number.toString(8)}`;
  if (how === 'hex') return `0X${number.toString(16)}`;
  if (how === 'percent') return Array.from(String(number), (digit) => `%3${digit}`).join('');
  return how === 'wide'
    ? Array.from(String(number), (digit) => String.fromCharCode(0xff10 + Number(digit))).join('')
    : String(number);
}

fuzz(
  'URL policy: only the origins that the user names are allowed beside',
  [address, address],
  (text, other) => {
    const origin = parseOrigin(other);
    const free = decideUrl(text, { allowedOrigins: [other] });
    const bound = decideUrl(text);
    if (free.verdict !== bound.verdict) assert.equal(free.url?.origin, origin);
  },
);

fuzz('web address: normalised once and for all, and of the same host', [address], (text) => {
  const once = normalizeAddress(text);
  if (once === undefined) return;
  assert.equal(normalizeAddress(once), once);
  assert.match(once, /^https?:\/\//);
});

fuzz('addresses: any text is judged', [textOf(TOKENS, 6)], (text) => {
  assert.equal(typeof isPublicAddress(text), 'boolean');
  const url = parseUrl('https://example.org/');
  assert.ok(url);
  proxyFor(url, { https_proxy: text, no_proxy: text });
});

fuzz('addresses: long ones end', [pumped(TOKENS)], (each) => {
  const text = pump(each);
  decideUrl(text);
  normalizeAddress(text);
  parseOrigin(text);
});

fuzz(
  'redirects: never from https to http, and no secret goes to another origin',
  [address, fc.boolean(), fc.constantFrom(301, 302, 303, 307, 308), fc.constantFrom('GET', 'POST')],
  (location, secure, status, method) => {
    const url = new URL(secure ? 'https://example.org/a/b' : 'http://example.org/a/b');
    const headers = { authorization: 'a', cookie: 'b', 'x-key': 'c', accept: 'd' };
    const next = redirectOf({ url, method, headers, body: 'body' }, status, location, ['X-Key']);
    assert.ok(next);
    if (!next.ok) return;
    const { value: hop } = next;
    if (secure) assert.notEqual(hop.url.protocol, 'http:');
    if (hop.url.origin === url.origin) return;
    assert.deepEqual(Object.keys(hop.headers), ['accept']);
    assert.equal(hop.body, undefined);
  },
);
