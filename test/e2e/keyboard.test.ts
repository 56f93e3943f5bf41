import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, poll, type Editor } from '../integration/driver';
import { RunPage } from './runPage';

/** The name of what has the focus in the page, '' where it is the page itself. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return '';
  return (element.getAttribute('aria-label') ?? element.labels?.[0]?.textContent ?? element.textContent).trim();
})()`;

describe('without a mouse', () => {
  let editor: Editor;
  before(async () => {
    editor = await openEditor();
  });
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('a question is asked, its answer read, judged and followed up', async () => {
    const question = 'What is the glossary’s word for a seiche?';
    const { keyboard } = editor.page;
    await keyboard.press('Control+Alt+r');
    await editor.quickInput().waitFor();
    await keyboard.type(question);
    await keyboard.press('Enter');
    const page = await RunPage.of(editor, question);
    await page.answered();
    const focused = async () => String(await page.document.locator('body').evaluate(FOCUSED));

    const order: string[] = [];
    for (let step = 0; step < 80 && order.at(-1) !== 'Accept'; step++) {
      await keyboard.press('Tab');
      order.push(await focused());
    }
    // As it is read: what was asked, what came of it, where from, and then the verdict.
    const places = [/^Go to answer$/, /^Research again$/, /^Copy/, /^Source 1/, /^Reason/, /^Accept$/].map(
      (name) => order.findIndex((each) => name.test(each)),
    );
    assert.ok(!places.includes(-1), order.join('\n'));
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
      order.join('\n'),
    );

    await keyboard.press('Space');
    await page.shows(/^Accepted/);
    await poll('the follow-up field', async () => {
      await keyboard.press('Tab');
      return (await focused()) === 'Follow-up question';
    });
    await keyboard.type('And for a thermocline?');
    await keyboard.press('Enter');
    await RunPage.of(editor, 'Follows an earlier answer');
  });
});
