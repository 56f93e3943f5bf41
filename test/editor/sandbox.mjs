/** A world of its own for one run of the editor: profile, home and workspace in a temporary folder. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const SAMPLE = path.resolve(import.meta.dirname, '../../examples/sample-workspace');

/** What would let a test reach a real model, a real account or the user's own files. */
const FOREIGN =
  /^(OPENAI|AZURE_OPENAI|ANTHROPIC|TAVILY|BRAVE|SERPER|OPENROUTER)_|^MEMENTO_(PLANNER|EXECUTOR|SEARXNG)_/;

/**
 * @typedef {object} Sandbox
 * @property {string} workspace
 * @property {string} userDataDir
 * @property {string} extensionsDir
 * @property {string} results      file into which the runner writes what passed and failed
 * @property {Record<string, string>} environment
 * @property {() => void} remove
 */

/** @returns {Sandbox} */
export function createSandbox() {
  // Real, as macOS's own temporary folder is a link and VS Code reports real paths.
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'memento-test-')));
  const at = (...names) => path.join(folder, ...names);
  const home = at('home');
  mkdirSync(home);
  createWorkspace(at('workspace'));
  return {
    workspace: at('workspace'),
    userDataDir: at('user-data'),
    extensionsDir: at('extensions'),
    results: at('results.json'),
    environment: {
      HOME: home,
      USERPROFILE: home,
      APPDATA: path.join(home, 'AppData/Roaming'),
      LOCALAPPDATA: path.join(home, 'AppData/Local'),
      XDG_DATA_HOME: path.join(home, '.local/share'),
      XDG_CONFIG_HOME: path.join(home, '.config'),
      XDG_STATE_HOME: path.join(home, '.local/state'),
      XDG_CACHE_HOME: path.join(home, '.cache'),
    },
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Takes keys and endpoints out of this process, and so out of all that it starts. */
export function removeForeignVariables() {
  for (const name of Object.keys(process.env).filter((each) => FOREIGN.test(each))) delete process.env[name];
}

function createWorkspace(folder) {
  if (existsSync(SAMPLE)) {
    cpSync(SAMPLE, folder, { recursive: true });
    return;
  }
  mkdirSync(path.join(folder, 'docs'), { recursive: true });
  writeFileSync(
    path.join(folder, 'README.md'),
    '# Tide tables\n\nHigh water at Dover is at 11:20 on 4 May.\n',
  );
  writeFileSync(
    path.join(folder, 'docs/harbour.md'),
    '# Harbour\n\nThe harbour is 7.5 m deep at low water.\n',
  );
}
