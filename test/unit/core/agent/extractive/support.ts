/** What the tests of the extractive pair share: evidence from text, and an encoder that can read nothing. */
import { createExtractiveExecutor } from '../../../../../src/core/agent/extractive/executor';
import { createExtractivePlanner } from '../../../../../src/core/agent/extractive/planner';
import type { RunState } from '../../../../../src/core/agent/runState';
import { runState } from '../../../../../src/core/agent/runState';
import { ok } from '../../../../../src/core/common/result';
import type { Encoder } from '../../../../../src/core/ports';
import { calculateTool } from '../../../../../src/core/tools/calculate';
import type { Evidence } from '../../../../../src/core/tools/evidence';
import { listFilesTool } from '../../../../../src/core/tools/listFiles';
import { readFileTool } from '../../../../../src/core/tools/readFile';
import { ToolRegistry } from '../../../../../src/core/tools/registry';
import { searchWorkspaceTool } from '../../../../../src/core/tools/searchWorkspace';
import { localCalculator } from '../../../../fakes/localCalculator';
import { memoryFiles } from '../../../../fakes/memoryFiles';
import { memorySearch } from '../../../../fakes/memorySearch';
import { eventsOf, startScripted } from '../../../../fakes/scriptedCrew';

export function evidenceOf(source: string, text: string, parts: Partial<Evidence> = {}): Evidence {
  const end = text.split('\n').length;
  const locator = { kind: 'lines', start: 1, end } as const;
  return { id: 'e1', callId: 'c1', source, title: source, locator, text, hash: '', readAt: 0, ...parts };
}

/** As for texts in a language that the real one cannot read: likeness is then by words alone. */
export const unreadable: Encoder = {
  id: 'unreadable',
  dimensions: 1,
  encode: async (texts, signal) => {
    signal?.throwIfAborted();
    return texts.map(() => undefined);
  },
  dispose: async () => undefined,
};

/** A whole run of planner and executor over files given as text, by words alone. */
export async function ask(question: string, files: Record<string, string>): Promise<RunState> {
  const search = memorySearch(files);
  const folder = memoryFiles(files);
  const { run } = await startScripted({
    steps: [],
    question,
    parts: {
      files: folder,
      encoder: unreadable,
      tools: async () => ({
        registry: new ToolRegistry([
          searchWorkspaceTool(search),
          readFileTool(folder),
          listFilesTool(folder),
          calculateTool(localCalculator),
        ]),
        notices: [],
      }),
      crew: async () =>
        ok({
          planner: createExtractivePlanner({ encoder: unreadable }),
          executor: createExtractiveExecutor({ search }),
        }),
    },
  });
  return runState(await eventsOf(run));
}
