/** What a run can do in a folder that nobody has trusted: decided where its ports are made, not by menus. */
import assert from 'node:assert/strict';
import path from 'node:path';
import * as z from 'zod';
import { Secrets } from '../../../src/core/common/secrets';
import { silentLogger } from '../../fakes/memoryRuns';
import { configurationOf, editorModule } from '../../fakes/editorModule';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const MADE = z.object({
  ports: z.record(z.string(), z.unknown()),
  dispose: z.custom<() => void>((value) => typeof value === 'function'),
});

describe('Restricted Mode', () => {
  const folder = temporaryFolder();

  /** Which of the ports there are that run something or send something. */
  async function powers(isTrusted: boolean): Promise<Readonly<Record<string, boolean>>> {
    const nothing = () => ({ dispose: () => undefined });
    const opened = { uri: { scheme: 'file', fsPath: folder() }, name: 'lake', index: 0 };
    const vscode = {
      workspace: {
        isTrusted,
        workspaceFolders: [opened],
        getConfiguration: configurationOf({
          user: {
            'memento.mcp.servers': { lake: { command: 'lake' } },
            'memento.planner.provider': 'openai',
          },
        }),
        onDidChangeConfiguration: nothing,
        onDidChangeWorkspaceFolders: nothing,
      },
      window: {
        onDidCloseTerminal: nothing,
        onDidStartTerminalShellExecution: nothing,
        onDidEndTerminalShellExecution: nothing,
        onDidChangeTerminalShellIntegration: nothing,
      },
      env: { shell: '/bin/sh' },
      lm: { tools: [] },
      Disposable: { from: nothing },
    };
    const { createPorts } = await editorModule('src/vscode/ports.ts', vscode);
    assert.ok(typeof createPorts === 'function');
    const { ports, dispose } = MADE.parse(
      Reflect.apply(createPorts, undefined, [
        {
          ...{
            extensionPath: path.resolve('.'),
            storage: {},
            known: new Secrets(),
            folder: opened,
            logger: silentLogger,
          },
          memory: { bank: {}, runs: {}, folder: folder() },
        },
      ]),
    );
    dispose();
    return Object.fromEntries(
      ['commands', 'http', 'foreignTools', 'video', 'files'].map((name) => [name, ports[name] !== undefined]),
    );
  }

  it('has no terminal, no web, no tools of others and no other program; it reads files', async () => {
    assert.deepEqual(await powers(false), {
      ...{ commands: false, http: false, foreignTools: false, video: false, files: true },
    });
    assert.deepEqual(await powers(true), {
      ...{ commands: true, http: true, foreignTools: true, video: true, files: true },
    });
  });
});
