import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { Secrets } from '../../../../src/core/common/secrets';

const KEY = 'sk-canary/7+Qx&"9z';
const secrets = new Secrets([KEY]);

/** In all the ways in which servers and programs write what they were given. */
const WRITTEN: Readonly<Record<string, string>> = {
  plain: KEY,
  'in other letters': KEY.toUpperCase(),
  'in an address': encodeURIComponent(KEY),
  'in a form': new URLSearchParams({ key: KEY }).toString(),
  'in JSON': JSON.stringify({ key: KEY }),
  'in HTML': 'sk-canary/7+Qx&amp;&quot;9z',
  'in Base64': Buffer.from(KEY).toString('base64'),
  'in a Basic login': Buffer.from(`ann:${KEY}`).toString('base64'),
  'in another Basic login': Buffer.from(`anna:${KEY}:more`).toString('base64'),
  'in Base64 of addresses': Buffer.from(`x${KEY}?`).toString('base64url'),
};

describe('Secrets', () => {
  for (const [how, text] of Object.entries(WRITTEN)) {
    it(`hides a key ${how}`, () => {
      const hidden = secrets.hide(`a ${text} b`);
      assert.match(hidden, /^a .*\[key\].* b$/);
      // Nothing is left that decodes to a part of it.
      assert.doesNotMatch(decodedForms(hidden), /canary|7\+Qx/i);
    });
  }

  it('hides the login of an address, however it is written there', () => {
    const own = new Secrets();
    own.addLoginOf(new URL('http://ann:p%40ss:word@127.0.0.1:8080'));
    for (const text of ['p@ss:word', 'p%40ss%3aword', Buffer.from('ann:p@ss:word').toString('base64')]) {
      // The last letter of Base64 may hold two bits of a key.
      assert.match(own.hide(`<${text}>`), /^<\[key\]A?=*>$/);
    }
  });

  it('leaves words alone that are too short to be keys, and all texts where there are none', () => {
    const short = new Secrets(['true', '', undefined]);
    assert.equal(short.hide('It is true.'), 'It is true.');
    const value = { text: 'It is true.' };
    assert.equal(short.hideIn(value), value);
  });

  it('hides what stands anywhere in a value, and changes no other one', () => {
    const value = { a: [{ [KEY]: 1, text: `the ${KEY}` }], n: 2, none: null };
    assert.deepEqual(secrets.hideIn(value), { a: [{ '[key]': 1, text: 'the [key]' }], n: 2, none: null });
    assert.ok(KEY in (value.a[0] ?? {}));
    assert.equal(secrets.hideIn(KEY), '[key]');
    const harmless = { bytes: new Uint8Array([1]), text: 'nothing' };
    assert.equal(secrets.hideIn(harmless), harmless);
  });

  it('hides a key of a stream wherever its pieces end, and loses nothing else', () => {
    const piece = fc.oneof(
      fc.constantFrom(KEY, encodeURIComponent(KEY), 'sk-', KEY.slice(0, 9)),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 1, max: 9 }), (pieces, size) => {
        const text = pieces.join('');
        let written = '';
        const stream = secrets.stream((part) => (written += part));
        for (let at = 0; at < text.length; at += size) stream.write(text.slice(at, at + size));
        stream.end();
        assert.equal(written, secrets.hide(text));
      }),
    );
  });
});

/** The text, and what its Base64 says. */
const decodedForms = (text: string): string =>
  [text, ...text.split(/[^\w+/-]/).map((part) => Buffer.from(part, 'base64').toString('latin1'))].join('\n');
