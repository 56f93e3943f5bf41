/** Which benchmarks there are: the programs that lie in bench/ itself, each told by the comment that it begins with. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface Benchmark {
  readonly name: string;
  readonly file: string;
  /** The first sentence of its comment. */
  readonly summary: string;
  /** Those that its comment names, as `--quick`. */
  readonly options: ReadonlySet<string>;
  /** Seconds, where its comment says “Takes about N s” or “min”; undefined where it says nothing. */
  readonly takes: number | undefined;
}

/** usual: what is short as it is, all else quick; about 20 minutes in all. */
export type Mode = 'quick' | 'usual' | 'full';

/** Seconds. What takes longer is quick unless all is wanted in full. */
const SHORT = 60;

export function benchmarksIn(folder: string): readonly Benchmark[] {
  return readdirSync(folder)
    .filter((name) => /\.(?:ts|mjs)$/.test(name))
    .sort()
    .map((name) => {
      const file = path.join(folder, name);
      return { name: path.parse(name).name, file, ...told(readFileSync(file, 'utf8')) };
    });
}

/** What the first comment of a program says of it. */
export function told(source: string): Pick<Benchmark, 'summary' | 'options' | 'takes'> {
  const comment = (/^\s*\/\*\*(.*?)\*\//s.exec(source)?.[1] ?? '')
    .replaceAll(/^\s*\*/gm, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const [, amount, unit] = /Takes about ([\d.]+) (s|min)/.exec(comment) ?? [];
  return {
    summary: /^.*?[.](?= |$)/.exec(comment)?.[0] ?? comment,
    options: new Set(comment.match(/--[a-z][a-z-]*/g)),
    takes: amount === undefined ? undefined : Number(amount) * (unit === 'min' ? 60 : 1),
  };
}

/** What one is run with for the table. Its folder of data comes beside this, as it says nothing of the measurement. */
export function argumentsFor({ options, takes }: Benchmark, mode: Mode): readonly string[] {
  const isQuick = mode === 'quick' || (mode === 'usual' && (takes ?? Infinity) > SHORT);
  return isQuick && options.has('--quick') ? ['--quick'] : [];
}
