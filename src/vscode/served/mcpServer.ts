/**
 * Offers `memento mcp` to VS Code, where the user has turned that on: other agents of this window may then start it for the
 * open folder. No key is handed over: as in a terminal, the server has those of the environment.
 */
import path from 'node:path';
import process from 'node:process';
import * as vscode from 'vscode';
import { workspaceFolder } from '../projectMemory';

const SETTING = 'mcp.offerServer';

export function registerMcpServer(extension: vscode.Extension<unknown>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration(`memento.${SETTING}`)) changed.fire();
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.lm.registerMcpServerDefinitionProvider('memento.mcp', {
      onDidChangeMcpServerDefinitions: changed.event,
      provideMcpServerDefinitions: () => mcpServers(extension),
    }),
  );
}

/** None in Restricted Mode: the server knows nothing of it, and would run what the folder asks for. */
export function mcpServers(extension: vscode.Extension<unknown>): vscode.McpStdioServerDefinition[] {
  const isOn = vscode.workspace.getConfiguration('memento').inspect(SETTING)?.globalValue === true;
  const folder = workspaceFolder();
  if (!isOn || !folder || !vscode.workspace.isTrusted) return [];
  const server = new vscode.McpStdioServerDefinition(
    'Memento',
    process.execPath,
    [path.join(extension.extensionPath, 'dist/cli.js'), 'mcp', '--workspace', folder.uri.fsPath],
    // On the desktop the extension host is Electron, which is Node where it is told so.
    'electron' in process.versions ? { ELECTRON_RUN_AS_NODE: '1' } : {},
    versionOf(extension.packageJSON),
  );
  server.cwd = folder.uri;
  return [server];
}

const versionOf = (manifest: unknown): string =>
  typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
