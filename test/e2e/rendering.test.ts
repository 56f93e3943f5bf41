/** Hostile answers in the real editor, while they are written and from history: not one request reaches their port. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { aimedAt } from '../fakes/hostileMarkdown';
import { startTrap, type RequestTrap } from '../fakes/requestTrap';
import { openEditor, type Editor } from '../integration/driver';
import { ask, RunPage } from './runPage';
import { answer, serveModel } from './scriptedModel';

const RUNS = 4;

describe('hostile answers', function () {
  this.timeout(120_000);
  let editor: Editor;
  let trap: RequestTrap;
  before(async () => {
    [editor, trap] = await Promise.all([openEditor(), startTrap()]);
    await editor.openView('Memento');
  });
  after(() => trap.close());

  const question = (run: number) => `What does hostile page ${run} say?`;

  it('ask for nothing, live and from history', async () => {
    const all = trap.origins.flatMap((origin) =>
      aimedAt(origin).filter((_, n) => n % trap.origins.length === 0),
    );
    // What opens a block of code and leaves it open stands last, so that it hides nothing.
    const texts = all.toSorted((a, b) => Number(/```|~~~/.test(a)) - Number(/```|~~~/.test(b)));
    assert.ok(texts.length >= 40);
    const answers = Array.from({ length: RUNS }, (_, run) =>
      [...texts.filter((_text, n) => n % RUNS === run), 'The end.'].join('\n\n'),
    );
    const model = await serveModel(...answers.map((text) => answer(text)));
    try {
      for (const run of answers.keys()) await (await ask(editor, question(run))).answered();
      assert.equal(model.server.unexpected, 0);
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const run of answers.keys()) {
        await editor
          .treeRows('Runs')
          .filter({ hasText: question(run) })
          .click();
        const page = await RunPage.of(editor, question(run));
        await page.answered();
        const loading = page.document.locator(
          '.markdown :is(img, iframe, object, embed, style, script, link, form)',
        );
        assert.equal(await loading.count(), 0);
      }
      assert.equal(trap.hits, 0);
    } finally {
      await model.close();
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    }
  });
});
