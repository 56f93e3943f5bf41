import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ask } from '../e2e/runPage';
import { startModelServer, type ModelServer } from '../fakes/modelServer';
import { openEditor, type Editor } from '../integration/driver';
import { Camera, plainWindow, set } from './camera';
import { QUESTION, stationModel } from './stationModel';

/** Asked before the picture, with no model, so that the window looks as it does after some work. */
const EARLIER = ['How thick was the ice at Reed Bay in February?', 'How long is the rope of the winch?'];

describe('the panel', () => {
  let editor: Editor;
  let camera: Camera;
  let server: ModelServer;

  before(async () => {
    editor = await openEditor();
    camera = await Camera.of(editor.page);
    server = await startModelServer({ models: ['local-model'], replies: stationModel() });
    await plainWindow();
    await editor.openView('Memento');
    await editor.runCommand('Memento: Group Cases by Judgement');
    for (const question of EARLIER) {
      const page = await ask(editor, question);
      await page.answered();
      await page.press('Accept');
      await page.shows(/^Accepted/);
    }
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await set('memento.planner.baseUrl', server.url);
    await set('memento.planner.model', 'local-model');
    await set('memento.memory.k', 2);
  });
  after(() => server.close());

  it('shows cases, plan and a checked answer', async () => {
    await camera.frame({ width: 1280, height: 1440, scale: 1.25 });
    const page = await ask(editor, QUESTION);
    await page.answered();
    await camera.take('panel');
  });
});
