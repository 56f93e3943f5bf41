/** The folder of an evaluation: its set-up, the results as they come, and the report. */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { AttemptResult } from '../../core/evaluation/attemptResult';
import { readResults } from '../../core/evaluation/attemptResult';
import { corpusFiles } from '../../core/evaluation/dataset/corpusFiles';
import type { CorpusDocument } from '../../core/evaluation/dataset/question';
import {
  differences,
  type EvaluationSetup,
  isStartedEvaluation,
  type StartedEvaluation,
} from '../../core/evaluation/setup';
import { AppendFile } from '../../node/appendFile';
import { unless } from '../../node/errno';
import { LockTimeout, withLock } from '../../node/fileLock';
import { writeText } from '../../node/textFile';
import { UsageError } from '../values';

/** Milliseconds; whoever is at work holds on for much longer. */
const LOCK = { waitMs: 1_000, silenceMs: 10_000 };

export class OutFolder {
  readonly path: string;
  readonly #results: AppendFile;

  constructor(folder: string) {
    this.path = folder;
    this.#results = new AppendFile(this.#file('results.jsonl'));
  }

  /** Runs `work` while no other process is at work on this folder. @throws UsageError where one is */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    await mkdir(this.path, { recursive: true });
    try {
      return await withLock(this.#file('lock'), work, LOCK);
    } catch (error) {
      if (!(error instanceof LockTimeout)) throw error;
      throw new UsageError(`Another process is at work on the evaluation in ${this.path}.`);
    } finally {
      await this.#results.close();
    }
  }

  /** Begins the evaluation, or goes on with it. @throws UsageError where another one is in the folder */
  async begin(setup: EvaluationSetup, now: number): Promise<StartedEvaluation> {
    const file = this.#file('evaluation.json');
    const there = await unless(['ENOENT'], readFile(file, 'utf8'));
    if (there === undefined) {
      const started = { setup, startedAt: now };
      await this.#write('evaluation.json', `${JSON.stringify(started, null, 2)}\n`);
      return started;
    }
    const before = read(there);
    if (before === undefined) throw new UsageError(`${file} cannot be read: name another folder with --out.`);
    const names = differences(before.setup, setup);
    if (names.length === 0) return before;
    throw new UsageError(
      `${this.path} holds another evaluation (not the same: ${names.join(', ')}). Name another folder with --out, or repeat its command to go on with it.`,
    );
  }

  /** Results of earlier sittings, by key. */
  async results(): Promise<ReadonlyMap<string, AttemptResult>> {
    const text = await unless(['ENOENT'], readFile(this.#file('results.jsonl'), 'utf8'));
    return readResults((text ?? '').split('\n'));
  }

  /** Resolves when the line is with the operating system. */
  append(result: AttemptResult): Promise<void> {
    return this.#results.append(`${JSON.stringify(result)}\n`);
  }

  /** Where an arm's memory is; an earlier sitting's is cleared away, as it is made again of the results. */
  async memory(arm: string): Promise<string> {
    const folder = this.#file('memory', arm);
    await rm(folder, { recursive: true, force: true });
    return folder;
  }

  /** The runs' logs. */
  get work(): string {
    return this.#file('work');
  }

  /** A folder with the documents as files, and copies of the files; gives those that are not there. */
  async corpus(
    documents: readonly CorpusDocument[],
    files: readonly string[],
    from: string,
  ): Promise<{ readonly root: string; readonly missing: readonly string[] }> {
    const root = this.#file('corpus');
    await mkdir(root, { recursive: true });
    for (const { path: name, text } of corpusFiles(documents)) {
      if ((await unless(['ENOENT'], readFile(path.join(root, name), 'utf8'))) === text) continue;
      await writeText(path.join(root, name), (write) => write(text));
    }
    const missing: string[] = [];
    for (const name of files) {
      // A name of a data set is a stranger's: it leads nowhere but beside the set.
      const source = path.join(from, path.basename(name));
      const copied = await unless(
        ['ENOENT', 'EISDIR'],
        copyFile(source, path.join(root, path.basename(name))).then(() => true),
      );
      if (copied === undefined) missing.push(name);
    }
    return { root, missing };
  }

  async report(report: {
    readonly markdown: string;
    readonly svg: string;
    readonly summary: unknown;
  }): Promise<void> {
    await this.#write('report.md', report.markdown);
    if (report.svg !== '') await this.#write(CURVE, report.svg);
    await this.#write('summary.json', `${JSON.stringify(report.summary, null, 2)}\n`);
  }

  #file = (...names: readonly string[]): string => path.join(this.path, ...names);

  async #write(name: string, text: string): Promise<void> {
    await writeText(this.#file(name), (write) => write(text));
  }
}

/** The picture beside the report. */
export const CURVE = 'learning-curve.svg';

function read(text: string): StartedEvaluation | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isStartedEvaluation(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export const sha256Of = (text: string | Uint8Array): string =>
  createHash('sha256').update(text).digest('hex');
