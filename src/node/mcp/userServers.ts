/** The MCP servers of the command line: in a file of the user's, never in one of the folder that is researched. */
import os from 'node:os';
import path from 'node:path';
import type { Secrets } from '../../core/common/secrets';
import type { Logger } from '../../core/ports';
import { commandLineRemedies } from '../http/remedies';
import { version } from '../version';
import { readServersFile } from './configuration';
import { createMcpTools, type McpTools } from './foreignTools';

export interface UserServersOptions {
  /** MEMENTO_MCP_CONFIG names another file. */
  readonly env: NodeJS.ProcessEnv;
  /** Of the user; the file is `mcp.json` in it. */
  readonly dataDirectory: string;
  /** Absolute. */
  readonly workspace: string;
  readonly fetch: typeof fetch;
  readonly secrets: Secrets;
  readonly logger: Logger;
}

export function openMcpTools({ env, dataDirectory, ...options }: UserServersOptions): McpTools {
  const given = env['MEMENTO_MCP_CONFIG'];
  const file = given ? path.resolve(given) : path.join(dataDirectory, 'mcp.json');
  const home = isInside(process.cwd(), options.workspace) ? os.homedir() : process.cwd();
  return createMcpTools({
    configuration: () => readServersFile(file, env),
    version,
    home,
    remedies: commandLineRemedies,
    ...options,
  });
}

function isInside(folder: string, parent: string): boolean {
  const relative = path.relative(parent, folder);
  return relative === '' || (!path.isAbsolute(relative) && relative.split(path.sep)[0] !== '..');
}
