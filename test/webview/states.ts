/** Every state of the panel: what each run shows, and what a person's own steps in it open. */
import { HARD_RUNS, LIVE_HARD_RUNS } from '../fakes/hard-run-events';
import { LIVE, RUNS } from '../fakes/run-events';
import type { RunEvent } from '../../src/core/agent/events';
import type { Panel } from './harness';

export interface State {
  readonly name: string;
  /** Undefined before the host has said anything. */
  readonly events?: readonly RunEvent[];
  readonly live: boolean;
  /** What the person does there. */
  readonly act?: (panel: Panel) => Promise<void>;
}

const ALL = { ...RUNS, ...HARD_RUNS };
const LIVE_NAMES: ReadonlySet<string> = new Set<string>([...LIVE, ...LIVE_HARD_RUNS]);

const after = (name: string, run: keyof typeof ALL, act: (panel: Panel) => Promise<void>): State => ({
  name,
  events: ALL[run],
  live: LIVE_NAMES.has(run),
  act,
});
const press = (name: string | RegExp) => async (panel: Panel) => {
  await panel.page.getByRole('button', { name }).first().click();
};
const openAll = async (panel: Panel) => {
  await panel.page.evaluate("document.querySelectorAll('summary').forEach((each) => each.click())");
};
const refuse = async (panel: Panel) => {
  await panel.page.evaluate("panel.refuse = 'VS Code could not do that: the file is not there any more.'");
};

const OPENED = [
  ...(['planning', 'running', 'searchesAllowed', 'denied', 'longCall', 'made'] as const),
  ...(['reuse', 'learned', 'large'] as const),
];

export const STATES: readonly State[] = [
  { name: 'opening', live: false },
  {
    name: 'unavailable',
    live: false,
    act: async (panel) => {
      await panel.page.evaluate("panel.deliver({ type: 'unavailable', message: 'Its log is gone.' })");
    },
  },
  ...Object.entries(ALL).map(([name, events]) => ({ name, events, live: LIVE_NAMES.has(name) })),
  ...OPENED.map((name) => after(`${name}-opened`, name, openAll)),
  after('approval-edited', 'approval', async (panel) => {
    await press('Edit')(panel);
    await panel.page.getByRole('textbox', { name: 'Code', exact: true }).fill('print(7.0)\nprint("\u200b")');
  }),
  after('approval-refused', 'approval', async (panel) => {
    await refuse(panel);
    await panel.page.getByLabel('Reason for denying (optional)').fill('Use the tables.');
    await press('Deny')(panel);
  }),
  after('plan-edited', 'planReviewed', async (panel) => {
    await press('Leave out task 2')(panel);
    await press('Add a task')(panel);
    await refuse(panel);
    await press('Do this plan')(panel);
  }),
  after('judgement-changed', 'judged', press('Change')),
  after('follow-up-typed', 'answered', async (panel) => {
    await refuse(panel);
    await panel.page.getByRole('textbox', { name: 'Follow-up question' }).fill('And at springs? '.repeat(20));
    await press('Ask')(panel);
  }),
  after('steering-typed', 'running', async (panel) => {
    await panel.page.getByRole('textbox', { name: 'Guide the run' }).fill('Springs, not neaps.');
  }),
  after('click-refused', 'answered', async (panel) => {
    await refuse(panel);
    await press(/^Source 1/)(panel);
  }),
];

/** Brings the page, which may show another state, into this one. */
export async function enter(panel: Panel, { events, live, act }: State): Promise<void> {
  await panel.page.evaluate('panel.refuse = null');
  if (events) {
    // Nothing of the state before stays, open or typed.
    await panel.page.evaluate("panel.deliver({ type: 'unavailable', message: '' })");
    await panel.painted();
    await panel.deliver(events, { reset: true, live });
  }
  await act?.(panel);
  await panel.painted();
}
