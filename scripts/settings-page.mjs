/**
 * `npm run settings`: writes docs/SETTINGS.md, the settings as package.json declares them and package.nls.json words them.
 * A test compares.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';

const root = path.resolve(import.meta.dirname, '..');
const FILE = 'docs/SETTINGS.md';

/** VS Code's scopes: where a person can set it. */
const PLACES = {
  application: 'user',
  machine: 'user',
  window: 'user, workspace',
  resource: 'user, workspace, folder',
};

const HEAD = `# Settings

Made by \`npm run settings\` from package.json: change the words there. “Where” says whose settings are read: what names hosts,
keys, programs or rules is never taken from a workspace.
`;

/** @returns {Promise<string>} the page, as prettier would have it */
export async function settingsPage() {
  const json = (name) => JSON.parse(readFileSync(path.join(root, name), 'utf8'));
  const words = json('package.nls.json');
  const said = (text) => text.replace(/^%(.+)%$/, (_, key) => words[key].message ?? words[key]);
  const sections = json('package.json').contributes.configuration.map(({ title, properties }) => {
    const rows = Object.entries(properties).map(([name, setting]) => row(name, setting, said));
    return [
      `## ${said(title)}`,
      '',
      '| setting | default | where | what |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  const config = await prettier.resolveConfig(path.join(root, FILE));
  return prettier.format([HEAD, ...sections].join('\n\n'), { ...config, parser: 'markdown' });
}

function row(name, setting, said) {
  const what = plain(said(setting.markdownDescription ?? setting.description));
  const cells = [
    `\`${name}\``,
    defaultOf(setting),
    PLACES[setting.scope],
    [what, valuesOf(setting)].join(''),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}

/** Links to commands and settings lead nowhere outside of VS Code. */
const plain = (text) =>
  text.replace(/\[([^\]]+)\]\(command:[^)]+\)/g, '“$1”').replace(/`#([\w.]+)#`/g, '`$1`');

const defaultOf = ({ default: value }) => `\`${JSON.stringify(value)}\``;

function valuesOf({ enum: values, minimum, maximum }) {
  if (values) return ` One of ${values.map((value) => `\`${value}\``).join(', ')}.`;
  if (minimum === undefined) return '';
  return maximum === undefined ? ` At least ${minimum}.` : ` From ${minimum} to ${maximum}.`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(path.join(root, FILE), await settingsPage());
