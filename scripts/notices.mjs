/** Who wrote what is bundled: name, version, licence and the licence's text of each package. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/**
 * @param {readonly { inputs: Record<string, unknown> }[]} metafiles  of esbuild
 * @param {readonly string[]} copied  names of packages whose files are copied as they are
 * @returns {Promise<string>} a text file; rejects where a package names no licence that is known
 */
export async function notices(metafiles, copied) {
  const bundled = metafiles.flatMap(({ inputs }) => Object.keys(inputs)).map(packageFolder);
  const folders = new Set([...bundled, ...copied.map((name) => `node_modules/${name}`)]);
  folders.delete(undefined);
  const texts = await Promise.all([...folders].sort().map(notice));
  return ['Memento contains the following packages.', ...new Set(texts)].join(`\n\n${'-'.repeat(80)}\n\n`);
}

/** `node_modules/a/node_modules/@b/c/lib/x.js` → `node_modules/a/node_modules/@b/c` */
const packageFolder = (file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];

async function notice(folder) {
  const { name, version, license, author } = JSON.parse(
    await readFile(path.join(root, folder, 'package.json'), 'utf8'),
  );
  if (!license) throw new Error(`${name} names no licence.`);
  const files = await readdir(path.join(root, folder));
  const file = files.find((each) => /^(licen[cs]e|copying)/i.test(each));
  const text = file
    ? await readFile(path.join(root, folder, file), 'utf8')
    : await standardText(license, author?.name ?? author ?? `the authors of ${name}`);
  return `${name} ${version} (${license})\n\n${text.trim()}`.trim();
}

/** For a package that names its licence and leaves out the text. */
async function standardText(license, holder) {
  const file = path.join(root, 'node_modules/spdx-license-list/licenses', `${license}.json`);
  const { licenseText } = JSON.parse(await readFile(file, 'utf8'));
  return licenseText.replace(
    /^Copyright \(c\) (?:<year>|\d{4}).*(?:\nCopyright .*)*$/m,
    () => `Copyright (c) ${holder}`,
  );
}
