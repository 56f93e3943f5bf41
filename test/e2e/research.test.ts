import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from '../integration/driver';
import { assertAccessible, assertNamed } from './accessibility';
import { ask, RunPage } from './runPage';

const QUESTION = 'Why did the North Buoy break loose, and who found it?';

/** A person at work: the palette, the panel, the tree. Everything runs: no part of the product is replaced. */
describe('research, as a person does it', () => {
  let editor: Editor;
  before(async () => {
    editor = await openEditor();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('answers with citations, is accepted, and becomes a case in the tree', async () => {
    const page = await ask(editor, QUESTION);
    await page.answered();
    assert.match(await page.region('Retrieved cases').innerText(), /no/i);
    assert.match(await page.region('Plan').innerText(), /search_workspace|Search/);
    assert.match(await page.region('Answer').innerText(), /quote found/i);
    await assertAccessible(page.document, 'an answer');

    await page.press('Accept');
    await page.shows(/^Accepted/);
    await editor.openView('Memento');
    await editor
      .treeRows('Cases')
      .filter({ hasText: QUESTION })
      .filter({ hasText: /accepted/i })
      .first()
      .waitFor();
    await assertNamed(editor.page, '.sidebar', 'the Cases view');
    await editor.screenshot('accepted');
  });

  it('retrieves the accepted case and offers to reuse it', async () => {
    const page = await ask(editor, QUESTION);
    await page.answered();
    const cases = await page.region('Retrieved cases').innerText();
    assert.match(cases, /accepted/i);
    assert.ok(cases.includes(QUESTION), cases);
    await page.shows(/You accepted an answer to this question before/);
    // All of it on one picture, which is.
    const { width, height } = editor.page.viewportSize() ?? { width: 1280, height: 800 };
    await editor.page.setViewportSize({ width, height: 1340 });
    await editor.screenshot('panel');
    await editor.page.setViewportSize({ width, height });
  });

  it('opens a source at the line that is cited, from its mark in the answer', async () => {
    const page = await ask(editor, QUESTION);
    await page.answered();
    const mark = page.region('Answer').locator('button[data-evidence]').first();
    const quote = ((await mark.getAttribute('title')) ?? '').split('\n').slice(1).join(' ');
    assert.ok(quote.length > 10, quote);
    await mark.click();
    await poll('the quoted lines', async () => {
      const opened = vscode.window.activeTextEditor;
      const lines = opened?.document.getText(opened.selection).replace(/\s+/g, ' ');
      return lines !== undefined && lines !== '' && lines.includes(quote);
    });
  });

  it('says so when the files do not support an answer', async () => {
    const page = await ask(editor, 'Which orchestra played at the opening of the opera house?');
    await page.shows(/Not supported by these files/);
    await assertAccessible(page.document, 'an abstention');
    await editor.screenshot('abstained');
  });

  it('takes a change of mind: rejected with a reason, accepted, and withdrawn', async () => {
    const question = 'Who is in charge of the instruments?';
    const page = await ask(editor, question);
    await page.answered();
    await page.field(/Reason/).fill('not what I asked');
    await page.press('Reject');
    await page.shows('“not what I asked”');
    await editor.openView('Memento');
    const row = editor.treeRows('Cases').filter({ hasText: question });
    await row.filter({ hasText: /rejected/ }).waitFor();

    await page.press('Change');
    await page.field(/Reason/).fill('right after all');
    await page.press('Accept');
    await page.shows('“right after all”');
    await row.filter({ hasText: /accepted/ }).waitFor();

    await page.press('Withdraw');
    await page.shows('Your verdict is what Memento learns from.');
    await row.filter({ hasText: /not judged/ }).waitFor();
  });

  it('forgets a case, and brings it back', async () => {
    const question = 'How many boats does the station have?';
    const page = await ask(editor, question);
    await page.answered();
    await editor.openView('Memento');
    const row = editor.treeRows('Cases').filter({ hasText: question });
    await row.waitFor();
    await editor.chooseInContextMenu(row, 'Forget Case');
    const toast = await editor.toast(/How many boats|orgotten/);
    await poll('the row to go', async () => (await row.count()) === 0);
    await toast.getByRole('button', { name: 'Undo' }).click();
    await row.waitFor();
  });

  it('follows up with what was found before', async () => {
    const page = await ask(editor, QUESTION);
    await page.answered();
    await page.followUp('What did it cost?');
    const next = await RunPage.of(editor, 'Follows an earlier answer');
    await next.document.getByRole('heading', { name: 'What did it cost?' }).waitFor();
    await next.press('Follows an earlier answer');
    await (await RunPage.of(editor, QUESTION)).answered();
  });
});
