/** An exported run in a browser: it asks for nothing, runs nothing, and its own style applies. */
import assert from 'node:assert/strict';
import { chromium, type Browser } from 'playwright-core';
import { runState } from '../../src/core/agent/runState';
import { exportedRun } from '../../src/core/export/exportedRun';
import { exportText } from '../../src/core/export/exportText';
import { HOSTILE } from '../fakes/hostileMarkdown';
import { answeredWith, RUNS } from '../fakes/run-events';
import type { RunEvent } from '../../src/core/agent/events';
import { findBrowser } from './browser';
import { requireBrowser } from './setup';

const pageOf = (events: readonly RunEvent[]) =>
  exportText(exportedRun(runState(events)), 'html', () => undefined);

describe('the page of an exported run', () => {
  let browser: Browser | undefined;

  before(async function () {
    requireBrowser(this);
    browser = await chromium.launch({
      executablePath: findBrowser() ?? '',
      args: ['--no-sandbox', '--disable-gpu'],
    });
  });
  after(() => browser?.close());

  async function open(html: string, colorScheme: 'light' | 'dark' = 'light') {
    assert.ok(browser);
    const page = await browser.newPage({ colorScheme });
    const [requests, errors]: [string[], string[]] = [[], []];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.route('**/*', (route) => {
      if (route.request().url() === 'http://export.test/')
        return route.fulfill({ body: html, contentType: 'text/html' });
      requests.push(route.request().url());
      return route.abort();
    });
    await page.goto('http://export.test/');
    return { page, requests, errors };
  }

  it('runs and fetches nothing, whatever the answer says', async () => {
    const { page, requests, errors } = await open(await pageOf(answeredWith(HOSTILE.join('\n\n'))));
    assert.equal(await page.evaluate('window.pwned'), undefined);
    assert.deepEqual(
      requests.filter((url) => !url.endsWith('/favicon.ico')),
      [],
    );
    assert.deepEqual(
      errors.filter((error) => !/favicon|ERR_FAILED/.test(error)),
      [],
    );
    await page.close();
  });

  it('is readable in both colour schemes', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const { page } = await open(await pageOf(RUNS.answered), scheme);
      const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
      assert.equal(background, scheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(22, 25, 29)');
      await page
        .getByRole('link', { name: /^Source 1,/ })
        .first()
        .click();
      assert.ok(page.url().endsWith('#source-1'));
      if (process.env.MEMENTO_SCREENSHOTS) {
        await page.screenshot({
          path: `${process.env.MEMENTO_SCREENSHOTS}/export-${scheme}.png`,
          fullPage: true,
        });
      }
      await page.close();
    }
  });
});
