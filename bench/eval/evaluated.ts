/** An evaluation by the built command line: whole, and once more, killed when half of it was done and gone on with. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import * as z from 'zod';

export interface Arm {
  /** On what was held out, after the last iteration; each in [0, 1]. */
  readonly right: number;
  readonly f1: number;
  /** Share of the marked facts in the evidence; undefined where none are marked. */
  readonly found: number | undefined;
}

export interface Evaluated {
  readonly without: Arm;
  readonly withMemory: Arm;
  /** Both say the same, but for how long it took. */
  readonly isSame: boolean;
  /** What the whole one printed. */
  readonly said: string;
}

const ROW = z.object({
  arm: z.string(),
  standing: z.string(),
  iteration: z.number(),
  accuracy: z.object({ value: z.number() }).nullable(),
  f1: z.number(),
  support: z.object({ found: z.number() }).nullable(),
});
const SUMMARY = z.looseObject({ rows: z.array(ROW), attempts: z.object({ planned: z.number() }) });

/**
 * @param words after `memento eval`
 * @param env beside PATH and HOME, so that no model of whoever measures is asked
 */
export async function evaluateTwice(
  cli: string,
  words: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<Evaluated> {
  const start = (...more: readonly string[]) =>
    spawn(process.execPath, [cli, 'eval', ...words, ...more], {
      env: { PATH: process.env['PATH'], HOME: folder, XDG_DATA_HOME: path.join(folder, 'data'), ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  const [whole, killed] = ['whole', 'killed'].map((name) => path.join(folder, name));
  if (whole === undefined || killed === undefined) throw new Error('No folders.');
  const said = await outputOf(start('--out', whole));
  const first = await summaryOf(whole);
  await killedAfter(start('--json', '--out', killed), Math.floor(first.attempts.planned / 2));
  await outputOf(start('--out', killed));
  return {
    without: armOf(first, 'none'),
    withMemory: armOf(first, 'learned'),
    isSame: timeless(first) === timeless(await summaryOf(killed)),
    said,
  };
}

async function outputOf(child: ChildProcess): Promise<string> {
  let text = '';
  child.stdout?.on('data', (chunk) => (text += String(chunk)));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`memento eval ended with ${String(child.exitCode)}:\n${text}`);
  return text;
}

/** Kills it with nothing said after so many lines of its output. */
async function killedAfter(child: ChildProcess, lines: number): Promise<void> {
  const closed = once(child, 'close');
  if (!child.stdout) throw new Error('It has no output.');
  let seen = 0;
  for await (const _ of createInterface(child.stdout)) if (++seen >= lines) break;
  child.kill('SIGKILL');
  await closed;
}

type Summary = z.infer<typeof SUMMARY>;

const summaryOf = async (folder: string): Promise<Summary> =>
  SUMMARY.parse(JSON.parse(await readFile(path.join(folder, 'summary.json'), 'utf8')));

const timeless = (summary: unknown): string =>
  JSON.stringify(summary, (key, value: unknown) => (key === 'latency' ? undefined : value));

function armOf({ rows }: Summary, arm: string): Arm {
  const last = rows
    .filter((row) => row.arm === arm && row.standing === 'held-out')
    .toSorted((a, b) => b.iteration - a.iteration)[0];
  return { right: last?.accuracy?.value ?? NaN, f1: last?.f1 ?? NaN, found: last?.support?.found };
}
