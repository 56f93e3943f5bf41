/** The panel in Chromium: what a person and a screen reader find, and what their clicks ask of the host. */
import assert from 'node:assert/strict';
import { startHarness, type Harness, type Panel } from './harness';
import { eventsOf, longRun, RUN_ID, RUNS } from '../fakes/run-events';
import { HARD_RUNS } from '../fakes/hard-run-events';
import { requireBrowser } from './setup';

describe('the panel', () => {
  let harness: Harness;
  let panel: Panel;
  const role = (...args: Parameters<Panel['page']['getByRole']>) => panel.page.getByRole(...args);
  const button = (name: string) => role('button', { name, exact: true });

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
    assert.deepEqual(panel.strayRequests, []);
    await panel.close();
  });

  it('says that it is ready, and remembers the run that it is given', async () => {
    assert.deepEqual(await panel.page.evaluate('panel.posted'), [{ type: 'ready' }]);
    await panel.show('starting');
    assert.deepEqual(await panel.page.evaluate('panel.state'), { runId: RUN_ID });
  });

  it('shows what it has in it before it asks, and then what it is told', async () => {
    const first = { type: 'events', runId: RUN_ID, reset: true, live: true, events: RUNS.starting } as const;
    const page = await harness.open({ first });
    const question = page.page.getByRole('heading', { level: 1 });
    const shown = await question.innerText();
    assert.notEqual(shown, '');
    assert.deepEqual(await page.page.evaluate('panel.state'), { runId: RUN_ID });
    await page.show('answered');
    assert.equal(await question.innerText(), shown);
    assert.equal(await page.page.getByRole('button', { name: 'Stop', exact: true }).count(), 0);
    assert.deepEqual(page.errors, []);
    await page.close();
  });

  it('has its regions in every state', async () => {
    for (const name of Object.keys(RUNS) as (keyof typeof RUNS)[]) {
      await panel.show(name);
      for (const region of ['Retrieved cases', 'Plan', 'Answer']) {
        assert.equal(await role('region', { name: region, exact: true }).count(), 1, `${region} in ${name}`);
      }
    }
  });

  it('offers Stop while the run is under way, and then to research again', async () => {
    await panel.show('running');
    await button('Stop').click();
    assert.deepEqual(await panel.requests(), [{ type: 'stop' }]);
    await panel.show('cancelled');
    assert.equal(await button('Stop').count(), 0);
    await button('Research again').click();
    assert.deepEqual((await panel.requests()).at(-1), { type: 'researchAgain' });
  });

  it('offers to go on with an interrupted run, and says why it cannot be', async () => {
    await panel.show('interrupted');
    await panel.page.evaluate("panel.refuse = 'That run is under way in another window.'");
    await button('Resume').click();
    assert.deepEqual(await panel.requests(), [{ type: 'resume' }]);
    await panel.page.getByText('under way in another window').waitFor();
    await panel.show('cancelled');
    assert.equal(await button('Resume').count(), 0);
  });

  it('shows a run that is not under way in this window as interrupted, with nothing to approve', async () => {
    await panel.deliver(RUNS.approval, { reset: true, live: false });
    await role('region', { name: 'Answer' }).getByText('This run was interrupted').waitFor();
    assert.equal(await button('Approve').count(), 0);
    assert.equal(await button('Stop').count(), 0);
  });

  it('shows the exact code, and approves it by its one-time id', async () => {
    await panel.show('approval');
    const card = role('group', { name: 'Run this code?' });
    assert.equal(
      await card.getByLabel('Code', { exact: true }).textContent(),
      'depth = 7.5\nclearance = 0.5\nprint(f"{depth - clearance:.1f} m")\n',
    );
    assert.match((await panel.page.locator('[aria-live=assertive]').textContent()) ?? '', /^Approval needed/);
    await button('Approve').click();
    assert.deepEqual(await panel.requests(), [{ type: 'approve', approvalId: 'approval-1' }]);
    await panel.show('running');
    assert.equal(await button('Approve').count(), 0);
  });

  it('approves a search alone, or all of the run where the person chooses that', async () => {
    const again = () => panel.deliver(HARD_RUNS.searchAsked, { reset: true });
    await again();
    const card = role('group', { name: 'Call this tool?' });
    assert.deepEqual(await card.getByRole('button').allTextContents(), [
      'Approve',
      'Approve all searches of this run',
      'Deny',
    ]);
    await button('Approve').click();
    await again();
    await button('Approve all searches of this run').focus();
    await panel.page.keyboard.press('Enter');
    const approve = { type: 'approve', approvalId: 'approval-5' } as const;
    assert.deepEqual(await panel.requests(), [approve, { ...approve, holdsFor: 'searches' }]);
  });

  it('offers to approve more only where the run asks so, and says afterwards what was approved', async () => {
    await panel.show('approval');
    assert.equal(await panel.page.getByRole('button', { name: /^Approve all/ }).count(), 0);
    await panel.deliver(HARD_RUNS.searchesAllowed, { reset: true });
    await panel.page.evaluate("document.querySelectorAll('summary').forEach((each) => each.click())");
    const shown = panel.page.getByLabel('Approved, with all searches of this run');
    assert.match((await shown.textContent()) ?? '', /^web_search \{"query":/);
    const later = panel.page.getByLabel('Ran without asking');
    assert.equal(await later.textContent(), 'You approved all searches of this run.');
  });

  it('lets the person change the code, and approves what they wrote', async () => {
    await panel.show('approval');
    await button('Edit').click();
    const code = panel.page.getByRole('textbox', { name: 'Code', exact: true });
    assert.match(await code.inputValue(), /^depth = 7\.5/);
    await code.fill('print(7.0)');
    await button('Approve as changed').click();
    assert.deepEqual(await panel.requests(), [
      { type: 'approve', approvalId: 'approval-1', edited: 'print(7.0)' },
    ]);
  });

  it('approves the code as it was once the changes are undone', async () => {
    await panel.show('approval');
    await button('Edit').click();
    await panel.page.getByRole('textbox', { name: 'Code', exact: true }).fill('print(\u200b7.0)');
    const shown = panel.page.getByLabel('Code, with what cannot be seen');
    assert.equal(await shown.textContent(), 'print(U+200B7.0)');
    await button('Undo changes').click();
    await button('Approve').click();
    assert.deepEqual(await panel.requests(), [{ type: 'approve', approvalId: 'approval-1' }]);
  });

  it('shows a plan to be reviewed, and sends it as the person left it', async () => {
    await panel.show('review');
    const form = role('form', { name: 'Review the plan' });
    await form.getByRole('textbox', { name: 'Task 4' }).fill('Find the depth at springs');
    await form.getByRole('button', { name: 'Leave out task 5' }).click();
    await form.getByRole('button', { name: 'Add a task' }).click();
    // The new task has the keyboard.
    await panel.page.keyboard.type('Ask the harbour master');
    await form
      .getByRole('group', { name: 'Task 7 needs the results of' })
      .getByRole('button', { name: 'Task 4' })
      .click();
    await panel.page.evaluate("panel.refuse = 'This plan cannot be done: task 6 says nothing.'");
    await button('Do this plan').click();
    await form.getByRole('alert').getByText('task 6 says nothing').waitFor();
    assert.deepEqual(await panel.requests(), [
      {
        type: 'plan',
        cycle: 2,
        tasks: [
          { id: 4, description: 'Find the depth at springs', dependsOn: [] },
          { id: 6, description: 'Compute the greatest draught that may enter at low water', dependsOn: [4] },
          { id: 7, description: 'Ask the harbour master', dependsOn: [4] },
        ],
      },
    ]);
    assert.match(
      (await panel.page.locator('[aria-live=assertive]').textContent()) ?? '',
      /A plan waits for your review/,
    );
    await panel.show('running');
    assert.equal(await form.count(), 0);
  });

  it('asks a follow-up, and leads back to what one follows', async () => {
    await panel.show('followUp');
    await role('button', { name: 'Follows an earlier answer' }).click();
    await panel.page.getByText('Understood as “How deep is the harbour at high water?”').waitFor();
    assert.equal(await button('Ask').isDisabled(), true);
    await role('textbox', { name: 'Follow-up question' }).fill('And at springs?');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.requests(), [
      { type: 'openRun', runId: '01JTESTRUN0000000000000001' },
      { type: 'followUp', question: 'And at springs?' },
    ]);
    await panel.show('failed');
    assert.equal(await button('Ask').count(), 0);
  });

  it('takes a case away, and says which one was', async () => {
    await panel.show('planning');
    await role('button', { name: /^Not this one: .*outer basin/ }).click();
    assert.deepEqual(await panel.requests(), [{ type: 'exclude', caseId: 'case-depth' }]);
    await panel.show('review');
    const cases = role('region', { name: 'Retrieved cases' });
    assert.equal(await cases.getByText('taken away by you').count(), 1);
    await panel.show('answered');
    assert.equal(await role('button', { name: /^Not this one/ }).count(), 0);
  });

  it('denies with a reason, and says why when the host refuses', async () => {
    await panel.show('approval');
    await panel.page.getByLabel('Reason for denying (optional)').fill('Use the tables.');
    await panel.page.evaluate("panel.refuse = 'This was answered already.'");
    await button('Deny').click();
    assert.deepEqual(await panel.requests(), [
      { type: 'deny', approvalId: 'approval-1', reason: 'Use the tables.' },
    ]);
    await panel.page.getByText('This was answered already.').waitFor();
  });

  it('gives the focus to an approval and never to its buttons', async () => {
    await panel.show('approval');
    const focused = panel.page.locator('*:focus');
    assert.equal(await focused.getAttribute('role'), 'group');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await panel.requests(), []);
    await panel.show('running');
    assert.equal(await focused.getAttribute('aria-label'), 'Plan');
  });

  it('spells out characters that would hide part of a command', async () => {
    const [...events] = RUNS.running;
    const seq = events.length;
    const command = 'echo safe \u202e&& rm -rf ~';
    await panel.deliver(
      [
        ...events,
        ...eventsOf([
          {
            type: 'approval.requested',
            callId: 'c4',
            approvalId: 'a2',
            what: 'command',
            command,
            code: null,
            reasons: [],
          },
        ]).map((event) => ({ ...event, seq })),
      ],
      { reset: true },
    );
    const shown = role('group', { name: 'Run this command?' }).getByLabel('Command', { exact: true });
    assert.equal(await shown.textContent(), 'echo safe U+202E&& rm -rf ~');
  });

  it('opens a source from its citation, in the text and in the list', async () => {
    await panel.show('answered');
    const answer = role('region', { name: 'Answer' });
    await answer
      .getByRole('button', { name: 'Source 1: docs/harbour.md lines 3-5, quote found', exact: true })
      .first()
      .click();
    await button('docs/regulations/under-keel-clearance.md:12').click();
    assert.deepEqual(await panel.requests(), [
      { type: 'openEvidence', evidenceId: 'e1', mark: 0 },
      { type: 'openEvidence', evidenceId: 'e2', mark: 0 },
    ]);
    const counts = {
      'quote found': 1,
      'claim supported': 2,
      'not verified': 1,
      'contradicted by its source': 2,
    };
    for (const [words, count] of Object.entries(counts)) {
      assert.equal(await answer.getByText(words, { exact: true }).count(), count, words);
    }
  });

  it('gives each mark of a source its own verdict, and says when a page was read', async () => {
    await panel.show('answered');
    const answer = role('region', { name: 'Answer' });
    const chips = answer.locator('button[data-evidence=e2]');
    const looks = [await chips.nth(0).getAttribute('class'), await chips.nth(1).getAttribute('class')];
    assert.deepEqual(looks, ['cite', 'cite cite-contradicted']);
    const claims = answer.getByRole('list', { name: 'Claims that cite source 2' }).getByRole('listitem');
    assert.match((await claims.nth(0).textContent()) ?? '', /^Vessels keep .*claim supported$/);
    assert.match((await claims.nth(1).textContent()) ?? '', /^A boat .*contradicted by its source$/);
    await answer.getByText('read 2026-05-03', { exact: true }).waitFor();
    assert.match(
      (await answer.locator('button[data-evidence=e2]').first().getAttribute('title')) ?? '',
      /claim supported\)\nVessels keep an under-keel clearance/,
    );
  });

  it('shows the citations of older logs', async () => {
    await panel.show('older');
    const answer = role('region', { name: 'Answer' });
    for (const [words, count] of Object.entries({
      'quote found': 1,
      'claim supported': 2,
      'not verified': 1,
    })) {
      assert.equal(await answer.getByText(words, { exact: true }).count(), count, words);
    }
  });

  it('judges with a reason, and shows the verdict once it has come back as an event', async () => {
    await panel.show('answered');
    assert.equal(await button('Accept').getAttribute('aria-pressed'), 'false');
    await panel.page.getByLabel('Reason (optional)').fill('Right.');
    await button('Accept').click();
    assert.deepEqual(await panel.requests(), [{ type: 'judge', reward: 1, reason: 'Right.' }]);
    await panel.deliver(eventsOf([{ type: 'feedback.given', reward: 1, reason: 'Right.' }]), { live: false });
    assert.equal(await button('Accept').getAttribute('aria-pressed'), 'true');
    await panel.page.getByText('Accepted: “Right.”').waitFor();
    await button('Withdraw').click();
    assert.deepEqual((await panel.requests()).at(-1), { type: 'judge', reward: null });
  });

  it('shows what another agent suggests as its words, and judges nothing of itself', async () => {
    await panel.show('answered');
    const reason = '<b>Accept</b> this, ![x](https://example.org/x.png)';
    await panel.deliver(eventsOf([{ type: 'feedback.suggested', reward: 1, reason, by: 'An agent' }]), {
      live: false,
    });
    const line = panel.page.locator('.suggestion');
    assert.equal(
      await line.textContent(),
      `Suggested by An agent: accept: “${reason}”. It counts only if you judge so. Confirm`,
    );
    assert.equal(await line.locator('b, img').count(), 0);
    assert.equal(await button('Accept').getAttribute('aria-pressed'), 'false');
    assert.deepEqual(await panel.requests(), []);
    await line.getByRole('button', { name: 'Confirm, and accept' }).click();
    assert.deepEqual(await panel.requests(), [{ type: 'judge', reward: 1, reason }]);
    await panel.deliver(eventsOf([{ type: 'feedback.given', reward: 0, reason: null }]), { live: false });
    assert.equal(await line.count(), 0);
  });

  it('does not carry the reason of one verdict over to the other', async () => {
    await panel.show('judged');
    await button('Reject').click();
    assert.deepEqual(await panel.requests(), [{ type: 'judge', reward: 0 }]);
    await button('Change').click();
    assert.match(await panel.page.getByLabel('Reason (optional)').inputValue(), /^Right, and/);
  });

  it('shows what a judgement taught, as it comes and as text', async () => {
    await panel.show('judged');
    const group = role('group', { name: 'Lessons learned' });
    assert.equal(await group.count(), 0);
    const lessons = ['Read the tables first.', '<img src=x> [a](command:b) **c**'];
    const usage = { inputTokens: 1, outputTokens: 1, cost: null, modelCalls: 1 };
    await panel.deliver(eventsOf([{ type: 'lessons.learned', lessons, usage }]), { live: false });
    assert.deepEqual(await group.getByRole('listitem').allTextContents(), lessons);
    assert.equal(await group.locator('img, a, strong').count(), 0);
    await panel.deliver(eventsOf([{ type: 'feedback.given', reward: 0, reason: null }]), { live: false });
    assert.equal(await group.count(), 0);
    await panel.show('unlearned');
    await panel.page.getByText('No lesson was learned: Nothing answers at').waitFor();
  });

  it('shows the lessons that go with a case, on demand and without opening the case', async () => {
    await panel.show('planning');
    const cards = role('region', { name: 'Retrieved cases', exact: true });
    const lesson = cards.getByText('Subtract the under-keel clearance before comparing with a draught.');
    assert.equal(await lesson.isVisible(), false);
    await cards.getByText('2 lessons', { exact: true }).click();
    assert.equal(await lesson.isVisible(), true);
    assert.deepEqual(await panel.requests(), []);
  });

  it('cannot be judged where there is no answer', async () => {
    for (const name of ['failed', 'cancelled', 'interrupted', 'running'] as const) {
      await panel.show(name);
      assert.equal(await button('Accept').count(), 0, name);
    }
  });

  it('offers to reuse an accepted answer', async () => {
    await panel.show('reuse');
    await panel.page.getByText('changed since: docs/regulations/under-keel-clearance.md').first().waitFor();
    await button('Reuse answer').click();
    assert.deepEqual(await panel.requests(), [{ type: 'reuse', caseId: 'case-depth' }]);
  });

  it('opens a case, guides the run, and expands a call with its evidence', async () => {
    await panel.show('running');
    await button('When is high water at Dover on 4 May?').click();
    await panel.page.getByLabel('Guide the run').fill('Springs.');
    await panel.page.keyboard.press('Enter');
    await panel.page.locator('summary', { hasText: 'harbour depth low water' }).click();
    await button('docs/harbour.md:3-5').click();
    assert.deepEqual(await panel.requests(), [
      { type: 'openCase', caseId: 'case-tides' },
      { type: 'steer', text: 'Springs.' },
      { type: 'openEvidence', evidenceId: 'e1' },
    ]);
  });

  it('tells an empty memory from one with nothing similar', async () => {
    await panel.show('empty');
    await panel.page.getByText('No past cases yet').waitFor();
    await panel.show('failed');
    await panel.page.getByText('No similar past case').waitFor();
    await role('region', { name: 'Answer' }).getByText('refused the key (401)').waitFor();
  });

  it('takes 5,000 events and stays small and usable', async () => {
    await panel.deliver(longRun(5_000), { reset: true });
    await panel.page.getByText('1,249 tool calls', { exact: true }).waitFor();
    assert.ok(Number(await panel.page.evaluate("document.querySelectorAll('*').length")) < 1_500);
    await panel.page.locator('summary').last().click();
    await panel.page.getByText('took 180 ms').waitFor();
    await button('Stop').click();
    assert.deepEqual(await panel.requests(), [{ type: 'stop' }]);
  });

  it('says to a screen reader that the answer is copied', async () => {
    await panel.show('answered');
    await button('Copy').click();
    assert.deepEqual(await panel.requests(), [{ type: 'copyAnswer' }]);
    await role('status').getByText('Copied').waitFor({ state: 'attached' });
  });

  it('has one button that stands out where two approvals are asked for, and then the other', async () => {
    const approvals = () => panel.page.locator('.approval');
    const standingOut = () => approvals().locator('.primary');
    await panel.deliver(HARD_RUNS.secondApproval, { reset: true });
    assert.equal(await approvals().count(), 2);
    assert.equal(await standingOut().count(), 1);
    assert.equal(await approvals().first().locator('.primary').textContent(), 'Approve');
    const { seq, at, v, runId } = HARD_RUNS.secondApproval.at(-1)!;
    const given = { type: 'approval.resolved', approvalId: 'approval-1', decision: 'approved' } as const;
    await panel.deliver([{ v, runId, seq: seq + 1, at, ...given, callId: 'c4', reason: null }]);
    assert.equal(await approvals().count(), 1);
    assert.equal(await standingOut().count(), 1);
  });

  it('ignores malformed messages and what is left of another run', async () => {
    await panel.show('answered');
    for (const message of [null, 7, { type: 'events' }, { type: 'events', runId: 1 }, { type: 'nothing' }]) {
      await panel.page.evaluate(`panel.deliver(${JSON.stringify(message)})`);
    }
    await panel.page.evaluate(
      `panel.deliver({ type: 'events', runId: 'another', reset: false, live: true, events: [] })`,
    );
    await panel.painted();
    assert.equal(await button('Accept').count(), 1);
  });

  it('says in one sentence that a run cannot be shown', async () => {
    await panel.page.evaluate("panel.deliver({ type: 'unavailable', message: 'Its log is gone.' })");
    await panel.page.getByText('Its log is gone.').waitFor();
  });

  describe('what the code made', () => {
    beforeEach(() => panel.show('made'));
    const list = () => role('list', { name: 'Files made by run_code' });

    it('shows images as they are, and runs nothing in them', async () => {
      await panel.page.evaluate(
        "globalThis.heard = [], addEventListener('message', (e) => heard.push(e.data))",
      );
      for (const name of ['depth over the tide.svg', 'plots/heat.png']) {
        const image = list().getByRole('img', { name: `Image ${name}, made by this run` });
        await image.scrollIntoViewIfNeeded();
        assert.ok((await image.boundingBox())?.width);
      }
      await panel.page.waitForFunction(
        '[...document.images].filter((image) => image.complete && image.naturalWidth > 0).length === 2',
      );
      assert.deepEqual(await panel.page.evaluate('heard'), []);
    });

    it('says so where an image is none', async () => {
      await list().getByText('This image is not there any more, or is no image.').waitFor();
    });

    it('opens a file by its call and its path', async () => {
      await list().getByRole('button', { name: 'plots/heat.png', exact: true }).click();
      assert.deepEqual((await panel.requests()).at(-1), {
        type: 'openArtifact',
        callId: 'c4',
        path: 'workspace/c4/plots/heat.png',
      });
      assert.equal(await list().getByText('12.3 MB').count(), 1);
    });

    it('reads a table when it is asked for, by keyboard too', async () => {
      await list().getByText('Show the table').focus();
      await panel.page.keyboard.press('Enter');
      const table = list().getByRole('table');
      await table.waitFor();
      assert.deepEqual(await table.getByRole('columnheader').allInnerTexts(), [
        'time',
        'depth',
        'may enter, 7.2 m',
      ]);
      assert.equal(await table.getByRole('row').count(), 21);
      assert.equal(await table.getByRole('cell', { name: 'no, "wait"' }).first().innerText(), 'no, "wait"');
      await list().getByText('The file has more rows.').waitFor();
      assert.deepEqual((await panel.requests()).at(-1), {
        type: 'readArtifact',
        callId: 'c4',
        path: 'files/depths.csv',
      });
    });

    it('shows data indented, and why it cannot be read', async () => {
      await list().getByText('Show the data').click();
      assert.match(
        await list().getByLabel('Beginning of summary.json').innerText(),
        /^\{\n {2}"greatestDraught": 7,/,
      );
      await panel.show('made');
      await panel.page.evaluate("panel.refuse = 'The file is not there any more.'");
      await list().getByText('Show the table').click();
      await list().getByText('The file is not there any more.').waitFor();
    });
  });
});
