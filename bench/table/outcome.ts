/** Runs a benchmark in a process of its own, and tells from what that printed what came of it. */
import { spawn } from 'node:child_process';
import type { Benchmark } from './benchmarks';
import { type Figure, FIGURES, isMet } from './figure';

/** What a process left. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Minutes after which it was ended, where it did not end by itself. */
  readonly endedAfter?: number;
}

export interface Outcome {
  readonly figures: readonly Figure[];
  /** Why it, or a part of it, did not run here. */
  readonly skipped: readonly string[];
  /** Why it failed; a limit that was missed is no failure. */
  readonly failed: string | undefined;
}

export function outcomeOf(ended: Ended): Outcome {
  const { code, stdout, stderr, endedAfter } = ended;
  const figures = figuresIn(stdout);
  const skipped = [...`${stdout}\n${stderr}`.matchAll(/^Skipped: (.+)$/gm)].map(([, why = '']) => why);
  const found = { figures: figures ?? [], skipped };
  if (endedAfter !== undefined) return { ...found, failed: `no end after ${endedAfter} min` };
  const missed = figures?.some((figure) => isMet(figure) === false) ?? false;
  if (code !== 0 && !missed) return { ...found, failed: reason(ended) };
  if (figures === undefined && skipped.length === 0) {
    return { ...found, failed: 'its last line has no figures that can be read' };
  }
  return { ...found, failed: undefined };
}

/** Of the last line; undefined where that is no line of figures. */
function figuresIn(stdout: string): readonly Figure[] | undefined {
  try {
    return FIGURES.safeParse(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).data?.figures;
  } catch {
    return undefined;
  }
}

/** The error, where Node printed one; else the last line of all. */
function reason({ code, stderr }: Ended): string {
  const lines = stderr.split('\n').filter((line) => line.trim() !== '');
  const error = lines.findLast((line) => /^(?:Uncaught )?\w*Error\b.*: ./.test(line));
  return error ?? lines.at(-1)?.trim() ?? `it ended with exit code ${code ?? 'none'} and said nothing`;
}

/** @param most minutes, after which it is ended */
export function run({ file }: Benchmark, options: readonly string[], most: number): Promise<Ended> {
  const loader = file.endsWith('.ts') ? ['--import', 'tsx'] : [];
  const child = spawn(process.execPath, [...loader, file, '--json', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  let endedAfter: number | undefined;
  const giveUp = setTimeout(() => {
    endedAfter = most;
    child.kill();
  }, most * 60_000);
  return new Promise((resolve) => {
    child.once('error', (error) => (stderr += error.message));
    child.once('close', (code) => {
      clearTimeout(giveUp);
      resolve({ code, stdout, stderr, ...(endedAfter === undefined ? {} : { endedAfter }) });
    });
  });
}
