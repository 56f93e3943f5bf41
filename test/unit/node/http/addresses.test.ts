import assert from 'node:assert/strict';
import type { LookupAddress } from 'node:dns';
import http from 'node:http';
import fc from 'fast-check';
import { decideUrl } from '../../../../src/core/tools/web/urlPolicy';
import { AddressGuard, systemResolver, type Resolver } from '../../../../src/node/http/addressGuard';
import { exchange } from '../../../../src/node/http/exchange';
import { AddressError } from '../../../../src/node/http/faults';
import { clientFor, get } from '../../../fakes/httpRequests';
import { startWebServer } from '../../../fakes/webServer';

/** Answers with these lists in turn, the last one for ever. */
function resolving(...answers: readonly (readonly string[])[]): Resolver & { readonly asked: string[] } {
  const asked: string[] = [];
  const resolver: Resolver = (name, callback) => {
    const addresses = answers[Math.min(asked.push(name), answers.length) - 1] ?? [];
    callback(null, addresses.map(toAddress));
  };
  return Object.assign(resolver, { asked });
}
const toAddress = (address: string): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 });

describe('addresses that are connected to', () => {
  for (const address of [
    ...['127.0.0.1', '10.1.2.3', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', '::', 'fe80::1%eth0'],
    ...['fd00::1', '::ffff:127.0.0.1', '::7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::', 'no address'],
  ]) {
    it(`are never ${address}, whatever the name`, async () => {
      const resolver = resolving([address]);
      const result = await clientFor([], { resolver }).request(get('http://site.example.org/'));
      assert.ok(!result.ok && result.fault.code === 'denied');
      assert.equal(
        result.fault.message,
        `site.example.org is not fetched: it is at ${address}, which is no public address.`,
      );
      assert.deepEqual(resolver.asked, ['site.example.org']);
    });
  }

  it('are refused if one of several is private', async () => {
    const resolver = resolving(['93.184.215.14', '192.168.1.1']);
    const result = await clientFor([], { resolver }).request(get('https://site.example.org/'));
    assert.ok(!result.ok && result.fault.code === 'denied');
  });

  it('are those that were checked: a name is asked for once, and cannot change its mind', async () => {
    const resolver = resolving(['93.184.215.14'], ['127.0.0.1']);
    const guard = new AddressGuard(resolver, false);
    const found = await new Promise((resolve) => {
      guard.lookup('site.example.org', { all: true }, (error, addresses) => resolve(error ?? addresses));
    });
    assert.deepEqual(found, [{ address: '93.184.215.14', family: 4 }]);
    assert.equal(guard.wasAsked, true);
    assert.equal(resolver.asked.length, 1);
  });

  it('are told as the resolver tells what is wrong', async () => {
    const error = Object.assign(new Error('no answer'), { code: 'EAI_AGAIN' });
    // As Node calls it, against its types.
    const guard = new AddressGuard((_, callback) => void Reflect.apply(callback, undefined, [error]), false);
    assert.equal(guard.wasAsked, false);
    const told = await new Promise((resolve) => guard.lookup('a.example.org', { all: true }, resolve));
    assert.equal(told, error);
  });

  it('are all that the system knows', async () => {
    const found = await new Promise((resolve) => {
      systemResolver('127.0.0.1', (error, addresses) => resolve(error ?? addresses));
    });
    assert.deepEqual(found, [{ address: '127.0.0.1', family: 4 }]);
  });

  it('are of the sixth family where Node asks for that', async () => {
    const guard = new AddressGuard(resolving(['1.1.1.1', '2606:4700::1111']), false);
    const first = await new Promise((resolve) => {
      guard.lookup('two.example.org', { family: 6 }, (_, address, family) => resolve([address, family]));
    });
    assert.deepEqual(first, ['2606:4700::1111', 6]);
  });

  it('are of the family that Node asks for', async () => {
    const guard = new AddressGuard(resolving(['2606:4700::1111', '1.1.1.1']), false);
    const first = await new Promise((resolve) => {
      guard.lookup('one.example.org', { family: 4 }, (_, address, family) => resolve([address, family]));
    });
    assert.deepEqual(first, ['1.1.1.1', 4]);
  });

  it('are asked for by the name that was decided on, however it is written', () => {
    const names = [
      'example.org',
      'EXAMPLE.org.',
      'ex%61mple.org',
      'ｅxample.org',
      'exam\tple.org',
      'bücher.example.org',
    ];
    const start = fc.constantFrom(
      'http://',
      'https://',
      'http:',
      'https:\\\\',
      ' HTTP:/',
      'ht\ntp:///',
      'http://\\',
    );
    const end = fc.constantFrom(
      '',
      '/',
      '\\@other.example.org',
      '#@other.example.org',
      '?@other.example.org',
      ':80',
      ':443/a',
    );
    return fc.assert(
      fc.asyncProperty(start, fc.constantFrom(...names), end, async (scheme, name, rest) => {
        const text = `${scheme}${name}${rest}`;
        const resolver = resolving(['10.0.0.1']);
        const { url, verdict } = decideUrl(text);
        assert.ok(url && verdict !== 'block', text);
        await clientFor([], { resolver }).request(get(text));
        assert.deepEqual(resolver.asked, [url.hostname], text);
      }),
    );
  });

  it('are refused in every answer: of several, in any order, of both families', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom(
          '127.0.0.1',
          '10.0.0.1',
          '169.254.169.254',
          '::1',
          'fd00::1',
          '::ffff:10.0.0.1',
          '2002:a00:1::',
        ),
        fc.uniqueArray(fc.constantFrom('93.184.215.14', '1.1.1.1', '2606:4700::1111'), { maxLength: 3 }),
        fc.nat(3),
        fc.constantFrom(4, 6, 0),
        async (inner, others, at, family) => {
          const answer = [...others.slice(0, at), inner, ...others.slice(at)];
          for (const all of [true, false]) {
            const guard = new AddressGuard(resolving(answer), false);
            const error = await new Promise((resolve) => {
              guard.lookup('site.example.org', { all, family }, resolve);
            });
            assert.ok(error instanceof AddressError, answer.join());
            assert.equal(error.address, inner);
          }
        },
      ),
    ));

  it('are none where the name has none, or none of the family, or cannot be resolved', async () => {
    const failure = (resolver: Resolver, family: number) =>
      new Promise((resolve) => {
        new AddressGuard(resolver, false).lookup('site.example.org', { family }, resolve);
      });
    for (const answer of [[], ['2606:4700::1111']]) {
      const error = await failure(resolving(answer), 4);
      assert.ok(error instanceof Error && 'code' in error && error.code === 'ENOTFOUND');
      assert.equal(error.message, 'site.example.org has no address');
    }
    const broken = new Error('broken');
    assert.equal(await failure((_, callback) => callback(broken, []), 0), broken);
  });

  it('may be private for an origin that the user allows, and for that alone', async () => {
    const server = await startWebServer((_, response) => response.end('inside'));
    const resolver = resolving(['127.0.0.1']);
    const allowed = `http://wiki.corp.example:${server.port}`;
    const client = clientFor([allowed], { resolver });
    const inside = await client.request(get(`${allowed}/page`));
    assert.ok(inside.ok && !inside.value.viaProxy);
    assert.equal(server.headers[0]?.host, `wiki.corp.example:${server.port}`);
    for (const other of [
      `http://other.example:${server.port}/`,
      'http://wiki.corp.example/',
      `https://wiki.corp.example:${server.port}/`,
    ]) {
      const result = await client.request(get(other));
      assert.ok(!result.ok && result.fault.code === 'denied', other);
    }
    assert.equal(server.connections, 1);
    await server.close();
  });

  it('may be private for the server that the user’s own setting names, with its login', async () => {
    const server = await startWebServer((_, response) => response.end());
    const url = `http://me:p%40ss%@127.0.0.1:${server.port}/search`;
    const result = await clientFor().request(get(url, { namedBy: 'user' }));
    assert.ok(result.ok);
    assert.equal(result.value.url.href, `http://127.0.0.1:${server.port}/search`);
    assert.equal(server.headers[0]?.authorization, `Basic ${Buffer.from('me:p@ss%').toString('base64')}`);
    await server.close();
  });

  it('are checked on a connection too that somebody else has left open', async () => {
    const server = await startWebServer((_, response) => response.end('inside'));
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const url = new URL(`http://site.example.org:${server.port}/`);
    const outgoing = {
      url,
      method: 'GET',
      headers: { connection: 'keep-alive' },
      signal: new AbortController().signal,
    };
    const open = new AddressGuard(resolving(['127.0.0.1']), true);
    const { message } = await exchange(outgoing, { agent }, open);
    await new Promise((resolve) => message.resume().once('close', resolve));
    await assert.rejects(
      exchange(outgoing, { agent }, new AddressGuard(resolving(['127.0.0.1']), false)),
      AddressError,
    );
    assert.deepEqual(server.requests, ['GET /']);
    agent.destroy();
    await server.close();
  });
});
