/** The tools of others that a run may call in the editor: the user's MCP servers, and what VS Code itself offers. */
import os from 'node:os';
import process from 'node:process';
import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/common/disposable';
import type { Secrets } from '../core/common/secrets';
import type { ForeignTools, Logger } from '../core/ports';
import { joinForeignTools } from '../core/tools/foreignSources';
import { parseServers } from '../node/mcp/configuration';
import { createMcpTools } from '../node/mcp/foreignTools';
import { editorRemedies } from '../node/http/remedies';
import { version } from '../node/version';
import { languageModelTools } from './languageModelTools';
import { readSettings } from './settings';

export function foreignTools(options: {
  readonly folder: vscode.WorkspaceFolder | undefined;
  readonly secrets: Secrets;
  readonly logger: Logger;
}): ForeignTools & Disposable {
  const disposables = new DisposableStore();
  const servers = createMcpTools({
    configuration: () => Promise.resolve(parseServers(readSettings().mcpServers, process.env)),
    version,
    home: os.homedir(),
    workspace: options.folder?.uri.fsPath,
    fetch,
    remedies: editorRemedies,
    secrets: options.secrets,
    logger: options.logger,
  });
  disposables.add({ dispose: () => void servers.dispose() });
  disposables.add(
    vscode.workspace.onDidChangeConfiguration((change) => {
      // What is not configured any more ends now; what is new starts with the next run.
      if (change.affectsConfiguration('memento.mcp.servers')) void servers.refresh();
    }),
  );
  const joined = joinForeignTools([servers, languageModelTools]);
  return { list: (signal, wanted) => joined.list(signal, wanted), dispose: () => disposables.dispose() };
}
