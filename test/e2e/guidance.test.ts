import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { openEditor, type Editor } from '../integration/driver';
import { assertAccessible } from './accessibility';
import { ask } from './runPage';
import { answer, endless, lastMessage, plan, says, serveModel, type ScriptedModel } from './scriptedModel';

describe('what a person says while it works', () => {
  let editor: Editor;
  let model: ScriptedModel;
  const review = (on: boolean | undefined) =>
    vscode.workspace.getConfiguration('memento').update('plan.review', on, vscode.ConfigurationTarget.Global);

  before(async () => {
    editor = await openEditor();
  });
  afterEach(async () => {
    await review(undefined);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await model.close();
  });
  it('is the plan: a task is rewritten and one left out, by keyboard alone', async () => {
    await review(true);
    model = await serveModel(
      plan(['Read the log'], ['Read the minutes'], ['Compare them', 1, 2]),
      says('The log says May.'),
      says('They agree.'),
      answer('It was in May.', 'May'),
    );
    const page = await ask(editor, 'When did the thermocline form?');
    await page.field('Task 1').focus();
    await assertAccessible(page.document, 'the review of a plan');
    await editor.screenshot('plan-review');
    const { keyboard } = editor.page;
    await keyboard.press('End');
    await keyboard.type(' of 2023');
    await page.button('Leave out task 2').focus();
    await keyboard.press('Enter');
    await page.button('Do this plan').focus();
    await keyboard.press('Space');
    await page.answered();
    assert.match(lastMessage(model, 1), /Your task: Read the log of 2023/);
    assert.match(lastMessage(model, 2), /Your task: Compare them/);
    const tasks = await page.region('Plan').innerText();
    assert.match(tasks, /2 of 2 tasks done/);
    assert.doesNotMatch(tasks, /minutes/);
  });

  it('is “not this one”: the plan is made anew without the case', async () => {
    const past = 'Which buoy drifted in July?';
    model = await serveModel(
      answer('The North Buoy drifted.', 'The North Buoy'),
      endless,
      answer('The south one.'),
    );
    const first = await ask(editor, past);
    await first.answered();
    await first.press('Accept');
    await first.shows(/^Accepted/);
    const page = await ask(editor, 'Which buoy drifted in August?');
    await page.region('Retrieved cases').getByText('shown as an example').first().waitFor();
    await model.server.received(2);
    assert.match(lastMessage(model, 1), /The North Buoy drifted|Which buoy drifted in July/);
    await page.press(`Not this one: plan again without “${past}”`);
    await page.answered();
    await page.region('Retrieved cases').getByText('taken away by you').waitFor();
    assert.doesNotMatch(lastMessage(model, 2), /drifted in July/);
    await editor.screenshot('case-taken-away');
  });

  it('is a word to the planner, which has it before its next plan', async () => {
    model = await serveModel(plan(['Look at the log']), {
      ...says('The log says nothing.'),
      wire: { delayMs: 400 },
    });
    const page = await ask(editor, 'What happened at the weir?');
    await model.server.received(2);
    await page.steer('also look at the minutes');
    model.server.push(answer('Nothing happened.'));
    await page.answered();
    await page.shows('also look at the minutes');
    assert.match(lastMessage(model, 2), /The user added:\n- also look at the minutes/);
  });

  it('is Stop, which ends it within a second', async () => {
    model = await serveModel(endless);
    const page = await ask(editor, 'What takes for ever?');
    await model.server.received(1);
    await page.press('Stop');
    await page.document
      .getByText(/cancelled|stopped/i)
      .first()
      .waitFor({ timeout: 2_000 });
  });
});
