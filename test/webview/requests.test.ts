/**
 * The page as the extension makes it, with nothing between it and the network: hostile answers aim at a port of this
 * machine, and none is ever reached. Once under the page's policy, and once without: what is rendered loads nothing.
 */
import assert from 'node:assert/strict';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { RunEvent } from '../../src/core/agent/events';
import { runState } from '../../src/core/agent/runState';
import { exportedRun } from '../../src/core/export/exportedRun';
import { exportText } from '../../src/core/export/exportText';
import { withoutImages } from '../../src/core/markdown/untrustedText';
import { reportSections } from '../../src/core/memory/report/sections';
import type { HostMessage } from '../../src/protocol/messages';
import type { ReportHostMessage } from '../../src/protocol/reportMessages';
import { panelHtml } from '../../src/vscode/panelHtml';
import MarkdownIt from 'markdown-it';
import { aimedAt } from '../fakes/hostileMarkdown';
import { startTrap, type RequestTrap } from '../fakes/requestTrap';
import { answeredWith, RUN_ID, RUNS } from '../fakes/run-events';
import { REPORTS } from '../fakes/memoryReports';
import { startWebServer, type WebServer } from '../fakes/webServer';
import { findBrowser } from './browser';
import { panelFiles } from './harness';
import { requireBrowser } from './setup';

/** What a run says that others wrote; ids, numbers and the names of states stay, or the page would show nothing. */
const WORDS = new Set([
  ...['question', 'description', 'preview', 'title', 'quote', 'text', 'source', 'message', 'reason', 'why'],
  ...[
    'command',
    'code',
    'chunk',
    'answer',
    'shortAnswer',
    'passage',
    'claim',
    'result',
    'name',
    'path',
    'server',
  ],
  ...[
    'heading',
    'workspace',
    'planner',
    'executor',
    'artifact',
    'query',
    'explanation',
    'words',
    'label',
    'lessons',
  ],
]);

/** The same events, with these words wherever a run shows what somebody else wrote. */
function saying<T extends object>(value: T, words: string): T {
  const copy = structuredClone(value);
  const fill = (object: object): void => {
    for (const [key, each] of Object.entries<unknown>({ ...object })) {
      if (typeof each === 'string' && (WORDS.has(key) || Array.isArray(object)))
        Reflect.set(object, key, words);
      else if (typeof each === 'object' && each !== null) fill(each);
    }
  };
  fill(copy);
  return copy;
}

const HOST = `globalThis.posted = [];
globalThis.acquireVsCodeApi = () => ({ postMessage: (message) => posted.push(message), setState() {} });`;

/** Whatever could load or run something, were it let. The page's own icons and images are none of it. */
const LOADING = `[...document.querySelectorAll(
  '.markdown :is(img, svg, style, script, link, iframe, object, embed, form, base, meta, video, audio), [ping], [srcset], [style*="url("], a[href]:not([href^="https:"], [href^="mailto:"], [href^="#"])'
)].map((each) => each.outerHTML.slice(0, 200))`;

describe('what is rendered', function () {
  this.timeout(120_000);
  let browser: Browser;
  let trap: RequestTrap;
  let server: WebServer;
  let pages: Readonly<Record<string, string>>;
  before(async function () {
    requireBrowser(this);
    browser = await chromium.launch({
      executablePath: findBrowser() ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
    trap = await startTrap();
    const files = await panelFiles();
    const text = (name: string) => String(files.get(name));
    server = await startWebServer((request, response) => {
      const name = decodeURIComponent((request.url ?? '/').slice(1).split('?')[0] ?? '');
      const body = pages[name] ?? files.get(name.replace(/^assets\//, ''));
      const type = name.endsWith('.ttf') ? 'font/ttf' : 'text/html; charset=utf-8';
      if (body === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': type }).end(body);
    });
    const page = (name: string) =>
      panelHtml({
        cspSource: server.origin,
        page: { script: text(`${name}.js`), style: text(`${name}.css`) },
        assets: `${server.origin}/assets`,
        language: { tag: 'en', bundle: undefined },
        files: `${server.origin}/made`,
      });
    pages = { run: page('main'), report: page('report') };
  });
  after(async () => {
    await Promise.all([browser?.close(), server?.close(), trap?.close()]);
  });

  const aimed = () =>
    trap.origins.flatMap((origin, at) => aimedAt(origin).filter((_, n) => n % trap.origins.length === at));

  async function open(name: string, { bypassCSP }: { readonly bypassCSP: boolean }): Promise<Page> {
    const page = await (await browser.newContext({ bypassCSP })).newPage();
    await page.addInitScript(HOST);
    await page.goto(`${server.origin}/${name}`);
    await page.waitForFunction("posted.some(({ type }) => type === 'ready')");
    return page;
  }

  /** Resolves when it is on screen. */
  const say = (page: Page, messages: readonly (HostMessage | ReportHostMessage)[]) =>
    page.evaluate(`(async () => {
      for (const message of ${JSON.stringify(messages)}) {
        postMessage(message, '*');
        await new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done))));
      }
    })()`);

  async function assertHarmless(page: Page): Promise<void> {
    assert.equal(await page.evaluate('window.pwned'), undefined);
    assert.deepEqual(await page.evaluate<string[]>(LOADING), []);
    assert.equal(trap.hits, 0);
    const own =
      /^GET \/(?:run|report|favicon\.ico|assets\/codicon[\w-]*\.ttf|made\/.*|assets\/codicon\.ttf\?\w+)$/;
    assert.deepEqual(
      server.requests.filter((request) => !own.test(request.split('?')[0] ?? '')),
      [],
    );
  }

  const message = (events: readonly RunEvent[], reset: boolean, live: boolean): HostMessage => ({
    ...{ type: 'events', runId: RUN_ID, reset, live, events },
  });

  /** All of it at once, for the many places of a run: short, as each page shows it dozens of times. */
  const words = () => aimed().slice(-30, -20).join(' ');

  it('asks for nothing while answers are being written, even without the page’s policy', async () => {
    const page = await open('run', { bypassCSP: true });
    assert.ok(aimed().length >= 40);
    for (const text of aimed()) {
      const before = answeredWith(text).filter(
        ({ type }) => type !== 'answer.ready' && type !== 'run.finished',
      );
      const [last] = before.slice(-1);
      assert.ok(last);
      // Ends where something begins or ends: an address, a tag, a bracket.
      const pieces = text.slice(0, 600).match(/(?:[^()[\]<>"'!]*[()[\]<>"'!]?){3}/g) ?? [];
      const deltas = pieces.map((piece): RunEvent => ({ ...last, type: 'answer.delta', text: piece }));
      await say(page, [message(before, true, true), ...deltas.map((delta) => message([delta], false, true))]);
      await assertHarmless(page);
    }
    await page.context().close();
  });

  for (const bypassCSP of [false, true]) {
    const where = bypassCSP ? 'even without the page’s policy' : 'under the page’s policy';

    it(`asks for nothing when runs are opened from history, ${where}`, async () => {
      const page = await open('run', { bypassCSP });
      for (const text of aimed()) {
        await say(page, [message(answeredWith(text), true, false)]);
        await assertHarmless(page);
      }
      await page.context().close();
    });
  }

  it('asks for nothing whatever stands in plan, calls, approvals, cases, sources and lessons', async () => {
    const page = await open('run', { bypassCSP: true });
    for (const [name, events] of Object.entries(RUNS)) {
      await say(page, [message(saying(events, words()), true, name === 'approval' || name === 'review')]);
      await page.evaluate(`for (const each of document.querySelectorAll('details')) each.open = true;
        for (const each of document.querySelectorAll('button[aria-expanded=false]')) each.click();`);
      await say(page, []);
      await assertHarmless(page);
    }
    await page.context().close();
  });

  it('asks for nothing in the memory report', async () => {
    const page = await open('report', { bypassCSP: true });
    for (const report of Object.values(REPORTS)) {
      const sections = saying(reportSections(report), words());
      await say(page, [{ type: 'report', report: saying(report, words()), sections }]);
      await assertHarmless(page);
    }
    await page.context().close();
  });

  it('asks for nothing in exports, as a page or as Markdown that a viewer renders with HTML', async () => {
    const viewer = new MarkdownIt({ html: true, linkify: true });
    const page = await (await browser.newContext({ bypassCSP: true })).newPage();
    const texts = aimed();
    const runs = [...texts.map((text) => answeredWith(text)), saying(RUNS.answered, words())];
    for (const events of runs) {
      const state = runState(events);
      const run = exportedRun(state);
      await page.setContent(await exportText(run, 'html', () => undefined));
      const markdown = viewer.render(await exportText(run, 'markdown', () => undefined));
      await page.setContent(markdown + viewer.render(withoutImages(state.answer)));
      assert.equal(await page.evaluate('window.pwned'), undefined);
      assert.equal(trap.hits, 0, state.answer);
    }
    await page.context().close();
  });

  it('would be seen to ask: each of the addresses is counted', async () => {
    for (const origin of trap.origins) {
      const before = trap.hits;
      const page = await browser.newPage();
      await page.setContent(`<img src="${origin}/seen">`);
      await page.waitForFunction('document.images[0].complete');
      assert.ok(trap.hits > before, origin);
      await page.close();
    }
  });
});
