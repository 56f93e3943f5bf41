/** A window of VS Code with the extension, driven from outside: what a test inside its extension host cannot survive. */
import path from 'node:path';
import { findChromium } from '../editor/chromium.mjs';
import { installEditor, runsHere } from '../editor/install.mjs';
import { installLanguagePack } from '../editor/languagePack.mjs';
import { openWorkbench } from '../editor/page.mjs';
import { createSandbox, removeForeignVariables, type Sandbox } from '../editor/sandbox.mjs';
import { freePort, startServer } from '../editor/server.mjs';
import { writeMachineSettings, writeSettings } from '../editor/settings.mjs';
import { linkExtension } from '../editor/vsix.mjs';
import { Editor, poll } from '../integration/driver';
import { extensionHosts, killAll, killExtensionHosts } from './processes';

export interface TestWindow {
  /** Another one after `reopen`. */
  readonly editor: Editor;
  /** The user's data directory of the extension. */
  readonly dataDirectory: string;
  /** As a person does it: the window saves what is open first. */
  reload(): Promise<void>;
  /** Closes the window, as its close button does, and opens it again. */
  reopen(): Promise<void>;
  /** With SIGKILL. VS Code starts another one by itself, or as soon as a person says so. */
  killExtensionHost(): Promise<void>;
  /** With SIGKILL, and with all that it started; then another one is started and the window loaded again. */
  killServer(): Promise<void>;
  /** Another window of the same server and user on the same folder. */
  another(): Promise<Editor>;
  close(): Promise<void>;
}

export interface WindowOptions {
  /** User-level settings of the machine. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** No folder: an empty window. */
  readonly empty?: boolean;
  /** A workspace file that is opened instead of the folder; made before the editor starts. */
  readonly workspaceFile?: (sandbox: Sandbox) => string;
  /** Whether VS Code asks if the folder is trusted; by default every folder is. */
  readonly asksForTrust?: boolean;
  /** What is there before the editor starts: other extensions, files of the workspace. */
  readonly prepare?: (sandbox: Sandbox) => void;
  /** VS Code's display language, English where there is none. */
  readonly locale?: string;
}

/** A window that comes back loads all of VS Code, and then the extension. */
const TIMEOUT_MS = 60_000;
/** After a crash VS Code asks the server how the extension host ended, before it starts another one. */
const RESTART_MS = 15_000;

interface OpenPage {
  readonly editor: Editor;
  close(): Promise<void>;
}

export async function openWindow({
  settings = {},
  empty = false,
  asksForTrust = false,
  prepare,
  workspaceFile,
  locale,
}: WindowOptions): Promise<TestWindow> {
  const cleanups: (() => Promise<unknown>)[] = [];
  const close = async () => {
    for (const cleanup of cleanups.splice(0)) await cleanup();
  };
  try {
    // Found before HOME is the sandbox's, where nothing is installed.
    const install = await installEditor();
    const environment = process.env;
    process.env = { ...environment };
    cleanups.push(async () => void (process.env = environment));
    const sandbox = createSandbox();
    cleanups.unshift(async () => sandbox.remove());
    removeForeignVariables();
    Object.assign(process.env, sandbox.environment);
    writeSettings(sandbox.userDataDir, {
      'security.workspace.trust.enabled': asksForTrust,
      'security.workspace.trust.startupPrompt': 'never',
    });
    writeMachineSettings(sandbox.userDataDir, settings);
    linkExtension(path.resolve('.'), sandbox.extensionsDir);
    prepare?.(sandbox);
    const workspace = empty ? undefined : (workspaceFile?.(sandbox) ?? sandbox.workspace);
    if (locale !== undefined) installLanguagePack(sandbox.userDataDir, locale);
    const options = { ...sandbox, locale };
    let server = await startServer(install, options);
    cleanups.unshift(() => server.stop());
    const open = (profile = 'chromium') =>
      openPage(server.authority, path.join(sandbox.userDataDir, profile), workspace);
    let page = await open();
    cleanups.unshift(() => page.close());
    return {
      get editor() {
        return page.editor;
      },
      dataDirectory: path.join(sandbox.environment.XDG_DATA_HOME ?? '', 'memento'),
      async reload() {
        const loaded = page.editor.page.waitForEvent('load');
        await page.editor.runCommand('Developer: Reload Window');
        await loaded;
      },
      async reopen() {
        const closed = page.editor.page.waitForEvent('close');
        await page.editor.page.close({ runBeforeUnload: true });
        await closed;
        await page.close();
        page = await open();
      },
      async killExtensionHost() {
        const killed = await killExtensionHosts(server.pid);
        if (killed.length === 0) throw new Error('There is no extension host.');
        await restarted(page.editor, async () => (await extensionHosts(server.pid)).length > 0);
      },
      async killServer() {
        await killAll(server.pid);
        await server.died;
        await page.close();
        server = await startServer(install, options, Number(server.authority.split(':')[1]));
        page = await open();
      },
      async another() {
        const other = await open('another-chromium');
        cleanups.unshift(() => other.close());
        return other.editor;
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where VS Code does not start another extension host by itself, it is told to, as a person would. */
async function restarted(editor: Editor, isThere: () => Promise<boolean>): Promise<void> {
  try {
    await poll('another extension host', isThere, RESTART_MS);
  } catch {
    await editor.runCommand('Developer: Restart Extension Host');
    await poll('the extension host that was asked for', isThere, TIMEOUT_MS);
  }
}

async function openPage(
  authority: string,
  profileDir: string,
  workspace: string | undefined,
): Promise<OpenPage> {
  const port = String(await freePort());
  const workbench = await openWorkbench(
    authority,
    { developmentPaths: [], workspace, debuggingPort: port },
    profileDir,
  );
  try {
    const editor = await Editor.connect(port);
    editor.page.setDefaultTimeout(TIMEOUT_MS);
    // The palette lists the commands that were known when it opened.
    await editor.openView('Memento');
    const close = async () => {
      await editor.disconnect();
      await workbench.close();
    };
    return { editor, close };
  } catch (error) {
    await workbench.close();
    throw error;
  }
}

/** Skips the suite, and says why, where no window can be opened. */
export function skipWhereNoWindow(suite: Mocha.Context): void {
  const reason = cannotRun();
  if (reason === undefined) return;
  console.log(`    skipped: ${reason}`);
  suite.skip();
}

function cannotRun(): string | undefined {
  if (!runsHere()) return 'VS Code’s server is tested on linux-x64 only';
  try {
    findChromium();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
