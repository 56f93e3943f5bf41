/** axe-core finds nothing in any state, in any theme; what axe does not measure is measured here. */
import assert from 'node:assert/strict';
import { REPORTS, type ReportName } from '../fakes/memoryReports';
import { findings, loadAxe } from './axe';
import { startHarness, THEMES, type Harness } from './harness';
import { requireBrowser } from './setup';
import { enter, STATES } from './states';

/** Borders of fields and icons that stand out less than 3 : 1 from what is behind them (WCAG 1.4.11). */
const FAINT = `(() => {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 })
    .getContext('2d', { willReadFrequently: true });
  const over = (colours) => {
    context.clearRect(0, 0, 1, 1);
    for (const colour of colours) (context.fillStyle = colour), context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const behind = (element) => {
    const colours = [];
    for (let each = element; each; each = each.parentElement) colours.unshift(getComputedStyle(each).backgroundColor);
    return colours;
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (ground, colour) => {
    const [a, b] = [luminance(over(ground)), luminance(over([...ground, colour]))].sort((x, y) => x - y);
    return (b + 0.05) / (a + 0.05);
  };
  const faint = [];
  const measure = (element, ground, colour) => {
    if (element.getClientRects().length === 0 || element.closest('[aria-disabled=true]')) return;
    const found = ratio(ground, colour);
    if (found < 3) faint.push(element.className + ' ' + (element.getAttribute('aria-label') ?? '') + ' ' + found.toFixed(2));
  };
  for (const field of document.querySelectorAll('input, textarea')) {
    if (getComputedStyle(field).outlineStyle === 'none')
      measure(field, behind(field.parentElement), getComputedStyle(field).borderTopColor);
  }
  for (const icon of document.querySelectorAll('.codicon')) measure(icon, behind(icon), getComputedStyle(icon).color);
  return [...new Set(faint)];
})()`;

describe('accessibility of the panel', () => {
  let harness: Harness;
  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
  });
  after(() => harness?.close());

  for (const [index, theme] of THEMES.entries()) {
    it(`in ${theme}`, async function () {
      this.timeout(120_000);
      const panel = await harness.open({ theme });
      await loadAxe(panel.page);
      for (const state of STATES) {
        await enter(panel, state);
        const where = `${state.name} in ${theme}`;
        assert.deepEqual(await findings(panel.page, index === 0 ? 'all' : 'colours'), [], where);
        assert.deepEqual(await panel.page.evaluate(FAINT), [], where);
      }
      await panel.close();
    });
  }

  for (const width of [320, 500]) {
    it(`never scrolls sideways at a width of ${width} pixels, which is 200 % of twice as much`, async function () {
      this.timeout(60_000);
      const panel = await harness.open({ width });
      for (const state of STATES) {
        await enter(panel, state);
        const wide = await panel.page.evaluate<number>('document.documentElement.scrollWidth');
        assert.ok(wide <= width, `${state.name} is ${wide} pixels wide`);
      }
      await panel.close();
    });
  }

  for (const [index, theme] of THEMES.entries()) {
    it(`of the memory report in ${theme}`, async function () {
      this.timeout(60_000);
      const report = await harness.openReport({ theme });
      const rules = index === 0 ? 'all' : 'colours';
      await loadAxe(report.page);
      assert.deepEqual(await findings(report.page, rules), [], `before it has come, in ${theme}`);
      for (const name of Object.keys(REPORTS) as ReportName[]) {
        await report.show(name);
        await report.page.evaluate(
          "document.querySelectorAll('details').forEach((each) => (each.open = true))",
        );
        assert.deepEqual(await findings(report.page, rules), [], `${name} in ${theme}`);
      }
      await report.say({ type: 'unavailable', message: 'The memory cannot be read.' });
      assert.deepEqual(await findings(report.page, rules), [], `without a report, in ${theme}`);
      await report.close();
    });
  }

  it('moves nothing where motion is not wanted, by the system or by the editor', async () => {
    const moving = `document.getAnimations()
      .filter(({ effect }) => effect.getKeyframes().some((frame) => frame.transform !== undefined)).length`;
    for (const reducedMotion of [true, false]) {
      const panel = await harness.open({ reducedMotion });
      await panel.show('running');
      if (!reducedMotion) assert.ok(Number(await panel.page.evaluate(moving)) > 0);
      await panel.page.evaluate("document.body.classList.add('vscode-reduce-motion')");
      assert.equal(await panel.page.evaluate(moving), 0);
      assert.ok(
        Number(await panel.page.evaluate('document.getAnimations().length')) > 0,
        'what works pulses',
      );
      await panel.close();
    }
  });
});
