/** Starts a real VS Code until the Cases view shows, and tells what that loaded and how long activate() took. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import * as z from 'zod';
import type { Measurement } from './budgets';
import { KB, mostlyOf, type Outputs, packageOf, partsOf } from './bundles';

const root = path.resolve(import.meta.dirname, '../..');

const START = z.object({
  /** Our files in the extension host, relative to dist. */
  hostFiles: z.array(z.string()).min(1),
  hostBytes: z.number(),
  memoryWorkerBytes: z.number(),
  activateMs: z.number(),
  /** Milliseconds of the processor; and those of the extension that reference.ts installs. */
  activateCpuMs: z.number(),
  referenceCpuMs: z.number(),
});
export type Start = z.infer<typeof START>;

/** Rejects where no VS Code could be started, with what it said. */
export async function measureStart(): Promise<Start> {
  const reference = path.join(import.meta.dirname, 'reference.ts');
  const suite = ['test/editor/run.mjs', '--suite', 'startup', '--prepare', reference];
  const output = await run(['--import', 'tsx', ...suite]);
  const line = /^STARTUP (\{.*\})/m.exec(output)?.[1];
  if (line === undefined) throw new Error(`VS Code could not be measured:\n${output}`);
  return START.parse(JSON.parse(line));
}

function run(command: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
    }
    child.once('error', reject).once('close', () => resolve(output));
  });
}

/** Our own modules in the extension host, sorted. */
export function ownModules({ hostFiles }: Start, outputs: Outputs): readonly string[] {
  const sources = hostFiles.flatMap((file) => Object.keys(outputs[`dist/${file}`]?.inputs ?? {}));
  return [...new Set(sources.filter((source) => packageOf(source) === undefined))].sort();
}

/** @param outputs of the programs; what is loaded is the same at each start, and is told of the first */
export function startFigures(starts: readonly Start[], outputs: Outputs): readonly Measurement[] {
  const [first] = starts;
  if (!first) return [];
  const files = first.hostFiles.map((file) => `dist/${file}`);
  const own = ownModules(first, outputs);
  const packages = [...partsOf(outputs, files)].filter(([part]) => !part.startsWith('src/'));
  return [
    {
      kind: 'window',
      name: 'the extension host',
      value: first.hostBytes / KB,
      mostly: mostlyOf(outputs, files),
    },
    { kind: 'windowModules', name: 'the extension host', value: own.length },
    ...packages.map(([name, bytes]) => ({ kind: 'windowPackages', name, value: bytes / KB })),
    { kind: 'activation', name: 'activate()', value: activationRatio(starts) },
  ];
}

/**
 * The quickest of each: what else the machine has to do only makes a start slower, and seldom all of them. With every
 * start more it says more exactly what the activation itself needs.
 */
export function activationRatio(starts: readonly Start[]): number {
  const least = (of: (start: Start) => number) => Math.min(...starts.map(of));
  return least(({ activateCpuMs }) => activateCpuMs) / least(({ referenceCpuMs }) => referenceCpuMs);
}
