/** Reads the command line that @vscode/test-electron gives to the desktop editor. */
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';

/** Flags that may be followed by their value instead of carrying it after `=`. */
const VALUED = new Set([
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'user-data-dir',
  'extensions-dir',
  'remote-debugging-port',
  'enable-proposed-api',
]);

/**
 * @typedef {object} EditorOptions
 * @property {boolean} version           print the version and end
 * @property {string[]} developmentPaths folders of extensions under development
 * @property {string | undefined} testsPath  the module whose `run()` is called in the extension host
 * @property {string | undefined} userDataDir
 * @property {string | undefined} extensionsDir
 * @property {string | undefined} workspace  a folder or a .code-workspace file
 * @property {string | undefined} debuggingPort  where Chromium listens for the DevTools protocol
 * @property {boolean} proposedApi    extensions may use proposed API; in the browser it is all of them or none
 * @property {boolean} trustEverything   no workspace trust at all
 */

/**
 * @param {readonly string[]} argv
 * @returns {EditorOptions} all paths absolute
 */
export function parseArguments(argv) {
  const { flags, positional } = splitArguments(argv);
  const last = (name) => flags.get(name)?.at(-1);
  const lastPath = (name) => (last(name) === undefined ? undefined : path.resolve(last(name)));
  return {
    version: flags.has('version'),
    developmentPaths: (flags.get('extensionDevelopmentPath') ?? []).map((each) => path.resolve(each)),
    testsPath: flags.has('extensionTestsPath') ? testsModule(lastPath('extensionTestsPath')) : undefined,
    userDataDir: lastPath('user-data-dir'),
    extensionsDir: lastPath('extensions-dir'),
    workspace: positional.map((each) => path.resolve(each)).find((each) => existsSync(each)),
    debuggingPort: last('remote-debugging-port'),
    proposedApi: flags.has('enable-proposed-api'),
    trustEverything: flags.has('disable-workspace-trust'),
  };
}

function splitArguments(argv) {
  /** @type {Map<string, string[]>} */
  const flags = new Map();
  const positional = [];
  for (let index = 0; index < argv.length; index++) {
    const [, name, inline] = /^--([^=]+)(?:=(.*))?$/s.exec(argv[index]) ?? [];
    if (name === undefined) {
      positional.push(argv[index]);
      continue;
    }
    const value = inline ?? (VALUED.has(name) ? argv[++index] : '');
    flags.set(name, [...(flags.get(name) ?? []), value]);
  }
  return { flags, positional };
}

/** The desktop editor takes a folder or a file without its extension too; the browser's wants the file itself. */
function testsModule(file) {
  if (existsSync(file) && statSync(file).isDirectory()) return path.join(file, 'index.js');
  return /\.[cm]?js$/.test(file) ? file : `${file}.js`;
}
