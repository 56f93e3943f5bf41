import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file));
const IMAGES = 'docs/images';

const PAGES = ['README.md', ...readdirSync(path.join(root, 'docs')).filter(isMarkdown).map(inDocs)];
const MOST_BYTES = 400 * 1024;
/** Pixels: below, text is blurred on a screen of today; above, no page shows them. */
const [LEAST_WIDTH, MOST_WIDTH] = [800, 2600];

interface Image {
  readonly page: string;
  readonly alt: string;
  /** From the root of the repository. */
  readonly file: string;
}

function isMarkdown(name: string): boolean {
  return name.endsWith('.md');
}
function inDocs(name: string): string {
  return `docs/${name}`;
}

const imagesOf = (page: string): Image[] =>
  [
    ...read(page)
      .toString()
      .matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g),
  ].map(([, alt = '', target = '']) => ({
    page,
    alt,
    file: path.posix.join(path.posix.dirname(page), target),
  }));

const images = PAGES.flatMap(imagesOf);

describe('the pictures of README and docs', () => {
  for (const { page, alt, file } of images) {
    it(`${file} in ${page} is a PNG of a sane size, described in words`, () => {
      assert.ok(existsSync(path.join(root, file)), 'there is no such file');
      const bytes = read(file);
      assert.equal(bytes.subarray(1, 4).toString('latin1'), 'PNG');
      assert.ok(bytes.length <= MOST_BYTES, `${bytes.length} bytes`);
      const width = bytes.readUInt32BE(16);
      assert.ok(width >= LEAST_WIDTH && width <= MOST_WIDTH, `${width} pixels wide`);
      assert.ok(alt.split(/\s+/).length >= 5, `“${alt}”`);
    });
  }

  it('begin with the panel and go on with the acceptance curve, named as simulated', () => {
    const [first, second] = imagesOf('README.md');
    assert.equal(first?.file, `${IMAGES}/panel.png`);
    assert.equal(second?.file, `${IMAGES}/acceptance.png`);
    assert.match(second.alt, /simulated/);
  });

  it('are all in use', () => {
    const used = images.map(({ file }) => file);
    for (const name of readdirSync(path.join(root, IMAGES)))
      assert.ok(used.includes(`${IMAGES}/${name}`), name);
  });
});
