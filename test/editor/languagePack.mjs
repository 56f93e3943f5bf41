/** A display language for VS Code's server, without a marketplace to take its language pack from. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * VS Code's own words stay English: the pack has none. Extensions are asked for theirs.
 * @param {string} userDataDir
 * @param {string} locale  lower case, as VS Code names it: zh-cn
 */
export function installLanguagePack(userDataDir, locale) {
  const folder = path.join(userDataDir, 'language-pack');
  mkdirSync(folder, { recursive: true });
  const words = path.join(folder, 'main.i18n.json');
  writeFileSync(words, JSON.stringify({ version: '1.0.0', contents: {} }));
  const pack = {
    hash: locale,
    label: locale,
    extensions: [{ extensionIdentifier: { id: 'test.language-pack' }, version: '1.0.0' }],
    translations: { vscode: words },
  };
  writeFileSync(path.join(userDataDir, 'languagepacks.json'), JSON.stringify({ [locale]: pack }));
}
