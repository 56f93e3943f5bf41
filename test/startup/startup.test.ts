/** What is loaded at a start, and how long it takes: bench/budgets holds it to budgets.json. */
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { Session } from 'node:inspector';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor } from '../integration/driver';

/** The scripts under `folder` that this process has loaded so far, told by its own debugger. */
function loadedScripts(folder: string): readonly string[] {
  const session = new Session();
  session.connect();
  const urls = new Set<string>();
  session.on('Debugger.scriptParsed', ({ params }) => urls.add(params.url));
  session.post('Debugger.enable');
  session.post('Debugger.disable');
  session.disconnect();
  return [...urls]
    .filter((url) => url.startsWith('file://') || url.startsWith('/'))
    .map((url) => (url.startsWith('file://') ? decodeURIComponent(new URL(url).pathname) : url))
    .filter((file) => file.startsWith(folder) && !file.includes('/test/'));
}

/** The worker's own thread loads its file and what that imports; it is not on the extension host's. */
function closure(entry: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(entry)) return seen;
  seen.add(entry);
  for (const [, imported] of readFileSync(entry, 'utf8').matchAll(/(?:from|import)\s*"(\.[^"]+\.js)"/g)) {
    if (imported) closure(path.resolve(path.dirname(entry), imported), seen);
  }
  return seen;
}

const sizeOf = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + statSync(file).size, 0);

/** Milliseconds, undefined where the extension that leaves it is not there. */
const measureOf = (name: string) => performance.getEntriesByName(name).at(-1)?.duration;

describe('start-up', () => {
  it('is measured until the Cases tree shows its first page', async () => {
    const extension = vscode.extensions.getExtension('memento-research.memento');
    assert.ok(extension);
    const editor = await openEditor();
    await editor.openView('Memento');
    await editor.page.getByText('Research a Question').first().waitFor();

    const dist = path.join(extension.extensionPath, 'dist');
    const host = loadedScripts(dist);
    const worker = closure(path.join(dist, 'memory-worker.js'));
    const figures = {
      hostFiles: host.map((file) => path.relative(dist, file)),
      hostBytes: sizeOf(host),
      memoryWorkerBytes: sizeOf(worker),
      activateMs: measureOf('memento.activate'),
      activateCpuMs: measureOf('memento.activate.cpu'),
      referenceCpuMs: measureOf('reference.activate.cpu'),
    };
    console.log(`STARTUP ${JSON.stringify(figures)}`);
    assert.ok(
      host.some((file) => file.endsWith('/extension.js')),
      host.join(', '),
    );
    assert.ok(figures.activateMs, 'activate() leaves its measure');
  });
});
