import assert from 'node:assert/strict';
import { parseUrl } from '../../../../src/core/common/url';

describe('parseUrl', () => {
  it('knows a URL with letters beyond ASCII however often it is asked', () => {
    // So often that V8 has optimised the call.
    for (let i = 0; i < 100_000; i++) {
      assert.equal(parseUrl('https://münchen.de/')?.hostname, 'xn--mnchen-3ya.de');
    }
  });
  it('takes a base, and has nothing for what is no URL', () => {
    assert.equal(parseUrl('/b', 'https://example.org/a')?.href, 'https://example.org/b');
    assert.equal(parseUrl('/b'), undefined);
    assert.equal(parseUrl('https://'), undefined);
  });
});
