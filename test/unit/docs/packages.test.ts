import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';

const root = path.resolve(import.meta.dirname, '../../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

/** What the product is given away under, MIT, goes together with each of them. */
const LICENCES = new Set([
  ...['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'CC-BY-4.0'],
  ...['(MPL-2.0 OR Apache-2.0)', '(MIT OR GPL-3.0-or-later)', '(MIT AND Zlib)'],
]);

describe('what is bundled', () => {
  const notices = read('dist/THIRD-PARTY-NOTICES.txt')
    .split(/\n\n-{80}\n\n(?=\S+ \d+\.\d+)/)
    .slice(1)
    .map((text) => text.trim());

  it('is named with its licence and the text of it', () => {
    assert.ok(notices.length > 50);
    for (const notice of notices) {
      const [title = '', ...text] = notice.split('\n');
      const licence = /^\S+ \d+\.\d+\.\d+\S* \((.+)\)$/.exec(title)?.[1];
      assert.ok(licence !== undefined && LICENCES.has(licence), title);
      assert.match(text.join('\n'), /copyright|licen[cs]e/i, title);
      assert.doesNotMatch(notice, /<year>|<copyright holders>/, title);
    }
  });

  it('has no version with an advisory that SECURITY.md knows', () => {
    const lock = z
      .object({ packages: z.record(z.string(), z.object({ version: z.string().optional() })) })
      .parse(JSON.parse(read('package-lock.json')));
    const rows = [...read('SECURITY.md').matchAll(/^\| `([^`]+)`[^|]*\| (\d+)\.(\d+)\.(\d+)\s*\|/gm)];
    assert.ok(rows.length >= 15);
    for (const [, name = '', ...mended] of rows) {
      const versions = Object.entries(lock.packages).flatMap(([folder, { version }]) =>
        folder.endsWith(`node_modules/${name}`) &&
        notices.some((each) => each.startsWith(`${name} ${version} `))
          ? [version ?? '']
          : [],
      );
      assert.ok(versions.length > 0, `${name} is not bundled`);
      for (const version of versions) assert.ok(isAtLeast(version, mended.map(Number)), `${name} ${version}`);
    }
  });
});

function isAtLeast(version: string, least: readonly number[]): boolean {
  const parts = version.split(/[.+-]/).map(Number);
  const differing = least.findIndex((number, index) => parts[index] !== number);
  return differing === -1 || (parts[differing] ?? 0) > (least[differing] ?? 0);
}
