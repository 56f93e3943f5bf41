/**
 * `npm run l10n`: writes l10n/bundle.l10n.json, the English sentences that the sources show through `l10n.t`, which
 * translators start from; and tells what the translations beside it lack.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

const root = path.resolve(import.meta.dirname, '..');
const SOURCES = ['src', 'webview-ui'];

/** @returns {Promise<Record<string, string | { message: string, comment: string[] }>>} sorted by key */
export async function sourceStrings() {
  const files = (await Promise.all(SOURCES.map((folder) => sourceFiles(path.join(root, folder))))).flat();
  const contents = await Promise.all(
    files.map(async (file) => ({
      contents: await readFile(file, 'utf8'),
      extension: path.extname(file),
    })),
  );
  const strings = await getL10nJson(contents.filter((file) => file.contents.includes('l10n')));
  return Object.fromEntries(Object.entries(strings).sort(([a], [b]) => (a < b ? -1 : 1)));
}

async function sourceFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

/** @param {string} name of a file of the project */
const json = async (name) => JSON.parse(await readFile(path.join(root, name), 'utf8'));

async function main() {
  const strings = await sourceStrings();
  await writeFile(path.join(root, 'l10n/bundle.l10n.json'), `${JSON.stringify(strings, null, 2)}\n`);
  console.log(`${Object.keys(strings).length} sentences.`);
  for (const name of await readdir(path.join(root, 'l10n'))) {
    const language = /^bundle\.l10n\.(.+)\.json$/.exec(name)?.[1];
    if (language === undefined) continue;
    const translated = await json(`l10n/${name}`);
    report(`l10n/${name}`, Object.keys(strings), Object.keys(translated));
    report(
      `package.nls.${language}.json`,
      Object.keys(await json('package.nls.json')),
      Object.keys(await json(`package.nls.${language}.json`)),
    );
  }
}

function report(name, wanted, found) {
  const missing = wanted.filter((key) => !found.includes(key));
  const stale = found.filter((key) => !wanted.includes(key));
  for (const key of missing) console.log(`${name} lacks: ${JSON.stringify(key)}`);
  for (const key of stale) console.log(`${name} need not have: ${JSON.stringify(key)}`);
}

if (process.argv[1] === import.meta.filename) await main();
