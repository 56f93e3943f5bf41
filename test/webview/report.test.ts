/** The memory report in Chromium: what a person and a screen reader find, and what their clicks ask of the host. */
import assert from 'node:assert/strict';
import { REPORTS } from '../fakes/memoryReports';
import { startHarness, type Harness, type ReportPage } from './harness';
import { requireBrowser } from './setup';

describe('the memory report', () => {
  let harness: Harness;
  let report: ReportPage;
  const role = (...args: Parameters<ReportPage['page']['getByRole']>) => report.page.getByRole(...args);
  const region = (name: string) => role('region', { name, exact: true });
  const suspect = REPORTS.open.suspects.cases[0]!;

  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
  });
  after(() => harness?.close());
  beforeEach(async () => {
    report = await harness.openReport();
  });
  afterEach(async () => {
    assert.deepEqual(report.errors, []);
    assert.deepEqual(report.strayRequests, []);
    await report.close();
  });

  it('says that it is ready, and that it waits', async () => {
    assert.deepEqual(await report.page.evaluate('panel.posted'), [{ type: 'ready' }]);
    await report.page.getByText('Reading the memory…').waitFor();
  });

  it('has every section, in words', async () => {
    for (const name of ['off', 'open', 'helps'] as const) {
      await report.show(name);
      const headings = await role('heading', { level: 2 }).allTextContents();
      assert.deepEqual(headings, [
        'Does memory help?',
        'Accepted answers',
        'Cases and judgements',
        'Cases suspected of harm',
        'Which cases help',
        'Are the predictions right?',
        'How often cases are shown',
        'What a run takes',
      ]);
      for (const { words } of [REPORTS[name].experiment, REPORTS[name].calibration, REPORTS[name].costs]) {
        await report.page.locator('p', { hasText: words }).first().waitFor();
      }
    }
  });

  it('has for each plot a name, a description and a table that can be opened', async () => {
    await report.show('helps');
    const images = await role('img').all();
    assert.equal(images.length, 7);
    for (const image of images) {
      const [title, description] = await Promise.all([
        image.locator('title').first().textContent(),
        image.locator('desc').textContent(),
      ]);
      assert.ok(title && description && (await role('img', { name: title }).count()) > 0, `${title}`);
    }
    const table = region('Accepted answers').getByRole('table', { name: 'Judged runs in their order' });
    assert.equal(await table.isVisible(), false);
    await region('Accepted answers').getByText('Table: Judged runs in their order').click();
    assert.equal(await table.getByRole('row').count(), REPORTS.helps.acceptance.groups.length + 1);
  });

  it('plots nothing where there is nothing', async () => {
    await report.show('empty');
    assert.equal(await role('img').count(), 0);
    assert.equal(await role('table').count(), 0);
    await role('region', { name: 'Nothing yet' })
      .getByText('Not measured yet: no run is recorded.')
      .waitFor();
  });

  it('draws every mark within its plot, wide and narrow', async () => {
    await report.show('helps');
    for (const width of [1400, 380]) {
      await report.page.setViewportSize({ width, height: 800 });
      await report.painted();
      const outside = await report.page.evaluate<
        string[]
      >(`[...document.querySelectorAll('.plot svg[role=img]')].flatMap((svg) => {
        const frame = svg.getBoundingClientRect();
        return [...svg.querySelectorAll('text, circle, rect:not(pattern *), path')].filter((mark) => {
          const box = mark.getBoundingClientRect();
          return box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
        }).map((mark) => svg.querySelector('title').textContent + ': ' + mark.outerHTML);
      })`);
      assert.deepEqual(outside, [], `at ${width}`);
      assert.ok(
        await report.page.evaluate('document.documentElement.scrollWidth <= innerWidth'),
        `at ${width}`,
      );
    }
  });

  it('opens a suspected case', async () => {
    await report.show('open');
    await region('Cases suspected of harm').getByRole('button', { name: suspect.question }).click();
    assert.deepEqual(await report.requests(), [{ type: 'openCase', caseId: suspect.caseId }]);
  });

  it('shows a question as text, whatever is in it', async () => {
    await report.show('helps');
    await report.page.getByText('What does <b>draught</b> mean in the regulations?').first().waitFor();
    assert.equal(await report.page.locator('b').count(), 0);
  });

  it('copies, and says so; says why not where the host refuses', async () => {
    await report.show('off');
    await role('button', { name: 'Copy as JSON' }).click();
    await role('status').getByText('Copied').waitFor({ state: 'attached' });
    await report.page.evaluate("panel.refuse = 'The clipboard is locked.'");
    await role('button', { name: 'Copy as JSON' }).click();
    await role('alert').getByText('The clipboard is locked.').waitFor();
    assert.deepEqual(await report.requests(), [{ type: 'copyJson' }, { type: 'copyJson' }]);
  });

  it('follows the memory, and keeps what was opened', async () => {
    await report.show('off');
    await region('Accepted answers').getByText('Table: Judged runs in their order').click();
    await report.show('open');
    const rows = region('Accepted answers').getByRole('row');
    assert.equal(await rows.count(), REPORTS.open.acceptance.groups.length + 1);
    assert.equal(await rows.first().isVisible(), true);
  });

  it('says in one sentence that there is no report, and tries again', async () => {
    await report.say({ type: 'unavailable', message: 'The memory’s thread ended.' });
    await role('alert').getByText('The memory’s thread ended.').waitFor();
    await role('button', { name: 'Try again' }).click();
    assert.deepEqual(await report.requests(), [{ type: 'refresh' }]);
    await report.show('off');
    assert.equal(await role('heading', { level: 1 }).textContent(), 'Memory report');
  });

  it('ignores what is no message of its host', async () => {
    await report.show('off');
    for (const message of [
      null,
      7,
      { type: 'report' },
      { type: 'report', report: {}, sections: [] },
      { type: 'x' },
    ]) {
      await report.page.evaluate(`panel.deliver(${JSON.stringify(message)})`);
    }
    await report.painted();
    assert.equal(await role('heading', { level: 1 }).textContent(), 'Memory report');
  });
});
