/** Whether a row fails without its guard: tried in a copy of the sources, one guard at a time. */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import type { FaultRow, Mutant } from './row';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** What the rows read; what is built and installed is not copied. */
const COPIED = ['src', 'test', 'package.json', 'tsconfig.json'];
const LINKED = ['node_modules', 'dist', 'media'];

export class Copy {
  readonly #folder: string;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async make(): Promise<Copy> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'memento-mutants-'));
    for (const name of COPIED) await cp(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    for (const name of LINKED) await symlink(path.join(ROOT, name), path.join(folder, name));
    return new Copy(folder);
  }

  /** True where the row fails without the guard; one that takes longer than `patience` (ms) hangs, and fails. */
  async fails(row: FaultRow, guard: Mutant, patience: number): Promise<boolean> {
    const file = path.join(this.#folder, guard.file);
    const source = await readFile(file, 'utf8');
    await writeFile(file, without(guard, source));
    try {
      return await this.#rowFails(row.id, patience);
    } finally {
      await writeFile(file, source);
    }
  }

  remove(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  async #rowFails(id: string, timeout: number): Promise<boolean> {
    const args = ['--import', 'tsx', 'test/faults/try.ts', id];
    const options = { cwd: this.#folder, timeout, killSignal: 'SIGKILL' } as const;
    try {
      await promisify(execFile)(process.execPath, args, options);
      return false;
    } catch (error) {
      // A source that does not even load says nothing of the guard.
      if (hasHung(error) || hasFailed(error)) return true;
      throw error;
    }
  }
}

/** The source without the guard. Throws where it does not stand there once: the row's mutant is out of date. */
export function without({ file, find, replace }: Mutant, source: string): string {
  const [before, after, ...more] = source.split(find);
  if (before === undefined || after === undefined || more.length > 0) {
    throw new Error(`“${find}” stands ${after === undefined ? 'nowhere' : 'more than once'} in ${file}.`);
  }
  return before + replace + after;
}

const hasHung = (error: unknown): boolean =>
  error instanceof Error && 'killed' in error && error.killed === true;

const hasFailed = (error: unknown): boolean =>
  error instanceof Error && 'stdout' in error && /^BAD/m.test(String(error.stdout));
