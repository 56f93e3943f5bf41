/** The panel and the memory report in another language: all of our words are in it, and nothing else has changed. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunEvent } from '../../src/core/agent/events';
import { experimentNote } from '../../src/core/agent/experimentNote';
import { foldRuns, initialRunState } from '../../src/core/agent/runState';
import { reportSections } from '../../src/core/memory/report/sections';
import { MADE } from '../fakes/madeFiles';
import { REPORTS, type ReportName } from '../fakes/memoryReports';
import { findings, loadAxe } from './axe';
import { startHarness, type Harness, type OpenPage } from './harness';
import { requireBrowser } from './setup';
import { enter, STATES } from './states';

const bundle = readFileSync(path.resolve(import.meta.dirname, '../../l10n/bundle.l10n.zh-cn.json'), 'utf8');
const CHINESE = { tag: 'zh-cn', bundle };

/** What a person does in the others is found by English words. */
const UNTOUCHED = STATES.filter(
  ({ name, act }) => !act || name.endsWith('-opened') || name === 'unavailable',
);

/** Said alike in both languages. */
const NAMES = new Set(
  'Memento Markdown HTML JSON CSV UTC VS Code kB MB Its log is gone'.toLowerCase().split(' '),
);

/** Everything that is seen or heard, a piece each; what tables hold are figures and the words of others. */
const SAID = `(() => {
  const said = [];
  const walk = document.createTreeWalker(
    document.getElementById('root'),
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) => (node.nodeName === 'TABLE' ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
  );
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (node.nodeType === Node.TEXT_NODE) said.push(node.data);
    else for (const name of ['aria-label', 'title', 'placeholder', 'alt']) said.push(node.getAttribute(name) ?? '');
  }
  return said.map((each) => each.trim()).filter((each) => each !== '');
})()`;

const STRUCTURE = `[...document.querySelectorAll('#root *')].map((each) =>
  [each.tagName, each.getAttribute('class'), each.getAttribute('role'), each.getAttribute('type')].join(' '))`;

/** Of a text, or of JSON with its escapes. */
const wordsOf = (text: string): readonly string[] =>
  (text.replace(/\\+[nrt]/g, ' ').match(/[A-Za-z]{2,}/g) ?? []).map((word) => word.toLowerCase());

/** Of a run: its log, the files that it made, and what the core says of them. */
function wordsFromElsewhere(events: readonly RunEvent[]): ReadonlySet<string> {
  const note = experimentNote(foldRuns(initialRunState, events)) ?? '';
  return new Set([
    ...NAMES,
    ...wordsOf(JSON.stringify([events, note, MADE, Object.values(MADE).map(String)])),
  ]);
}

async function englishWords({ page }: OpenPage, known: ReadonlySet<string>): Promise<readonly string[]> {
  const translations: Readonly<Record<string, string>> = JSON.parse(bundle) as Record<string, string>;
  const said = await page.evaluate<readonly string[]>(SAID);
  // The last may be cut off.
  const isKnown = (word: string, index: number, { length }: readonly string[]) =>
    known.has(word) || (index === length - 1 && [...known].some((each) => each.startsWith(word)));
  return said.filter((each) => !wordsOf(each).every(isKnown) || (translations[each] ?? each) !== each);
}

describe('the pages in Chinese', () => {
  let harness: Harness;
  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
  });
  after(() => harness?.close());

  it('show no English word of ours, in the same places, at any width', async function () {
    this.timeout(120_000);
    const english = await harness.open({ width: 320 });
    const panel = await harness.open({ width: 320, language: CHINESE });
    // What is said to screen readers comes seconds late, and may be of the state before.
    const known = new Set<string>();
    for (const state of UNTOUCHED) {
      await Promise.all([enter(english, state), enter(panel, state)]);
      for (const word of wordsFromElsewhere(state.events ?? [])) known.add(word);
      assert.deepEqual(await englishWords(panel, known), [], state.name);
      assert.deepEqual(
        await panel.page.evaluate(STRUCTURE),
        await english.page.evaluate(STRUCTURE),
        state.name,
      );
      assert.ok(
        (await panel.page.evaluate<number>('document.documentElement.scrollWidth')) <= 320,
        state.name,
      );
    }
    assert.deepEqual([panel.errors, panel.strayRequests], [[], []]);
    await Promise.all([english.close(), panel.close()]);
  });

  it('of the memory report too, beside the words that are counted elsewhere', async () => {
    const english = await harness.openReport();
    const report = await harness.openReport({ language: CHINESE });
    assert.deepEqual(await englishWords(report, NAMES), [], 'before it has come');
    for (const name of Object.keys(REPORTS) as ReportName[]) {
      await Promise.all([english.show(name), report.show(name)]);
      const counted = JSON.stringify([REPORTS[name], reportSections(REPORTS[name])]);
      assert.deepEqual(await englishWords(report, new Set([...NAMES, ...wordsOf(counted)])), [], name);
      assert.deepEqual(await report.page.evaluate(STRUCTURE), await english.page.evaluate(STRUCTURE), name);
    }
    assert.deepEqual(report.errors, []);
    await Promise.all([english.close(), report.close()]);
  });

  it('are as accessible as in English', async function () {
    this.timeout(60_000);
    const panel = await harness.open({ language: CHINESE });
    await loadAxe(panel.page);
    for (const state of UNTOUCHED.filter(({ name }) =>
      /^(approval|answered|made-opened|failed)$/.test(name),
    )) {
      await enter(panel, state);
      assert.deepEqual(await findings(panel.page), [], state.name);
    }
    await panel.close();
    const report = await harness.openReport({ language: CHINESE });
    await loadAxe(report.page);
    await report.show('helps');
    assert.deepEqual(await findings(report.page), []);
    await report.close();
  });
});
