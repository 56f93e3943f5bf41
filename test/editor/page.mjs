/** Shows VS Code's workbench in Chromium and, where asked to, has it run a test module in the extension host. */
import path from 'node:path';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { findChromium } from './chromium.mjs';

const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What the workbench itself logs while it starts without a marketplace and an account. */
const NOISE =
  /^(Ignoring fetching additional builtin|Updating additional builtin|Creating a socket|Resolv(ing|ed) connection token|\[reconnection-grace-time\]|\[Service Worker\]|\[AgentHost|\[AccountPolicyGate\]|ChatSessionStore|Creation of workbench contribution|Canceled: |Error while fetching the extension under development)/;

/**
 * @typedef {object} Workbench
 * @property {Promise<number>} exit  the code with which the tests ended; 1 after a crash, 0 once a person closed the window
 * @property {() => Promise<void>} close
 */

/**
 * @param {string} authority  of VS Code's server
 * @param {Pick<import('./arguments.mjs').EditorOptions, 'developmentPaths' | 'workspace' | 'debuggingPort'> &
 *   { proposedApi?: boolean, testsPath?: string | undefined }} options
 * @param {string} profileDir  Chromium's
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench(authority, options, profileDir) {
  const context = await chromium.launchPersistentContext(profileDir, {
    executablePath: findChromium(),
    headless: !process.env.MEMENTO_HEADED,
    args: [
      ...CHROMIUM_FLAGS,
      ...(options.debuggingPort ? [`--remote-debugging-port=${options.debuggingPort}`] : []),
    ],
    viewport: { width: 1280, height: 800 },
    permissions: ['clipboard-read', 'clipboard-write', 'local-network-access'],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const exit = new Promise((resolve, reject) => {
    void page.exposeFunction('codeAutomationExit', resolve);
    page.on('crash', () => reject(new Error('The page of VS Code crashed.')));
    context.on('close', () => resolve(0));
  });
  exit.catch(() => undefined); // the caller may not have come to await it yet
  await page.exposeFunction('codeAutomationLog', forwardLog);
  await page.route(
    (url) => url.host === authority && url.pathname === '/',
    (route) => addDevelopmentOptions(route, developmentOptions(authority, options)),
  );
  await page.goto(workbenchUrl(authority, options));
  return { exit, close: () => context.close() };
}

/** The extension host's console, with the workbench's own. */
function forwardLog(type, values) {
  if (NOISE.test(String(values[0])) && !process.env.MEMENTO_VERBOSE) return;
  const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
  stream.write(`${format(...values)}\n`);
}

function workbenchUrl(authority, { workspace, proposedApi }) {
  const query = new URLSearchParams();
  if (!workspace)
    query.set('ew', 'true'); // an empty window
  else query.set(workspace.endsWith('.code-workspace') ? 'workspace' : 'folder', workspace);
  const payload = [['skipWelcome', 'true'], ...(proposedApi ? [['enableProposedApi', 'true']] : [])];
  query.set('payload', JSON.stringify(payload));
  return `http://${authority}/?${query}`;
}

function developmentOptions(authority, { developmentPaths, testsPath }) {
  const uri = (file) => ({ $mid: 1, scheme: 'vscode-remote', authority, path: path.resolve(file) });
  return {
    extensions: developmentPaths.map(uri),
    ...(testsPath ? { extensionTestsPath: uri(testsPath) } : {}),
  };
}

/** A built VS Code ignores these in the URL; they count in the configuration inside its own page. */
async function addDevelopmentOptions(route, additions) {
  const response = await route.fetch();
  const html = await response.text();
  const setting = /(id="vscode-workbench-web-configuration" data-settings=")([^"]*)"/;
  if (!setting.test(html)) throw new Error('The page of VS Code has no workbench configuration.');
  const body = html.replace(setting, (_all, before, encoded) => {
    const configuration = JSON.parse(decodeAttribute(encoded));
    configuration.developmentOptions = { ...configuration.developmentOptions, ...additions };
    return `${before}${encodeAttribute(JSON.stringify(configuration))}"`;
  });
  await route.fulfill({ response, body });
}

const ENTITIES = [
  ['&', '&amp;'],
  ['"', '&quot;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
];
const encodeAttribute = (text) => ENTITIES.reduce((all, [raw, entity]) => all.replaceAll(raw, entity), text);
/** The ampersand last, so that `&amp;lt;` stays `&lt;`. */
const decodeAttribute = (text) =>
  ENTITIES.toReversed().reduce(
    (all, [raw, entity]) => all.replaceAll(entity, raw),
    text.replaceAll('&#39;', "'"),
  );
