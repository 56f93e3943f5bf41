/** The panel in a real browser, without VS Code: built in memory, served to one page, every other request refused. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page, type Route } from 'playwright-core';
import { RUN_ID, LIVE, RUNS, START, type RunName } from '../fakes/run-events';
import type { RunEvent } from '../../src/core/agent/events';
import { findBrowser } from './browser';

export const THEMES = ['dark', 'light', 'high-contrast', 'high-contrast-light'] as const;
export type Theme = (typeof THEMES)[number];

const ROOT = path.resolve(import.meta.dirname, '../..');
const ORIGIN = 'http://panel.test';
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.ttf': 'font/ttf',
};

export interface Panel {
  readonly page: Page;
  /** What the page asked for beyond its own files. */
  readonly strayRequests: readonly string[];
  /** What went wrong in it, on its console or as an error. */
  readonly errors: readonly string[];
  show(name: RunName): Promise<void>;
  deliver(events: readonly RunEvent[], options?: { reset?: boolean; live?: boolean }): Promise<void>;
  /** Resolves when everything delivered so far is on screen. */
  painted(): Promise<void>;
  /** The requests that the page has made of the host. */
  requests(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

export interface Harness {
  open(options?: { theme?: Theme; width?: number; height?: number }): Promise<Panel>;
  close(): Promise<void>;
}

export async function startHarness(): Promise<Harness> {
  const files = await panelFiles();
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    open: ({ theme = 'dark', width = 1000, height = 800 } = {}) =>
      openPanel(browser, files, theme, { width, height }),
    close: () => browser.close(),
  };
}

/** By their names in the page's folder. */
async function panelFiles(): Promise<Map<string, Buffer>> {
  const { outputFiles } = await build({
    entryPoints: { main: path.join(ROOT, 'webview-ui/main.tsx') },
    outdir: path.join(ROOT, 'dist/webview'),
    write: false,
    bundle: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    logLevel: 'warning',
  });
  const files = new Map(outputFiles.map((file) => [path.basename(file.path), Buffer.from(file.contents)]));
  for (const name of ['index.html', 'fake-host.js', 'themes.css']) {
    files.set(name, await readFile(path.join(ROOT, 'webview-ui/dev', name)));
  }
  return files;
}

async function openPanel(
  browser: Browser,
  files: ReadonlyMap<string, Buffer>,
  theme: Theme,
  viewport: { width: number; height: number },
): Promise<Panel> {
  const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
  const strayRequests: string[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  await page.route('**/*', (route: Route) => {
    const url = new URL(route.request().url());
    const name = url.pathname.slice(1);
    const body = files.get(name);
    if (url.origin === ORIGIN && body) {
      return route.fulfill({ body, contentType: TYPES[path.extname(name)] ?? 'text/plain' });
    }
    strayRequests.push(url.href);
    return route.abort();
  });
  // Not long after the runs: their clocks show what they would.
  await page.clock.setFixedTime(START + 42_000);
  await page.goto(`${ORIGIN}/index.html?theme=${theme}`);
  await page.waitForFunction("panel.posted.some(({ type }) => type === 'ready')");

  const painted = async () => {
    await page.evaluate(
      'new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done))))',
    );
    await page.locator('#root[aria-busy=false]').waitFor({ state: 'attached' });
  };
  const deliver: Panel['deliver'] = async (events, { reset = false, live = true } = {}) => {
    const message = { type: 'events', runId: RUN_ID, reset, live, events };
    await page.evaluate(`panel.deliver(${JSON.stringify(message)})`);
    await painted();
  };
  return {
    page,
    strayRequests,
    errors,
    painted,
    deliver,
    show: (name) => deliver(RUNS[name], { reset: true, live: LIVE.has(name) }),
    requests: () =>
      page.evaluate<unknown[]>(
        "panel.posted.filter(({ type }) => type === 'request').map(({ request }) => request)",
      ),
    close: () => page.close(),
  };
}
