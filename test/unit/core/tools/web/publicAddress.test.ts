import assert from 'node:assert/strict';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { isPublicAddress } from '../../../../../src/core/tools/web/publicAddress';
import { decideUrl } from '../../../../../src/core/tools/web/urlPolicy';

/**
 * IANA's special-purpose address registries, what they say is not globally reachable, or is a tunnel to anywhere; and
 * multicast. https://www.iana.org/assignments/iana-ipv4-special-registry, iana-ipv6-special-registry
 */
const SPECIAL = {
  '0.0.0.0/8': 'this network, RFC 791',
  '10.0.0.0/8': 'private use, RFC 1918',
  '100.64.0.0/10': 'shared address space, RFC 6598',
  '127.0.0.0/8': 'loopback, RFC 1122',
  '169.254.0.0/16': 'link local, RFC 3927',
  '172.16.0.0/12': 'private use, RFC 1918',
  '192.0.0.0/24': 'protocol assignments, RFC 6890',
  '192.0.2.0/24': 'documentation, RFC 5737',
  '192.88.99.0/24': '6to4 relays, RFC 7526',
  '192.168.0.0/16': 'private use, RFC 1918',
  '198.18.0.0/15': 'benchmarking, RFC 2544',
  '198.51.100.0/24': 'documentation, RFC 5737',
  '203.0.113.0/24': 'documentation, RFC 5737',
  '224.0.0.0/4': 'multicast, RFC 5771',
  '240.0.0.0/4': 'reserved, RFC 1112',
  '255.255.255.255/32': 'limited broadcast, RFC 8190',
  '::/128': 'unspecified, RFC 4291',
  '::1/128': 'loopback, RFC 4291',
  '::/96': 'IPv4-compatible, RFC 4291',
  '::ffff:0:0:0/96': 'IPv4-translated, RFC 2765',
  '64:ff9b:1::/48': 'local translation, RFC 8215',
  '100::/64': 'discard only, RFC 6666',
  '100:0:0:1::/64': 'dummy prefix, RFC 9780',
  '2001::/32': 'Teredo, RFC 4380',
  '2001:2::/48': 'benchmarking, RFC 5180',
  '2001:10::/28': 'ORCHID, RFC 4843',
  '2001:db8::/32': 'documentation, RFC 3849',
  '2002::/16': '6to4, RFC 3056',
  '3fff::/20': 'documentation, RFC 9637',
  '5f00::/16': 'segment routing, RFC 9602',
  'fc00::/7': 'unique local, RFC 4193',
  'fe80::/10': 'link local, RFC 4291',
  'fec0::/10': 'site local, RFC 3879',
  'ff00::/8': 'multicast, RFC 4291',
};

/** An address of the range: its bits after the prefix are those of `filler`. */
function inRange(range: string, filler: readonly number[]): string {
  const [network, length] = ipaddr.parseCIDR(range);
  const bytes = network.toByteArray().map((byte, i) => {
    const fixed = Math.min(8, Math.max(0, length - i * 8));
    return byte | ((filler[i] ?? 0) & (0xff >> fixed));
  });
  return ipaddr.fromByteArray(bytes).toString();
}

const filler = fc.oneof(
  fc.constantFrom(new Array<number>(16).fill(0), new Array<number>(16).fill(255)),
  fc.array(fc.nat(255), { minLength: 16, maxLength: 16 }),
);

describe('public addresses', () => {
  for (const [range, purpose] of Object.entries(SPECIAL)) {
    it(`are none of ${range} (${purpose})`, () =>
      fc.assert(
        fc.property(filler, (bits) => {
          const address = inRange(range, bits);
          const isV6 = address.includes(':');
          assert.equal(isPublicAddress(address), false, address);
          const mapped = isV6 ? [] : [`::ffff:${address}`, `64:ff9b::${address}`];
          for (const inside of mapped) assert.equal(isPublicAddress(inside), false, inside);
          for (const host of [isV6 ? `[${address}]` : address, ...mapped.map((each) => `[${each}]`)])
            assert.equal(decideUrl(`http://${host}/`).verdict, 'block', host);
        }),
      ));
  }

  it('are those around these ranges, also inside IPv6', () => {
    for (const address of [
      ...[
        '1.0.0.0',
        '9.255.255.255',
        '11.0.0.0',
        '100.63.255.255',
        '100.128.0.0',
        '126.255.255.255',
        '128.0.0.0',
      ],
      ...[
        '169.253.255.255',
        '169.255.0.0',
        '172.15.255.255',
        '172.32.0.0',
        '192.0.1.0',
        '192.0.3.0',
        '192.167.255.255',
      ],
      ...['192.169.0.0', '198.17.255.255', '198.20.0.0', '198.51.99.255', '203.0.114.0', '223.255.255.255'],
    ])
      for (const each of [address, `::ffff:${address}`, `64:ff9b::${address}`])
        assert.equal(isPublicAddress(each), true, each);
    for (const address of [
      '2000::',
      '2003::',
      '2606:4700::1111',
      '2a00:1450::1',
      '3ffe::',
      '2620:4f:8001::1',
    ])
      assert.equal(isPublicAddress(address), true, address);
  });

  it('are no texts that are none', () => {
    for (const text of ['', 'example.org', '1.2.3.4.5', '[::1]', '8.8.8.8 ', 'fe80::1%eth0', '2606:4700'])
      assert.equal(isPublicAddress(text), false, text);
  });
});
