/** Starts VS Code several times over a memory of 10,000 cases; test/budget measures from within its extension host. */
import { spawn } from 'node:child_process';
import * as z from 'zod';
import { median } from '../table/figure';
import type { Figure } from './figure';

const measured = z.object({
  activate: z.number(),
  tree: z.number(),
  /** Milliseconds from the command to the question on the page; the first one loads all of research. */
  firstEvent: z.array(z.number()).min(2),
  /** The same of a webview with nothing in it. */
  emptyPage: z.array(z.number()).min(2),
  /** Of each run. */
  delayP99: z.array(z.number()).min(2),
  delayMax: z.number(),
});
type Measured = z.infer<typeof measured>;

export async function measureEditor(starts: number, vscode: string | undefined): Promise<readonly Figure[]> {
  const runs: Measured[] = [];
  for (let n = 0; n < starts; n++) runs.push(await measureOnce(vscode));
  const figure = (what: string, budget: number | undefined, of: (run: Measured) => number): Figure => {
    const values = runs.map(of);
    const note = `median of ${values.map((value) => value.toFixed(0)).join(', ')}`;
    return { what, value: median(values), unit: 'ms', ...(budget === undefined ? {} : { budget }), note };
  };
  return [
    figure('activate()', 50, ({ activate }) => activate),
    figure('Cases tree of 10,000 cases shown, after its view was opened', 700, ({ tree }) => tree),
    figure('first event in the panel, after the command', 300, ({ firstEvent }) => later(firstEvent)),
    figure('of that, a webview with nothing in it', undefined, ({ emptyPage }) => later(emptyPage)),
    figure('first event of the first run in a window', undefined, ({ firstEvent }) => firstEvent[0] ?? NaN),
    figure('event-loop delay of the extension host in a run, p99', 50, ({ delayP99 }) => later(delayP99)),
    figure('the same of the first run in a window', undefined, ({ delayP99 }) => delayP99[0] ?? NaN),
    figure('the longest, of later runs', undefined, ({ delayMax }) => delayMax),
  ];
}

/** The first one of a window loads what the others find loaded. */
const later = (values: readonly number[]): number => median(values.slice(1));

async function measureOnce(vscode: string | undefined): Promise<Measured> {
  const output = await run([
    ...['--import', 'tsx', 'test/editor/run.mjs', '--suite', 'budget'],
    ...['--prepare', 'bench/editor/prepare.ts'],
    ...(vscode === undefined ? [] : ['--vscode', vscode]),
  ]);
  const line = /^BUDGET (\{.*\})/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`The measurement failed:\n${output}`);
  return measured.parse(JSON.parse(line));
}

function run(command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    child.once('error', reject).once('close', () => resolve(output));
  });
}
