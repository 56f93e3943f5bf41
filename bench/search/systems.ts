/**
 * Who is asked: plain BM25; the index alone, a single hop; the tool `search_workspace` once, with the hop that it makes
 * itself; and the extractive pair, which reads what its second hop leads to after what the tool found.
 */
import { performance } from 'node:perf_hooks';
import { createAssistant } from '../../src/core/assistant';
import { runState } from '../../src/core/agent/runState';
import { ok } from '../../src/core/common/result';
import { Secrets } from '../../src/core/common/secrets';
import type { Encoder } from '../../src/core/ports';
import { searchWorkspaceTool } from '../../src/core/tools/searchWorkspace';
import { createFiles } from '../../src/node/files';
import { systemClock, systemIds } from '../../src/node/system';
import { createWorkspaceSearch, type FolderSearch } from '../../src/node/workspace';
import { callTool } from '../../test/fakes/callTool';
import { hashEncoder } from '../../test/fakes/hashEncoder';
import { localCalculator } from '../../test/fakes/localCalculator';
import { memoryBank } from '../../test/fakes/memoryBank';
import { MemoryRuns, silentLogger } from '../../test/fakes/memoryRuns';
import { eventsOf } from '../../test/fakes/scriptedCrew';
import { bm25 } from './bm25';
import type { SetFolder } from './folder';
import { K, recallOf } from './recall';
import type { QuestionSet } from './sets';

export type System = 'BM25' | 'one hop' | 'search_workspace' | 'extractive pair';

export interface Answers {
  readonly system: System;
  /** Recall at 5 of each question, 0 to 1. */
  readonly recalls: readonly number[];
  /** The same among all documents that were given, and how many these are on average. */
  readonly ofAll: { readonly recall: number; readonly documents: number };
  /** Milliseconds a question, the median; those of the encoder included. */
  readonly ms: number;
}

export interface Bench {
  readonly set: QuestionSet;
  readonly folder: SetFolder;
  readonly encoder: Encoder | undefined;
  readonly workerFile: string;
  /** Whether the extractive pair is asked too, which takes most of the time. */
  readonly withPair: boolean;
}

/** Each system over the same files, one after the other. */
export async function answersOf(bench: Bench): Promise<Answers[]> {
  const { folder, encoder, workerFile } = bench;
  const search = createWorkspaceSearch({
    folders: () => [{ name: 'bench', root: folder.root }],
    workerFile,
    encoder,
  });
  try {
    const plain = bm25(folder.files.map(({ path, text }) => `${path.replace(/\.md$/, '')}\n${text}`));
    return [
      await ask(bench, 'BM25', (question) => Promise.resolve(plain(question, K))),
      await ask(bench, 'one hop', async (question) =>
        sourcesIn(
          (await search.search(question, { limit: 2 * K })).map(({ path }) => path),
          bench,
        ),
      ),
      await ask(bench, 'search_workspace', async (question) =>
        sourcesIn(await searchOnce(search, question), bench),
      ),
      ...(bench.withPair
        ? [
            await ask(bench, 'extractive pair', async (question) =>
              sourcesIn(await pair(search, question, bench), bench),
            ),
          ]
        : []),
    ];
  } finally {
    await search.dispose();
  }
}

async function ask(
  { set }: Bench,
  system: System,
  find: (question: string) => Promise<readonly (number | undefined)[]>,
): Promise<Answers> {
  const recalls: number[] = [];
  const all: { recall: number; documents: number }[] = [];
  const times: number[] = [];
  for (const { text, gold } of set.questions) {
    const start = performance.now();
    const found = [...new Set(await find(text))];
    times.push(performance.now() - start);
    recalls.push(recallOf(found, gold, K));
    all.push({ recall: recallOf(found, gold, found.length), documents: found.length });
  }
  times.sort((a, b) => a - b);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    system,
    recalls,
    ofAll: {
      recall: mean(all.map(({ recall }) => recall)),
      documents: mean(all.map(({ documents }) => documents)),
    },
    ms: times[Math.floor(times.length / 2)] ?? 0,
  };
}

const sourcesIn = (sources: readonly string[], { folder }: Bench) =>
  sources.map((source) => folder.documentOf(source));

async function searchOnce(search: FolderSearch, query: string): Promise<string[]> {
  const { cited } = await callTool(searchWorkspaceTool(search), { query });
  return cited.map(({ source }) => source);
}

/** What the pair found and read, in this order. */
async function pair(search: FolderSearch, question: string, bench: Bench): Promise<string[]> {
  const { root } = bench.folder;
  const assistant = createAssistant({
    bank: await memoryBank(),
    runs: new MemoryRuns(),
    encoder: bench.encoder ?? hashEncoder(),
    workspace: 'bench',
    files: createFiles({ root }),
    search,
    commands: undefined,
    calculator: localCalculator,
    models: () => Promise.resolve(ok({ planner: undefined, executor: undefined })),
    secrets: new Secrets(),
    clock: systemClock,
    ids: systemIds,
    logger: silentLogger,
  });
  const { evidence } = runState(await eventsOf(assistant.research(question)));
  return Object.values(evidence).map(({ source }) => source);
}
