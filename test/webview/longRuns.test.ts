/** A run of 5,000 events keeps the page small, its frames short and its memory flat. */
import assert from 'node:assert/strict';
import { HARD_RUNS } from '../fakes/hard-run-events';
import { longRun } from '../fakes/run-events';
import { startHarness, type Harness, type Panel } from './harness';
import { requireBrowser } from './setup';

const EVENTS = 5_000;
const BATCH = 50;

describe('the panel over a long run', function () {
  this.timeout(60_000);
  let harness: Harness;
  let panel: Panel;

  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
  });
  after(() => harness?.close());
  beforeEach(async () => {
    panel = await harness.open();
  });
  afterEach(() => panel.close());

  const count = (what: string) => panel.page.evaluate<number>(what);
  const nodes = () => count("document.querySelectorAll('*').length");

  async function deliverAll(until = EVENTS, from = 0): Promise<void> {
    const events = longRun(EVENTS);
    for (let start = from; start < until; start += BATCH) {
      await panel.deliver(events.slice(start, Math.min(until, start + BATCH)), { reset: start === 0 });
    }
  }

  it('has as many nodes at its end as after its first tenth', async () => {
    await deliverAll(EVENTS / 10);
    const early = await nodes();
    await deliverAll(EVENTS, EVENTS / 10);
    assert.ok((await nodes()) <= early + 10, `${await nodes()} after ${early}`);
  });

  it('lets go of the rows that it shows no more', async () => {
    const session = await panel.page.context().newCDPSession(panel.page);
    await session.send('Performance.enable');
    const held = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      // Those in the document, and those that something still refers to.
      return metrics.find(({ name }) => name === 'Nodes')?.value ?? NaN;
    };
    await deliverAll(EVENTS / 10);
    const early = await held();
    await deliverAll(EVENTS / 2, EVENTS / 10);
    assert.ok((await held()) <= early * 1.2, `${await held()} nodes after ${early}`);
  });

  it('does not jump for who reads further up', async () => {
    await deliverAll(EVENTS / 10);
    const top = () => count("document.querySelector('.cards').getBoundingClientRect().top");
    await panel.page.evaluate('scrollTo(0, 120)');
    const before = await top();
    await deliverAll(EVENTS / 5, EVENTS / 10);
    assert.equal(await top(), before);
  });

  it('keeps the memory of the page within what its events take', async () => {
    const session = await panel.page.context().newCDPSession(panel.page);
    const heap = async () => {
      await session.send('HeapProfiler.collectGarbage');
      return (await session.send('Runtime.getHeapUsage')).usedSize;
    };
    await deliverAll();
    const once = await heap();
    for (let again = 0; again < 3; again++) await panel.deliver(longRun(EVENTS), { reset: true });
    const often = await heap();
    assert.ok(often < once * 1.25 + 1e6, `${often} bytes after ${once}`);
  });

  it('shows a window of a long plan', async () => {
    await panel.deliver(HARD_RUNS.unknownCost, { reset: true });
    assert.equal(await panel.page.locator('.task').count(), 40);
    await panel.page.getByRole('button', { name: '20 earlier tasks' }).click();
    await panel.painted();
    assert.equal(await panel.page.locator('.task').count(), 60);
  });
});
