/** What a user waits for: the first search in a folder, with no index and with the one of the last session. */
import { rm } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { createWorkspaceSearch } from '../../src/node/workspace';
import type { SetFolder } from './folder';

export interface FirstSearch {
  readonly files: number;
  readonly megabytes: number;
  /** Milliseconds from the start of the thread to the first hits: reading and indexing all, or what was kept. */
  readonly cold: number;
  readonly warm: number;
  /** Milliseconds of a later search that looks for changed files first; the median. */
  readonly later: number;
}

export async function firstSearch(
  folder: SetFolder,
  questions: readonly string[],
  workerFile: string,
): Promise<FirstSearch> {
  const indexFile = `${folder.root}.index`;
  const start = async () => {
    const search = createWorkspaceSearch({
      folders: () => [{ name: 'bench', root: folder.root }],
      workerFile,
      encoder: undefined,
      indexFile,
    });
    const times: number[] = [];
    for (const question of questions) {
      const asked = performance.now();
      await search.search(question, { limit: 10 });
      times.push(performance.now() - asked);
    }
    await search.dispose();
    const [first = NaN, ...rest] = times;
    return { first, later: rest.sort((a, b) => a - b)[rest.length >> 1] ?? NaN };
  };
  try {
    // Files that changed just now are read again: their clocks tell too little.
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    const cold = await start();
    const warm = await start();
    return {
      files: folder.files.length,
      megabytes: folder.files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6,
      cold: cold.first,
      warm: warm.first,
      later: warm.later,
    };
  } finally {
    await rm(indexFile, { force: true });
  }
}
