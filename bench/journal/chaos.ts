/** Two processes write to one bank and are killed at random moments; then what they were promised is looked for. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { generationsOf } from '../../src/node/journal/layout';
import { nodeDisk } from '../../src/node/journal/disk';
import { openBank } from './bank';

export interface ChaosResult {
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  /** The last generation: how many images were made. */
  readonly images: number;
  /** Files at the end. */
  readonly files: number;
  readonly warnings: readonly string[];
}

/** What was acknowledged: the reward of each case, null where it was not judged. */
type Promised = Map<string, number | null>;

/** Kills the writers `kills` times in all. `work` is a folder for the bank and for the program of the writers. */
export async function chaos(work: string, kills: number): Promise<ChaosResult> {
  const program = await bundle(work);
  const folder = path.join(work, 'chaos');
  const promised: Promised = new Map();
  const warnings = new Set<string>();
  const start = () => new Writer(program, folder, promised, warnings);
  const writers = [start(), start()];
  for (let killed = 0; killed < kills;) {
    const some = Math.random() < 0.8 ? [Math.floor(Math.random() * 2)] : [0, 1];
    await Promise.all(writers.map(({ begun }) => begun));
    await sleep(Math.random() * 400);
    await Promise.all(writers.filter((_, i) => some.includes(i)).map((writer) => writer.kill()));
    killed += some.length;
    for (const i of some) writers[i] = start();
  }
  await Promise.all(writers.map((writer) => writer.kill()));
  return { kills: kills + 2, ...(await account(folder, promised)), warnings: [...warnings] };
}

async function account(folder: string, promised: Promised) {
  const bank = openBank(folder);
  const lost = await bank.read((known) =>
    [...promised].filter(([id, reward]) => {
      const found = known.get(id);
      return !found || (reward !== null && found.reward !== reward);
    }),
  );
  const names = nodeDisk.list(folder);
  await bank.dispose();
  return {
    acknowledged: promised.size,
    lost: lost.length,
    images: generationsOf(names)[0] ?? 0,
    files: names.length,
  };
}

class Writer {
  readonly #process: ChildProcess;
  readonly #ended: Promise<unknown>;
  /** With the first line, or the end. */
  readonly begun: Promise<unknown>;

  constructor(program: string, folder: string, promised: Promised, warnings: Set<string>) {
    this.#process = spawn(process.execPath, [program, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = new Promise((resolve) => this.#process.once('close', resolve));
    this.begun = Promise.race([
      this.#ended,
      new Promise((resolve) => this.#process.stdout?.once('data', resolve)),
    ]);
    let rest = '';
    this.#process.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) note(promised, line);
    });
    this.#process.stderr?.setEncoding('utf8').on('data', (text: string) => warnings.add(text.trim()));
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL');
    await this.#ended;
  }
}

function note(promised: Promised, line: string): void {
  const [what, id = '', reward] = line.split(' ');
  if (what === 'judge') promised.set(id, Number(reward));
  else if (!promised.has(id)) promised.set(id, null);
}

/** As one file: it starts in a tenth of the time. */
async function bundle(work: string): Promise<string> {
  const outfile = path.join(work, 'writer.mjs');
  await build({
    entryPoints: [path.join(import.meta.dirname, 'writer.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
    // The program lies outside the project.
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    banner: {
      js: `import { createRequire as __r } from 'node:module'; const require = __r(${JSON.stringify(import.meta.url)}); const __dirname = '', __filename = '';`,
    },
  });
  return outfile;
}
