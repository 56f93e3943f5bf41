import { after, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ask } from '../e2e/runPage';
import { command, plan, serveModel } from '../e2e/scriptedModel';
import { startModelServer, type ModelServer } from '../fakes/modelServer';
import { openEditor, type Editor } from '../integration/driver';
import { around, Camera, plainWindow, set } from './camera';
import { QUESTION, stationModel } from './stationModel';

const COMMAND = `awk -F, '$3 == 1 { print $2, $1, $4 }' data/temperature-2023.csv | sort`;

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

  it('asks before a command runs', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    const model = await serveModel(
      plan(['Work out how warm the water was at 1 m, by station']),
      command(COMMAND),
    );
    await camera.frame({ width: 1100, height: 800, scale: 2 });
    const page = await ask(editor, 'How warm was the water at the surface in 2023?');
    await page.approval.waitFor();
    await camera.take('approval', around(await page.approval.boundingBox(), 8));
    await page.press('Stop');
    await model.close();
  });
});
