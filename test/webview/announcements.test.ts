/** What a screen reader says over a run: a handful of sentences, and never every event. */
import assert from 'node:assert/strict';
import { HARD_RUNS } from '../fakes/hard-run-events';
import { answered, eventsOf, longRun, RUNS } from '../fakes/run-events';
import { news, standing } from '../../webview-ui/announcements';
import { initialPanelState, receive, type PanelState } from '../../webview-ui/state';
import type { RunEvent } from '../../src/core/agent/events';
import { startHarness, type Harness, type Panel } from './harness';
import { requireBrowser } from './setup';

const panelAfter = (events: readonly RunEvent[], live = true): PanelState =>
  receive(initialPanelState, { type: 'events', runId: 'run', reset: true, live, events });

/** Everything that is said where each event is heard by itself. */
function sentences(events: readonly RunEvent[]): string[] {
  let heard: ReturnType<typeof standing> | null = null;
  return events.flatMap((_, index) => {
    const panel = panelAfter(events.slice(0, index + 1), index + 1 < events.length);
    const words = news(heard, panel);
    if (words === '') return [];
    heard = standing(panel);
    return [words];
  });
}

describe('what a screen reader says', () => {
  it('is the plan, each task, and the answer', () => {
    assert.deepEqual(sentences(eventsOf(answered.slice(0, -1))), [
      'Looking for past cases.',
      'Plan made: 3 tasks.',
      'Task 1 done. 2 to go.',
      'Task 2 done. 1 to go.',
      'Task 3 done.',
      'The answer is ready.',
    ]);
  });

  it('is together what happened together', () => {
    const before = standing(panelAfter(HARD_RUNS.unknownCost.slice(0, 4)));
    assert.equal(news(before, panelAfter(HARD_RUNS.unknownCost)), '49 tasks done. 6 tasks failed. 5 to go.');
  });

  it('is how a run stands that is opened, and not what it did', () => {
    assert.equal(news(null, panelAfter(RUNS.answered, false)), 'The answer is ready.');
    assert.equal(news(null, panelAfter(RUNS.interrupted, false)), 'Interrupted.');
    assert.match(news(null, panelAfter(RUNS.failed, false)), /^Failed\. The server .* refused the key/);
    assert.equal(news(null, panelAfter(RUNS.running)), 'Working on the plan.');
  });

  it('is that the model is waited for, once, and what was learned', () => {
    const waiting = sentences([...RUNS.empty, ...eventsOf([{ type: 'notice', code: 'n', message: 'x' }])]);
    assert.deepEqual(waiting.slice(0, -1), [
      'Looking for past cases.',
      'Waiting for the model: The server is busy (429).',
    ]);
    const judged = standing(panelAfter(RUNS.judged, false));
    assert.equal(news(judged, panelAfter(RUNS.learned, false)), '2 lessons learned.');
  });
});

describe('the live regions of the panel', () => {
  let harness: Harness;
  let panel: Panel;

  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
  });
  after(() => harness?.close());
  beforeEach(async () => {
    panel = await harness.open();
    await panel.page.evaluate(`(() => {
      globalThis.spoken = [];
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const region = (target.nodeType === 1 ? target : target.parentElement)?.closest('[aria-live], [role=status], [role=alert]');
          if (region && region.textContent !== '') spoken.push([region.getAttribute('aria-live') ?? region.role, region.textContent]);
        }
      }).observe(document.getElementById('root'), { childList: true, characterData: true, subtree: true });
    })()`);
  });
  afterEach(() => panel.close());
  const spoken = async (): Promise<[string, string][]> => {
    await panel.painted();
    return panel.page.evaluate<[string, string][]>('spoken');
  };

  it('say little over 5,000 events', async function () {
    this.timeout(60_000);
    const events = longRun(5_000);
    for (let start = 0; start < events.length; start += 100) {
      await panel.deliver(events.slice(start, start + 100), { reset: start === 0 });
    }
    const said = await spoken();
    assert.ok(said.length > 0 && said.length <= 4, JSON.stringify(said));
  });

  it('ask for an approval at once, and once', async () => {
    const events = HARD_RUNS.secondApproval;
    const first = events.findIndex(({ type }) => type === 'approval.requested');
    await panel.deliver(events.slice(0, first + 1), { reset: true });
    await panel.deliver(eventsOf([{ type: 'tool.output', callId: 'c4', chunk: 'x\n' }]));
    await panel.deliver(eventsOf([{ type: 'notice', code: 'n', message: 'A notice.' }]));
    const urgent = (await spoken()).filter(([how]) => how === 'assertive');
    assert.equal(urgent.length, 1, JSON.stringify(urgent));
    assert.match(urgent[0]?.[1] ?? '', /^Approval needed: Run this code in the terminal\?/);
  });

  it('say that the answer is ready after what came before it, and that the plan waits', async () => {
    await panel.show('review');
    assert.match(JSON.stringify(await spoken()), /A plan waits for your review/);
    await panel.show('answered');
    await panel.page.getByRole('status').getByText('The answer is ready.').waitFor({ state: 'attached' });
  });
});
