import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeImage, encodeImage } from '../../../../src/node/journal/image';
import { memoryDatabase } from '../../../fakes/memoryBank';

describe('an image', () => {
  const database = memoryDatabase().export();
  const bytes = encodeImage(database, 7);

  it('comes back whole', () => assert.deepEqual(Buffer.from(decodeImage(bytes)!), Buffer.from(database)));

  it('is damaged with any byte changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, change) => {
        const changed = Uint8Array.from(bytes);
        changed[place] = changed[place]! ^ change;
        assert.equal(decodeImage(changed), undefined);
      }),
    );
  });

  it('is damaged with any bytes cut off or added', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.uint8Array({ minLength: 1, maxLength: 9 }), (length, more) => {
        assert.equal(decodeImage(bytes.subarray(0, length)), undefined);
        assert.equal(decodeImage(bytes.subarray(bytes.length - length)), undefined);
        assert.equal(decodeImage(Buffer.concat([bytes, more])), undefined);
      }),
    );
  });
});
