/** How fast a folder is indexed and asked, beside the libraries for text search, over the same texts in one process. */
import { performance } from 'node:perf_hooks';
import MiniSearch from 'minisearch';
import { WorkspaceIndex } from '../../src/core/tools/workspaceIndex';
import { orama } from './orama.mjs';

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** An index over texts, ready to be asked. */
type Asking = (query: string) => unknown;

interface Contender {
  readonly name: string;
  index(files: readonly TextFile[]): Promise<Asking> | Asking;
}

export interface Speed {
  readonly name: string;
  /** Megabytes of text a second. */
  readonly indexing: number;
  /** Milliseconds, the median over all questions. */
  readonly asking: number;
}

const LIMIT = 10;
const ROUNDS = 5;

const OURS: Contender = {
  name: 'Memento',
  index: (files) => {
    const index = new WorkspaceIndex();
    for (const { path, text } of files) index.update(path, text);
    return (query) => index.search(query, { limit: LIMIT });
  },
};

const MINISEARCH: Contender = {
  name: 'minisearch 7.2.0',
  index: (files) => {
    const index = new MiniSearch({ fields: ['path', 'text'] });
    files.forEach((file, id) => index.add({ id, ...file }));
    return (query) => index.search(query).slice(0, LIMIT);
  },
};

/** Who could not be installed is left out, and why is told. */
export async function speeds(
  files: readonly TextFile[],
  questions: readonly string[],
  withOrama: boolean,
): Promise<{ readonly rows: readonly Speed[]; readonly missing: string | undefined }> {
  const other = withOrama ? await orama().catch((error: unknown) => String(error)) : undefined;
  const contenders = [OURS, MINISEARCH, ...(typeof other === 'object' ? [other] : [])];
  const megabytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
  const indexing = new Map<string, number[]>();
  const asking = new Map<string, number[]>();
  // In turns, so that what slows the machine down slows all of them.
  for (let round = 0; round < ROUNDS; round++) {
    for (const contender of contenders) {
      const start = performance.now();
      const ask = await contender.index(files);
      push(indexing, contender.name, (1000 * megabytes) / (performance.now() - start));
      for (const question of questions) {
        const asked = performance.now();
        await ask(question);
        push(asking, contender.name, performance.now() - asked);
      }
    }
  }
  return {
    rows: contenders.map(({ name }) => ({
      name,
      indexing: median(indexing.get(name) ?? []),
      asking: median(asking.get(name) ?? []),
    })),
    missing: typeof other === 'string' ? other : undefined,
  };
}

function push(map: Map<string, number[]>, name: string, value: number): void {
  map.set(name, [...(map.get(name) ?? []), value]);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
