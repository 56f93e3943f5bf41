/** What was measured before: bench/results/<benchmark>.jsonl, a line each time. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod';
import { type Figure, FIGURES } from './figure';

const ENTRY = z.object({
  /** ISO 8601, in UTC. */
  date: z.string(),
  /** Null where there is no git; dirty: with changes that are in no commit. */
  commit: z.string().nullable(),
  dirty: z.boolean(),
  cpu: z.string(),
  cpus: z.number(),
  memoryGB: z.number(),
  platform: z.string(),
  node: z.string(),
  benchmark: z.string(),
  arguments: z.array(z.string()),
  seconds: z.number(),
  /** Of the last minute before it, as in getloadavg(3): what waits for a processor, beside it. Always 0 on Windows. */
  load: z.number(),
  ...FIGURES.shape,
});
export type Entry = z.infer<typeof ENTRY>;

const fileOf = (folder: string, benchmark: string): string => path.join(folder, `${benchmark}.jsonl`);

export function keep(folder: string, entry: Entry): void {
  mkdirSync(folder, { recursive: true });
  appendFileSync(fileOf(folder, entry.benchmark), `${JSON.stringify(entry)}\n`);
}

/** Oldest first. A line that cannot be read, as of a merge that was left half done, is left out. */
export function historyOf(folder: string, benchmark: string): readonly Entry[] {
  const file = fileOf(folder, benchmark);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line) => {
      try {
        return ENTRY.safeParse(JSON.parse(line)).data ?? [];
      } catch {
        return [];
      }
    });
}

export interface Earlier {
  readonly date: string;
  readonly value: number;
}

/** The last value of the same figure that the same machine measured in the same way. */
export function earlier(history: readonly Entry[], now: Entry, { what, unit }: Figure): Earlier | undefined {
  for (const entry of history.toReversed()) {
    if (!isSameMachine(entry, now) || entry.arguments.join(' ') !== now.arguments.join(' ')) continue;
    const figure = entry.figures.find((each) => each.what === what && each.unit === unit);
    if (figure) return { date: entry.date, value: figure.value };
  }
  return undefined;
}

/** As far as can be told without a mark that says whose it is. */
const isSameMachine = (a: Entry, b: Entry): boolean =>
  (['cpu', 'cpus', 'memoryGB', 'platform'] as const).every((trait) => a[trait] === b[trait]);
