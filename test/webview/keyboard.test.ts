/** The panel without a mouse: everything is reached, rings are seen, and the focus is never lost. */
import assert from 'node:assert/strict';
import type { RunEventBody } from '../../src/core/agent/events';
import { HARD_RUNS } from '../fakes/hard-run-events';
import { eventsOf, RUNS } from '../fakes/run-events';
import { startHarness, type Harness, type Panel } from './harness';
import { requireBrowser } from './setup';

const FOCUSED = `(() => {
  const { activeElement: element } = document;
  return (element.getAttribute('aria-label') ?? element.textContent).trim().slice(0, 60) + ' <' + element.localName + '>';
})()`;

describe('the panel by keyboard', () => {
  let harness: Harness;
  let panel: Panel;
  const focused = () => panel.page.evaluate<string>(FOCUSED);
  const button = (name: string | RegExp) => panel.page.getByRole('button', { name, exact: true });
  const press = (key: string) => panel.page.keyboard.press(key);
  const more = (...bodies: readonly RunEventBody[]) => panel.deliver(eventsOf(bodies));

  before(async function () {
    requireBrowser(this);
    harness = await startHarness();
  });
  after(() => harness?.close());
  beforeEach(async () => {
    panel = await harness.open();
  });
  afterEach(async () => {
    assert.deepEqual(panel.errors, []);
    await panel.close();
  });

  for (const [name, wanted] of [
    [
      'answered',
      ['Research again <button>', 'Copy <button>', 'Accept <button>', 'Reject <button>', 'Ask <button>'],
    ],
    ['planReviewed', ['Go to plan <button>', 'Stop <button>', 'Task 2 <textarea>', 'Do this plan <button>']],
    ['searchAsked', ['Approve <button>', 'Approve all searches of this run <button>', 'Deny <button>']],
    ['secondApproval', ['Go to approval <button>', 'Stop <button>', 'Edit <button>', 'Send <button>']],
  ] as const) {
    it(`reaches everything in “${name}” from the top down, with a ring that is seen`, async () => {
      await panel.deliver({ ...RUNS, ...HARD_RUNS }[name], { reset: true, live: name !== 'answered' });
      await panel.page.mouse.click(2, 2);
      const seen: string[] = [];
      let last = -Infinity;
      for (let step = 0; step < 80; step++) {
        await press('Tab');
        if ((await panel.page.evaluate('document.activeElement === document.body')) === true) break;
        const [top, ring] = await panel.page.evaluate<[number, boolean]>(`(() => {
          const element = document.activeElement;
          const drawn = (pseudo) => parseFloat(getComputedStyle(element, pseudo).outlineWidth) >= 2 &&
            getComputedStyle(element, pseudo).outlineStyle !== 'none';
          return [element.getBoundingClientRect().top + scrollY, drawn() || drawn('::after')];
        })()`);
        const at = await focused();
        assert.ok(ring, `a ring on ${at}`);
        if (!(await panel.page.evaluate("!!document.activeElement.closest('.status-bar, .cards')"))) {
          assert.ok(top > last - 40, `${at} comes after what stands above it`);
          last = top;
        }
        seen.push(at);
      }
      for (const each of wanted) assert.ok(seen.includes(each), `${each} in ${seen.join(', ')}`);
      const reachable = await panel.page.evaluate(
        "[...document.querySelectorAll('button, input, textarea, summary, a[href]')].filter((each) => each.checkVisibility()).length",
      );
      assert.ok(seen.length >= Number(reachable), 'everything is in the order of Tab');
    });
  }

  it('keeps the focus near when what had it goes', async () => {
    await panel.show('running');
    await button('Stop').focus();
    await more({ type: 'run.finished', outcome: 'cancelled' });
    assert.equal(await focused(), 'This run <div>');
    await press('Tab');
    assert.equal(await focused(), 'Research again <button>');

    await panel.show('planning');
    await button(/^Not this one: .*outer basin/).focus();
    await more({ type: 'case.excluded', caseId: 'case-depth' });
    assert.match(await focused(), /<li>$/);

    await panel.show('running');
    await panel.page.getByRole('textbox', { name: 'Guide the run' }).focus();
    await more({ type: 'run.finished', outcome: 'cancelled' });
    assert.notEqual(await panel.page.evaluate('document.activeElement === document.body'), true);
  });

  it('leaves the focus where a click put it', async () => {
    await panel.show('running');
    await button('Stop').focus();
    await panel.page.mouse.click(2, 2);
    await more({ type: 'run.finished', outcome: 'cancelled' });
    assert.match(await focused(), /<body>$/);
  });

  it('goes to the first of the rows that a click brings', async () => {
    await panel.show('large');
    await button(/earlier tool calls$/).focus();
    await press('Enter');
    await panel.painted();
    assert.notEqual(await panel.page.evaluate('document.activeElement === document.body'), true);
    assert.ok(await panel.page.evaluate("!!document.activeElement.closest('.calls')"));
  });

  it('keeps the focus on a mark while the answer is written on', async () => {
    await panel.show('writing');
    await button(/^Source 1/)
      .first()
      .focus();
    await more({ type: 'answer.delta', text: 'enter at all [e3].' });
    assert.match(await focused(), /^Source 1/);
  });

  it('closes with Escape what it opened, and goes back to the button', async () => {
    await panel.show('approval');
    await button('Edit').focus();
    await press('Enter');
    assert.equal(await focused(), 'Code <textarea>');
    await press('Escape');
    assert.equal(await focused(), 'Edit <button>');
    assert.equal(await panel.page.getByRole('textbox', { name: 'Code', exact: true }).count(), 0);

    await panel.show('judged');
    await button('Change').focus();
    await press('Enter');
    assert.equal(await button('Change').getAttribute('aria-expanded'), 'true');
    assert.match(await focused(), /<textarea>$/);
    await press('Escape');
    assert.equal(await focused(), 'Change <button>');
    assert.equal(await button('Change').getAttribute('aria-expanded'), 'false');
  });

  it('does not throw away with Escape what was written', async () => {
    await panel.show('approval');
    await button('Edit').click();
    await panel.page.keyboard.type('import os\n');
    await press('Escape');
    assert.match(
      await panel.page.getByRole('textbox', { name: 'Code', exact: true }).inputValue(),
      /import os/,
    );
  });

  it('dismisses a message with Escape, and goes back to where it came from', async () => {
    await panel.show('answered');
    await panel.page.evaluate("panel.refuse = 'The file is gone.'");
    await button('Research again').focus();
    await press('Enter');
    await panel.page.getByText('The file is gone.').waitFor();
    const asked = panel.page.getByRole('textbox', { name: 'Follow-up question' });
    await asked.focus();
    await asked.fill('x');
    await press('Tab');
    await press('Tab');
    assert.equal(await focused(), 'Dismiss <button>');
    await press('Escape');
    await panel.page.getByText('The file is gone.').waitFor({ state: 'detached' });
    assert.equal(await focused(), 'Ask <button>');
  });

  it('sends with Enter, starts a line with Shift+Enter, and keeps what could not be sent', async () => {
    await panel.show('running');
    const field = panel.page.getByRole('textbox', { name: 'Guide the run' });
    await field.focus();
    await panel.page.keyboard.type('Springs,');
    await press('Shift+Enter');
    await panel.page.keyboard.type('not neaps.');
    await panel.page.evaluate("panel.refuse = 'Not now.'");
    await press('Enter');
    await panel.page.getByText('Not now.').waitFor();
    assert.equal(await field.inputValue(), 'Springs,\nnot neaps.');
    await panel.page.evaluate('panel.refuse = null');
    await press('Enter');
    await panel.painted();
    assert.equal(await field.inputValue(), '');
    assert.deepEqual((await panel.requests()).at(-1), { type: 'steer', text: 'Springs,\nnot neaps.' });
    assert.equal(await focused(), 'Guide the run <textarea>');
    await press('Enter');
    assert.equal((await panel.requests()).length, 2, 'nothing is sent where nothing is written');
  });

  it('sends a plan, changed code and a reason by keyboard', async () => {
    await panel.deliver(HARD_RUNS.planReviewed, { reset: true });
    await panel.page.getByRole('textbox', { name: 'Task 1' }).focus();
    await press('Control+Enter');
    assert.match(JSON.stringify((await panel.requests()).at(-1)), /^{"type":"plan","cycle":1/);
    await panel.show('approval');
    await button('Edit').click();
    await panel.page.keyboard.type('# changed\n');
    await press('Control+Enter');
    assert.match(JSON.stringify((await panel.requests()).at(-1)), /"approve".*changed/);
    await panel.painted();
    await panel.page.getByLabel('Reason for denying (optional)').fill('No.');
    await press('Enter');
    assert.deepEqual((await panel.requests()).at(-1), {
      type: 'deny',
      approvalId: 'approval-1',
      reason: 'No.',
    });
  });

  it('leads to what waits, and to the answer', async () => {
    await panel.show('running');
    await panel.page.getByRole('textbox', { name: 'Guide the run' }).focus();
    await panel.show('approval');
    assert.equal(await focused(), 'Guide the run <textarea>', 'what waits does not take the focus');
    await button('Go to approval').click();
    assert.equal(await focused(), 'Run this code? <div>');
    await panel.show('answered');
    await button('Go to answer').click();
    assert.equal(await focused(), 'Answer <section>');
  });
});
