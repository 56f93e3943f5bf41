/** Which runs have not ended, and who is at work on them: a small file a run, gone with its end. */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent } from '../core/agent/events';
import { unless } from './errno';
import { isRunId } from './runId';
import { livenessOf, ownIdentity, type ProcessIdentity } from './processIdentity';

export class UnfinishedRuns {
  readonly #folder: string;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param folder absolute; made with the first run */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Of the events of a run, those that begin, leave and end the work on it. */
  async follow({ type, runId }: RunEvent): Promise<void> {
    if (type === 'run.started' || type === 'run.resumed') await this.#write(runId, ownIdentity());
    else if (type === 'run.interrupted') await this.#write(runId, null);
    else if (type === 'run.finished') await this.forget(runId);
  }

  forget(runId: string): Promise<void> {
    return this.#inTurn(() => rm(this.#file(runId), { force: true }));
  }

  /** A process that may be living is at work on the run: one elsewhere, or of a past that cannot be told, may be. */
  async isUnderWay(runId: string): Promise<boolean> {
    const owner = await this.#owner(runId);
    return owner !== undefined && livenessOf(owner) !== 'gone';
  }

  /** Runs that nobody is at work on, newest first. */
  async list(): Promise<readonly string[]> {
    const names = (await unless(['ENOENT', 'ENOTDIR'], readdir(this.#folder))) ?? [];
    const ids = names.filter(isRunId).sort().reverse();
    const underWay = await Promise.all(ids.map((id) => this.isUnderWay(id)));
    return ids.filter((_, i) => underWay[i] === false);
  }

  #write(runId: string, owner: ProcessIdentity | null): Promise<void> {
    return this.#inTurn(async () => {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(this.#file(runId), JSON.stringify(owner));
    });
  }

  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Undefined with no such file, and for one that was torn or left. */
  async #owner(runId: string): Promise<ProcessIdentity | undefined> {
    const text = await unless(['ENOENT', 'ENOTDIR'], readFile(this.#file(runId), 'utf8'));
    try {
      const value: unknown = JSON.parse(text ?? 'null');
      return isIdentity(value) ? value : undefined;
    } catch {
      return undefined;
    }
  }

  #file(runId: string): string {
    if (!isRunId(runId)) throw new Error(`“${runId}” is not a run id.`);
    return path.join(this.#folder, runId);
  }
}

const isIdentity = (value: unknown): value is ProcessIdentity =>
  typeof value === 'object' &&
  value !== null &&
  'pid' in value &&
  'place' in value &&
  'started' in value &&
  typeof value.pid === 'number' &&
  typeof value.place === 'string' &&
  typeof value.started === 'string';
