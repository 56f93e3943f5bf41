/** One fault of the table: how it is made to happen, and what is seen then. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { deadline } from '../../src/core/common/abort';

export interface FaultRow {
  /** `subject/name`, unique; the page and the command line call the row by it. */
  readonly id: string;
  readonly fault: string;
  /** The part of the program that meets it. */
  readonly where: string;
  /** What must hold, one sentence. */
  readonly expected: string;
  readonly shown: Produced | InEditor;
}

/** The fault is made to happen here, for real. */
export interface Produced {
  /** What was seen, in a few words that are the same each time: no ports, paths or times. */
  readonly see: (stage: Stage) => Promise<string>;
  /** What is seen where all is as expected. */
  readonly like: string | RegExp;
  /** Without it the row fails; a library's own where there is none of ours. */
  readonly guard: Mutant | { readonly library: string };
  /** Why it cannot be made to happen on this machine, undefined where it can. */
  readonly unable?: () => string | undefined;
}

/** It takes a real editor: a test of the stage `editor` shows it. */
export interface InEditor {
  readonly file: string;
  readonly test: string;
}

/** A change of one place in the source that takes the guard away. */
export interface Mutant {
  readonly file: string;
  /** Stands there once. */
  readonly find: string;
  readonly replace: string;
}

/** What a row may use; gone when it is done. */
export interface Stage {
  /** An empty folder, absolute. */
  readonly folder: string;
  /** Is done at the end, the last one first. */
  after(close: () => Promise<unknown>): void;
}

export interface Outcome {
  readonly seen: string;
  readonly asExpected: boolean;
}

/** Milliseconds that a row may take: one that hangs has failed. */
export const PATIENCE = 300_000;

/** Makes the fault happen and compares. What the row throws is what was seen. */
export async function outcomeOf({ see, like }: Produced): Promise<Outcome> {
  const folder = await realpath(await mkdtemp(path.join(os.tmpdir(), 'memento-fault-')));
  const closing: (() => Promise<unknown>)[] = [];
  const limit = deadline(PATIENCE, new AbortController().signal);
  const hung = new Promise<string>((resolve) => {
    limit.signal.addEventListener('abort', () => resolve(`still waiting after ${PATIENCE / 1000} s`));
  });
  try {
    const work = see({ folder, after: (close) => closing.push(close) });
    const seen = await Promise.race([work.catch((error: unknown) => `threw ${String(error)}`), hung]);
    return { seen, asExpected: typeof like === 'string' ? seen === like : like.test(seen) };
  } finally {
    limit.release();
    for (const close of closing.reverse()) await close().catch(() => undefined);
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
