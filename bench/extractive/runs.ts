/** Asks questions of a folder through the real assistant: planner, executor, tools, search in a worker, encoder. */
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { answerFrom } from '../../src/core/agent/extractive/answer';
import { runState } from '../../src/core/agent/runState';
import { createAssistant } from '../../src/core/assistant';
import { ok } from '../../src/core/common/result';
import { Secrets } from '../../src/core/common/secrets';
import type { Encoder } from '../../src/core/ports';
import { checkCitations } from '../../src/core/tools/citationCheck';
import type { Evidence } from '../../src/core/tools/evidence';
import { createFiles } from '../../src/node/files';
import { systemClock, systemIds } from '../../src/node/system';
import { createWorkspaceSearch } from '../../src/node/workspace';
import { localCalculator } from '../../test/fakes/localCalculator';
import { memoryBank } from '../../test/fakes/memoryBank';
import { MemoryRuns, silentLogger } from '../../test/fakes/memoryRuns';
import { eventsOf } from '../../test/fakes/scriptedCrew';
import type { Asked, FolderSet, ParagraphQuestion } from './questions';

export interface Outcome {
  readonly asked: Asked;
  readonly evidence: readonly Evidence[];
  readonly abstained: boolean;
  /** Some quotation of the answer answers. */
  readonly right: boolean;
  /** Every citation was found in its source. */
  readonly verified: boolean;
  readonly answer: string;
  /** Milliseconds from the last task's end to the answer; undefined where there was no task. */
  readonly answering: number | undefined;
}

/** Every question of the set, each with an empty memory. */
export async function runFolder(set: FolderSet, encoder: Encoder, dist: string): Promise<Outcome[]> {
  const root = typeof set.folder === 'string' ? set.folder : await written(set.folder);
  const search = createWorkspaceSearch({
    folders: () => [{ name: 'bench', root }],
    workerFile: path.join(dist, 'workspace-worker.js'),
    encoder,
  });
  try {
    const outcomes: Outcome[] = [];
    for (const asked of set.questions) {
      const assistant = createAssistant({
        bank: await memoryBank(),
        runs: new MemoryRuns(),
        encoder,
        workspace: path.basename(root),
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
      outcomes.push(await outcomeOf(asked, await eventsOf(assistant.research(asked.text))));
    }
    return outcomes;
  } finally {
    await search.dispose();
    if (typeof set.folder !== 'string') await rm(root, { recursive: true, force: true });
  }
}

/** Each question over its paragraph alone: what the answering step does with evidence that is given. */
export async function runParagraphs(
  questions: readonly ParagraphQuestion[],
  encoder: Encoder,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const asked of questions) {
    const evidence = [evidenceOf(asked.paragraph)];
    const start = performance.now();
    const { answer, abstained } = await answerFrom(asked.text, evidence, encoder);
    const answering = performance.now() - start;
    outcomes.push({ ...judged(asked, answer, abstained, evidence), answering });
  }
  return outcomes;
}

const evidenceOf = ({ title, text }: ParagraphQuestion['paragraph']): Evidence => ({
  id: 'e1',
  callId: 'c1',
  source: `${title}.md`,
  title,
  locator: { kind: 'lines', start: 1, end: 1 },
  text,
  hash: '',
  readAt: 0,
});

async function outcomeOf(asked: Asked, events: Awaited<ReturnType<typeof eventsOf>>): Promise<Outcome> {
  const { outcome, answer, evidence } = runState(events);
  const ready = events.findLast(({ type }) => type === 'answer.ready')?.at;
  const worked = events.findLast(({ type }) => type === 'task.finished')?.at;
  const answering = ready !== undefined && worked !== undefined ? ready - worked : undefined;
  return { ...judged(asked, answer, outcome !== 'answered', Object.values(evidence)), answering };
}

function judged(asked: Asked, answer: string, abstained: boolean, evidence: readonly Evidence[]) {
  const citations = checkCitations(answer, (id) => evidence.find((item) => item.id === id));
  const quotes = Array.from(answer.matchAll(/(?:“([^”]*)”|"([^"]*)"|«([^»]*)») \[(e\d+)\]/g));
  const verified = citations.every(({ verdict }) => verdict === 'quoted');
  const right =
    !abstained &&
    verified &&
    quotes.some(([, a, b, c, id]) => {
      const source = evidence.find((item) => item.id === id)?.source ?? '';
      return asked.answers?.(a ?? b ?? c ?? '', source) ?? false;
    });
  return { asked, evidence, abstained, right, verified, answer };
}

async function written(files: ReadonlyMap<string, { readonly text: string }>): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'extractive-bench-'));
  for (const [name, { text }] of files) {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  }
  return root;
}
