/** The panel in a real browser, without VS Code: built in memory, served to one page, every other request refused. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { chromium, type Browser, type Page, type Route } from 'playwright-core';
import type { HostMessage } from '../../src/protocol/messages';
import { RUN_ID, LIVE, RUNS, START, type RunName } from '../fakes/run-events';
import { reportSections } from '../../src/core/memory/report/sections';
import type { ReportHostMessage } from '../../src/protocol/reportMessages';
import { MADE } from '../fakes/madeFiles';
import { type ReportName, REPORTS } from '../fakes/memoryReports';
import { escapeHtml } from '../../src/core/markdown/untrustedText';
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
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
};

/** A page of Memento's, whichever. */
export interface OpenPage {
  readonly page: Page;
  /** What the page asked for beyond its own files. */
  readonly strayRequests: readonly string[];
  /** What went wrong in it, on its console or as an error. */
  readonly errors: readonly string[];
  /** Resolves when everything delivered so far is on screen. */
  painted(): Promise<void>;
  /** The requests that the page has made of the host. */
  requests(): Promise<readonly unknown[]>;
  close(): Promise<void>;
}

/** The panel of a run. */
export interface Panel extends OpenPage {
  show(name: RunName): Promise<void>;
  deliver(events: readonly RunEvent[], options?: { reset?: boolean; live?: boolean }): Promise<void>;
}

/** The memory report. */
export interface ReportPage extends OpenPage {
  show(name: ReportName): Promise<void>;
  say(message: ReportHostMessage): Promise<void>;
}

/** What the host puts into the page. */
export interface PageLanguage {
  /** BCP 47. */
  readonly tag: string;
  /** English sentences and their translations, as JSON. */
  readonly bundle: string;
}

export interface PageOptions {
  readonly theme?: Theme;
  readonly width?: number;
  readonly height?: number;
  readonly forcedColors?: boolean;
  /** True where it is not said: pictures are alike then. */
  readonly reducedMotion?: boolean;
  /** English where it is not said. */
  readonly language?: PageLanguage;
  /** What the page has in it from the start. */
  readonly first?: HostMessage;
}

export interface Harness {
  open(options?: PageOptions): Promise<Panel>;
  openReport(options?: PageOptions): Promise<ReportPage>;
  close(): Promise<void>;
}

export async function startHarness(): Promise<Harness> {
  const files = await panelFiles();
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? '',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  return {
    open: async (options) => panelOf(await openPage(browser, files, 'index.html', options)),
    openReport: async (options) => reportOf(await openPage(browser, files, 'report.html', options)),
    close: () => browser.close(),
  };
}

/** By their names in the page's folder. */
export async function panelFiles(): Promise<Map<string, Buffer>> {
  const { outputFiles } = await build({
    entryPoints: {
      main: path.join(ROOT, 'webview-ui/main.tsx'),
      report: path.join(ROOT, 'webview-ui/report.tsx'),
    },
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
  for (const name of ['index.html', 'report.html', 'fake-host.js', 'themes.css']) {
    files.set(name, await readFile(path.join(ROOT, 'webview-ui/dev', name)));
  }
  for (const [name, content] of Object.entries(MADE)) files.set(`made/${name}`, Buffer.from(content));
  return files;
}

async function openPage(
  browser: Browser,
  files: ReadonlyMap<string, Buffer>,
  document: string,
  {
    theme = 'dark',
    width = 1000,
    height = 800,
    forcedColors = false,
    reducedMotion = true,
    language,
    first,
  }: PageOptions = {},
): Promise<OpenPage> {
  const page = await browser.newPage({
    viewport: { width, height },
    forcedColors: forcedColors ? 'active' : 'none',
    reducedMotion: reducedMotion ? 'reduce' : 'no-preference',
  });
  const strayRequests: string[] = [];
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  await page.route('**/*', (route: Route) => {
    const url = new URL(route.request().url());
    const name = decodeURIComponent(url.pathname.slice(1));
    const body = files.get(name);
    if (url.origin === ORIGIN && name === document) {
      const page = withData(translated(String(body), language), 'first', first && JSON.stringify(first));
      return route.fulfill({ body: page, contentType: 'text/html' });
    }
    if (url.origin === ORIGIN && body) {
      return route.fulfill({ body, contentType: TYPES[path.extname(name)] ?? 'text/plain' });
    }
    strayRequests.push(url.href);
    return route.abort();
  });
  // Not long after the runs: their clocks show what they would.
  await page.clock.setFixedTime(START + 42_000);
  await page.goto(`${ORIGIN}/${document}?theme=${theme}`);
  await page.waitForFunction("panel.posted.some(({ type }) => type === 'ready')");

  const painted = async () => {
    await page.evaluate(
      'new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done))))',
    );
    await page.locator('#root[aria-busy=false]').waitFor({ state: 'attached' });
  };
  return {
    page,
    strayRequests,
    errors,
    painted,
    requests: () =>
      page.evaluate<unknown[]>(
        "panel.posted.filter(({ type }) => type === 'request').map(({ request }) => request)",
      ),
    close: () => page.close(),
  };
}

/** Both as src/vscode/panelHtml.ts writes them. */
const translated = (html: string, language: PageLanguage | undefined): string =>
  withData(
    html.replace('<html lang="en">', `<html lang="${language?.tag ?? 'en'}">`),
    'l10n',
    language?.bundle,
  );

const withData = (html: string, name: string, value: string | undefined): string =>
  value === undefined
    ? html
    : html.replace('<div id="root"', () => `<div id="root" data-${name}="${escapeHtml(value)}"`);

/** A run's page, with a host that reads what the run made. */
async function panelOf(opened: OpenPage): Promise<Panel> {
  const texts = Object.fromEntries(Object.entries(MADE).map(([name, content]) => [name, String(content)]));
  await opened.page.evaluate(`panel.files = ${JSON.stringify(texts)}`);
  const deliver: Panel['deliver'] = async (events, { reset = false, live = true } = {}) => {
    const message = { type: 'events', runId: RUN_ID, reset, live, events };
    await opened.page.evaluate(`panel.deliver(${JSON.stringify(message)})`);
    await opened.painted();
  };
  const show = (name: RunName) => deliver(RUNS[name], { reset: true, live: LIVE.has(name) });
  return { ...opened, deliver, show };
}

function reportOf(opened: OpenPage): ReportPage {
  const say: ReportPage['say'] = async (message) => {
    await opened.page.evaluate(`panel.deliver(${JSON.stringify(message)})`);
    await opened.painted();
  };
  const show = (name: ReportName) => {
    const report = REPORTS[name];
    return say({ type: 'report', report, sections: reportSections(report) });
  };
  return { ...opened, say, show };
}
