import path from 'node:path';

/** A ULID: 26 characters of Crockford's base 32. Anything else must not become part of a path. */
export const isRunId = (text: string): boolean => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(text);

export const RUNS = 'runs';
export const LOG_EXTENSION = '.jsonl';

/** Where a run keeps its files, in its project's folder. */
export function runFolderPath(projectFolder: string, runId: string): string {
  if (!isRunId(runId)) throw new Error(`“${runId}” is not a run id.`);
  return path.join(projectFolder, RUNS, runId);
}
