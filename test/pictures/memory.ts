/** The case bank of a sandbox, to be filled before the editor starts. */
import path from 'node:path';
import { openCaseBank, type OpenCaseBank } from '../../src/node/memory';
import { openProject } from '../../src/node/project';

const dist = path.resolve(import.meta.dirname, '../../dist');

/** Of test/editor/run.mjs. */
export interface Sandbox {
  readonly workspace: string;
  readonly userDataDir: string;
  readonly environment: Readonly<Record<string, string>>;
}

export async function openSandboxBank({ workspace, environment }: Sandbox): Promise<OpenCaseBank> {
  const { folder } = await openProject({
    folder: workspace,
    dataDirectory: path.join(environment.XDG_DATA_HOME ?? '', 'memento'),
  });
  return openCaseBank({ folder, workerFile: path.join(dist, 'memory-worker.js'), dist });
}
