import path from 'node:path';
import { findChromium } from '../editor/chromium.mjs';
import { installEditor, runsHere } from '../editor/install.mjs';
import { openWorkbench } from '../editor/page.mjs';
import { createSandbox, removeForeignVariables } from '../editor/sandbox.mjs';
import { freePort, startServer } from '../editor/server.mjs';
import { writeMachineSettings, writeSettings } from '../editor/settings.mjs';
import { Editor } from '../integration/driver';

export interface TestWindow {
  readonly editor: Editor;
  close(): Promise<void>;
}

export interface WindowOptions {
  /** User-level settings of the machine. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** No folder: an empty window. */
  readonly empty?: boolean;
}

/** VS Code with the extension, driven from outside: what a test inside its extension host could not survive. */
export async function openWindow({ settings = {}, empty = false }: WindowOptions): Promise<TestWindow> {
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
    writeSettings(sandbox.userDataDir, { 'security.workspace.trust.enabled': false });
    writeMachineSettings(sandbox.userDataDir, settings);
    const server = await startServer(install, sandbox);
    cleanups.unshift(() => server.stop());
    const port = String(await freePort());
    const workbench = await openWorkbench(
      server.authority,
      {
        developmentPaths: [path.resolve('.')],
        workspace: empty ? undefined : sandbox.workspace,
        debuggingPort: port,
      },
      path.join(sandbox.userDataDir, 'chromium'),
    );
    cleanups.unshift(() => workbench.close());
    const editor = await Editor.connect(port);
    cleanups.unshift(() => editor.disconnect());
    // The palette lists the commands that were known when it opened.
    await editor.openView('Memento');
    return { editor, close };
  } catch (error) {
    await close();
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
