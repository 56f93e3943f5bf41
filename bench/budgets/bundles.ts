/** What the bundles weigh, by dist/meta.json, esbuild's own account of what it wrote. */
import * as z from 'zod';
import type { Measurement } from './budgets';

const OUTPUT = z.object({
  bytes: z.number(),
  imports: z.array(z.object({ path: z.string(), kind: z.string(), external: z.boolean().optional() })),
  /** The source that a program, or a bundle that is loaded later, begins with. */
  entryPoint: z.string().optional(),
  inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })),
});
const BUILD = z.object({ outputs: z.record(z.string(), OUTPUT) });
/** In the order in which esbuild.mjs builds: programs, page, core, library. */
export const META = z.tuple([BUILD, BUILD, BUILD, BUILD]);

export type Outputs = Readonly<Record<string, z.infer<typeof OUTPUT>>>;

export const KB = 1024;

/** Programs, the bundles that they load later, the page and the core. */
export function bundleSizes(meta: z.infer<typeof META>): readonly Measurement[] {
  const [programs, page, core] = meta.map(({ outputs }) => outputs);
  if (!programs || !page || !core) return [];
  const whole = (kind: string, outputs: Outputs): Measurement[] =>
    codeIn(outputs).map((file) => sizeOf(kind, withoutHash(file), [file], outputs));
  return [...starts(programs), ...lazyBundles(programs), ...whole('page', page), ...whole('core', core)];
}

/** A program's file with all that it imports at once. */
function starts(outputs: Outputs): Measurement[] {
  return programsOf(outputs).map((file) => sizeOf('start', file, closure(outputs, file), outputs));
}

/** What a later import adds to what every program that can come to it has loaded by its start. */
function lazyBundles(outputs: Outputs): Measurement[] {
  const programs = programsOf(outputs).map((file) => ({
    start: closure(outputs, file),
    reached: closure(outputs, file, ['import-statement', 'dynamic-import']),
  }));
  return codeIn(outputs).flatMap((file) => {
    const source = outputs[file]?.entryPoint;
    if (source === undefined || isProgram(file)) return [];
    const before = programs.filter(({ reached }) => reached.has(file)).map(({ start }) => start);
    const added = [...closure(outputs, file)].filter((each) => !before.every((start) => start.has(each)));
    return [sizeOf('lazy', source.replace('node_modules/', ''), added, outputs)];
  });
}

/** The files that come with one, itself first. */
export function closure(
  outputs: Outputs,
  file: string,
  kinds: readonly string[] = ['import-statement'],
  found = new Set<string>(),
): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const imported of outputs[file]?.imports ?? []) {
    if (kinds.includes(imported.kind) && imported.path in outputs)
      closure(outputs, imported.path, kinds, found);
  }
  return found;
}

const isProgram = (file: string) => !file.includes('/chunks/');
const codeIn = (outputs: Outputs) => Object.keys(outputs).filter((file) => !file.endsWith('.map'));
const programsOf = (outputs: Outputs) => codeIn(outputs).filter(isProgram);

function sizeOf(kind: string, name: string, files: Iterable<string>, outputs: Outputs): Measurement {
  const some = [...files];
  const bytes = some.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0);
  return { kind, name, value: bytes / KB, mostly: mostlyOf(outputs, some) };
}

/** The three parts that weigh most, as “mathjs 540 KB, src/core/memory 30 KB”. */
export function mostlyOf(outputs: Outputs, files: Iterable<string>): string {
  return [...partsOf(outputs, files)]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([part, bytes]) => `${part} ${(bytes / KB).toFixed(0)} KB`)
    .join(', ');
}

/** Bytes by package, and by folder of our own. */
export function partsOf(outputs: Outputs, files: Iterable<string>): ReadonlyMap<string, number> {
  const parts = new Map<string, number>();
  for (const file of files) {
    for (const [source, { bytesInOutput }] of Object.entries(outputs[file]?.inputs ?? {})) {
      const part = packageOf(source) ?? source.split('/').slice(0, 3).join('/');
      parts.set(part, (parts.get(part) ?? 0) + bytesInOutput);
    }
  }
  return parts;
}

/** Undefined for a source of our own. Of a package within a package, the inner one. */
export const packageOf = (source: string): string | undefined =>
  /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];

const withoutHash = (file: string): string => file.replace(/-[A-Z0-9]{8}(?=\.)/, '');
