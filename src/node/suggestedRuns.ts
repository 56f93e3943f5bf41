/** Which runs wait for a person, as another program suggested a judgement: an empty file a run, gone with the judgement. */
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent } from '../core/agent/events';
import { unless } from './errno';
import { isRunId } from './runId';

export class SuggestedRuns {
  readonly #folder: string;

  /** @param folder absolute; made with the first suggestion */
  constructor(folder: string) {
    this.#folder = folder;
  }

  async follow({ type, runId }: RunEvent): Promise<void> {
    if (type === 'feedback.given') await this.forget(runId);
    if (type !== 'feedback.suggested') return;
    await mkdir(this.#folder, { recursive: true });
    await writeFile(this.#file(runId), '');
  }

  forget(runId: string): Promise<void> {
    return rm(this.#file(runId), { force: true });
  }

  async list(): Promise<readonly string[]> {
    const names = (await unless(['ENOENT', 'ENOTDIR'], readdir(this.#folder))) ?? [];
    return names.filter(isRunId).sort().reverse();
  }

  #file(runId: string): string {
    if (!isRunId(runId)) throw new Error(`“${runId}” is not a run id.`);
    return path.join(this.#folder, runId);
  }
}
