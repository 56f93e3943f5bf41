import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { failure } from '../../../../src/core/tools/tool';

describe('the failure of a tool', () => {
  it('is told as it is', () => {
    assert.deepEqual(failure('There is no file a.md.'), {
      ok: false,
      content: 'There is no file a.md.',
      preview: 'There is no file a.md.',
    });
  });

  it('that repeats a long argument keeps its beginning and its end, and says how much is left out', () => {
    const { content, preview } = failure(`There is no command ${'c'.repeat(100_000)}. These do: c1.`);
    assert.match(content, /^There is no command c+\n… [\d,]+ characters left out …\nc+\. These do: c1\.$/);
    assert.ok(content.length < 9_000);
    assert.equal(preview, content);
  });
});
