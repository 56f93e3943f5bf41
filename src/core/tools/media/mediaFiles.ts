/** Where media tools find what they look at: the workspace, and the folder of the run. */
import { failed, type Result } from '../../common/result';
import type { Files, RunFiles } from '../../ports';
import { runPathOf } from '../runPath';
import type { ToolContext } from '../tool';

export interface MediaFiles {
  readonly files: Files | undefined;
  readonly runFiles: RunFiles | undefined;
}

type Caller = Pick<ToolContext, 'runId' | 'signal'>;

export async function bytesOf(
  { files, runFiles }: MediaFiles,
  path: string,
  maxBytes: number,
  { runId, signal }: Caller,
): Promise<Result<Uint8Array>> {
  const ofRun = runPathOf(path);
  const found =
    ofRun === undefined
      ? files?.bytes(path, { maxBytes, signal })
      : runFiles?.bytes(runId, ofRun, { maxBytes, signal });
  return (await found) ?? notHere(path);
}

/** The real, absolute path, for a program. */
export async function locationOf(
  { files, runFiles }: MediaFiles,
  path: string,
  { runId }: Caller,
): Promise<Result<string>> {
  const ofRun = runPathOf(path);
  const found = ofRun === undefined ? files?.locate(path) : runFiles?.locate(runId, ofRun);
  return (await found) ?? notHere(path);
}

const notHere = (path: string) => failed('no-folder', `There is no folder here in which ${path} could be.`);
