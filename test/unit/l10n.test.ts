/** The words of the interface and their translations: nothing is missing, and no translation loses a place for a value. */
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, it } from 'mocha';
import { sourceStrings } from '../../scripts/l10n.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(root, name), 'utf8')) as Record<string, unknown>;

const languages = readdirSync(path.join(root, 'l10n'))
  .map((name) => /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1])
  .filter((language) => language !== undefined);

/** A sentence, or one with comments for translators, whose key is then both. */
const messageOf = (value: unknown): string =>
  typeof value === 'object' && value !== null && 'message' in value ? String(value.message) : String(value);

/** `{0}`, `{count}`, and the links and settings that VS Code reads out of a text. */
const places = (text: string): readonly string[] =>
  (text.match(/\{\w+\}|command:[\w.]+|#[\w.]+#|\$\([\w~-]+\)/g) ?? []).sort();

describe('the words of the interface', function () {
  // Parsing all sources takes seconds.
  this.timeout(120_000);

  it('are listed for translators: after a change, `npm run l10n`', async () => {
    assert.deepEqual(read('l10n/bundle.l10n.json'), await sourceStrings());
  });

  it('are all translated in each language, with the same places for values', () => {
    for (const language of languages) {
      for (const [english, translated] of [
        ['l10n/bundle.l10n.json', `l10n/bundle.l10n.${language}.json`],
        ['package.nls.json', `package.nls.${language}.json`],
      ] as const) {
        const [source, target] = [read(english), read(translated)];
        assert.deepEqual(Object.keys(target).sort(), Object.keys(source).sort(), translated);
        for (const [key, value] of Object.entries(source)) {
          const words = messageOf(target[key]);
          assert.notEqual(words.trim(), '', `${translated}: ${key}`);
          assert.deepEqual(places(words), places(messageOf(value)), `${translated}: ${key}`);
        }
      }
    }
  });

  it('of the manifest all have a name, and every name its words', () => {
    const named = [...JSON.stringify(read('package.json')).matchAll(/"%([^%"]+)%"/g)].map(([, name]) => name);
    assert.deepEqual([...new Set(named)].sort(), Object.keys(read('package.nls.json')).sort());
  });
});
