/** What 5,000 events cost the page of a run, beside a page that makes a plain row of each. */
import type { Page } from 'playwright-core';
import type { RunEvent } from '../../src/core/agent/events';
import { longRun } from '../../test/fakes/run-events';
import { startHarness, type Panel } from '../../test/webview/harness';
import { median } from '../table/figure';
import type { Figure } from './figure';

const EVENTS = 5_000;
/** Events in a message: of a run that is quick, in the 32 ms for which the host gathers them. */
const BATCH = 50;
const REPETITIONS = 3;
const MB = 1024 * 1024;

/** A list item with the text of each event. */
const PLAIN_ROWS = `(() => {
  const list = document.querySelector('ul');
  addEventListener('message', ({ data }) => {
    data.events.forEach((event) => {
      const row = document.createElement('li');
      row.textContent = event.chunk ?? event.text ?? event.preview ?? JSON.stringify(event.arguments ?? event.type);
      list.append(row);
    });
  });
})()`;

interface Cost {
  /** Of the main thread, milliseconds. */
  readonly time: number;
  /** Of JavaScript, after a collection: with half of the events, and with all. Bytes. */
  readonly heap: readonly [half: number, all: number];
  /** In the document, likewise. */
  readonly nodes: readonly [half: number, all: number];
}

export async function measurePage(): Promise<readonly Figure[]> {
  const harness = await startHarness();
  const batches = batchesOf(longRun(EVENTS));
  const panels: Cost[] = [];
  const plain: Cost[] = [];
  for (let n = 0; n < REPETITIONS; n++) {
    const panel = await harness.open();
    panels.push(await costOf(panel, batches));
    await panel.close();
    const rows = await harness.open();
    await rows.page.setContent('<ul></ul>'); // takes the panel and its listeners away
    await rows.page.evaluate(PLAIN_ROWS);
    plain.push(await costOf(rows, batches));
    await rows.close();
  }
  await harness.close();
  const time = (costs: readonly Cost[]) => median(costs.map((cost) => cost.time));
  const heap = (half: 0 | 1) => median(panels.map((cost) => cost.heap[half])) / MB;
  const nodes = (half: 0 | 1) => median(panels.map((cost) => cost.nodes[half]));
  const ratio = time(panels) / time(plain);
  const note = `${time(panels).toFixed(0)} ms to ${time(plain).toFixed(0)} ms`;
  return [
    { what: 'main thread of the page for 5,000 events, to plain rows', value: ratio, unit: 'times', note },
    { what: 'heap of the page after 2,500 events', value: heap(0), unit: 'MB' },
    { what: 'heap of the page after 5,000 events', value: heap(1), unit: 'MB' },
    {
      what: 'nodes of the page after 5,000 events, to those after 2,500',
      value: nodes(1) / nodes(0),
      unit: 'times',
      budget: 1.1,
      note: `${nodes(1)} to ${nodes(0)}`,
    },
  ];
}

function batchesOf(events: readonly RunEvent[]): readonly (readonly RunEvent[])[] {
  return Array.from({ length: Math.ceil(events.length / BATCH) }, (_, i) =>
    events.slice(i * BATCH, (i + 1) * BATCH),
  );
}

async function costOf(panel: Panel, batches: readonly (readonly RunEvent[])[]): Promise<Cost> {
  const session = await panel.page.context().newCDPSession(panel.page);
  await session.send('Performance.enable');
  const metric = async (name: string) =>
    (await session.send('Performance.getMetrics')).metrics.find((each) => each.name === name)?.value ?? NaN;
  const heap = async () => {
    await session.send('HeapProfiler.collectGarbage');
    return metric('JSHeapUsedSize');
  };
  const before = await metric('TaskDuration');
  await deliver(panel.page, batches.slice(0, batches.length / 2), true);
  const half = await metric('TaskDuration');
  const halfHeap = await heap();
  const halfNodes = await metric('Nodes');
  const afterCollection = await metric('TaskDuration');
  await deliver(panel.page, batches.slice(batches.length / 2), false);
  const all = await metric('TaskDuration');
  return {
    time: 1000 * (half - before + all - afterCollection),
    heap: [halfHeap, await heap()],
    nodes: [halfNodes, await metric('Nodes')],
  };
}

/** A message a frame, as they come in a run that is quick; then until all is painted. */
async function deliver(
  page: Page,
  batches: readonly (readonly RunEvent[])[],
  isFirst: boolean,
): Promise<void> {
  const messages = batches.map((events, i) => ({
    type: 'events',
    runId: events[0]?.runId,
    reset: isFirst && i === 0,
    live: true,
    events,
  }));
  await page.evaluate(`new Promise((done) => {
    const messages = ${JSON.stringify(messages)};
    const next = () => {
      const message = messages.shift();
      if (message) postMessage(message, '*');
      (message ? requestAnimationFrame : (after) => setTimeout(after, 500))(message ? next : done);
    };
    next();
  })`);
}
