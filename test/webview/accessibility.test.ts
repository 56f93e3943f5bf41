/** axe-core finds nothing in any state, in any theme. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { REPORTS, type ReportName } from '../fakes/memoryReports';
import { RUNS, type RunName } from '../fakes/run-events';
import { startHarness, THEMES, type Harness } from './harness';
import { requireBrowser } from './setup';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

const RUN_AXE = `axe.run(document).then(({ violations }) =>
  violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html.slice(0, 160)).join(' | ')))`;

describe('accessibility of the panel', () => {
  let harness: Harness;
  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
  });
  after(() => harness?.close());

  for (const theme of THEMES) {
    it(`in ${theme}`, async function () {
      this.timeout(60_000);
      const panel = await harness.open({ theme });
      await panel.page.evaluate(await readFile(AXE, 'utf8'));
      for (const name of Object.keys(RUNS) as RunName[]) {
        await panel.show(name);
        await panel.page.evaluate("document.querySelectorAll('summary').forEach((each) => each.click())");
        await panel.painted();
        assert.deepEqual(await panel.page.evaluate(RUN_AXE), [], `${name} in ${theme}`);
      }
      await panel.close();
    });
  }

  for (const theme of THEMES) {
    it(`of the memory report in ${theme}`, async function () {
      this.timeout(60_000);
      const report = await harness.openReport({ theme });
      await report.page.evaluate(await readFile(AXE, 'utf8'));
      assert.deepEqual(await report.page.evaluate(RUN_AXE), [], `before it has come, in ${theme}`);
      for (const name of Object.keys(REPORTS) as ReportName[]) {
        await report.show(name);
        await report.page.evaluate(
          "document.querySelectorAll('details').forEach((each) => (each.open = true))",
        );
        assert.deepEqual(await report.page.evaluate(RUN_AXE), [], `${name} in ${theme}`);
      }
      await report.say({ type: 'unavailable', message: 'The memory cannot be read.' });
      assert.deepEqual(await report.page.evaluate(RUN_AXE), [], `without a report, in ${theme}`);
      await report.close();
    });
  }

  it('shows a ring on everything that the keyboard reaches', async () => {
    const panel = await harness.open();
    await panel.show('answered');
    const seen: string[] = [];
    for (let step = 0; step < 40; step++) {
      await panel.page.keyboard.press('Tab');
      const [name, ring] = await panel.page.evaluate<[string, boolean]>(`(() => {
        const element = document.activeElement;
        const drawn = (pseudo) => getComputedStyle(element, pseudo).outlineStyle !== 'none';
        return [element.getAttribute('aria-label') ?? element.textContent.trim(), drawn() || drawn('::after')];
      })()`);
      if (seen.includes('Reject')) break;
      assert.ok(ring, `a ring on ${name}`);
      seen.push(name);
    }
    for (const name of ['Research again', 'Copy', 'Accept', 'Reject']) assert.ok(seen.includes(name), name);
    await panel.close();
  });
});
