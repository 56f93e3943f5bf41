/** What a run costs by its number of tool calls: the same work in ever longer runs of the real core. */
import { stat } from 'node:fs/promises';
import { runFolderPath } from '../../src/node/runId';
import type { RunEvent } from '../../src/core/agent/events';
import { foldOn, initialRunState, runState } from '../../src/core/agent/runState';
import { timed } from '../learning/timing';
import { retained } from '../overhead/allocation';
import { documentPath } from '../overhead/documents';
import type { Script, ScriptedTask } from '../overhead/script';
import type { Stage } from '../overhead/stage';

export interface RunCost {
  readonly calls: number;
  /** Milliseconds outside models and tools. */
  readonly own: number;
  /** Milliseconds of processor time, all threads and the tools' reading of files together. */
  readonly processor: number;
  readonly events: number;
  readonly logBytes: number;
  /** Bytes on the heap that are there only while the run is held. */
  readonly heldBytes: number;
  /** Of all prompts, and of the longest one. */
  readonly promptTokens: number;
  readonly longestPrompt: number;
  /** Milliseconds to fold all events of the log at once, as a page does that is opened later. */
  readonly fold: number;
  /** The same with an event at a time, as they come to a page that is open; to all of them together. */
  readonly foldEach: number;
}

/** One task, or `tasks` of them that run side by side; each reads as many files, none twice. */
export function reading(calls: number, tasks = 1): Script {
  const each = Math.ceil(calls / tasks);
  return {
    question: 'What do the reports of the field station say of each instrument?',
    plans: [Array.from({ length: tasks }, (_, n) => readingTask(n, each))],
  };
}

const readingTask = (n: number, calls: number): ScriptedTask => ({
  id: n + 1,
  description: `Read ${calls} reports, beginning with the report ${n * calls + 1}, and say what they tell.`,
  dependsOn: [],
  calls: Array.from({ length: calls }, (_, i) => ({
    name: 'read_file',
    arguments: { path: documentPath(n * calls + i) },
  })),
});

/** So many times a fold is timed; the shortest counts, as nothing can make it shorter than it is. */
const FOLDS = 5;

export async function runCost(stage: Stage, script: Script): Promise<RunCost> {
  const calls = script.plans.flat().reduce((sum, task) => sum + task.calls.length, 0);
  const before = retained();
  // The limits of a usual run (15 calls a task, 40 model calls) would end it long before.
  const limits = { toolCalls: calls, modelCalls: 2 * calls + 10, minutes: 120 };
  const { events, spent } = await stage.perform(script, { limits }, false);
  const heldBytes = retained() - before;
  checkComplete(events, calls);
  const longestPrompt = Math.max(...promptsOf(events));
  const folds: number[] = [];
  const folded: number[] = [];
  for (let n = 0; n < FOLDS; n++) {
    folds.push(await timed(() => runState(events)));
    folded.push(await timed(() => events.reduce((state, event) => foldOn(state, [event]), initialRunState)));
  }
  const { size } = await stat(`${runFolderPath(stage.storage, events[0]?.runId ?? '')}.jsonl`);
  return {
    calls,
    own: spent.wall - spent.elsewhere,
    processor: spent.processor,
    events: events.length,
    logBytes: size,
    heldBytes,
    promptTokens: promptsOf(events).reduce((sum, tokens) => sum + tokens, 0),
    longestPrompt,
    fold: Math.min(...folds),
    foldEach: Math.min(...folded),
  };
}

function checkComplete(events: readonly RunEvent[], calls: number): void {
  const end = events.find((event) => event.type === 'run.finished');
  const made = events.filter((event) => event.type === 'tool.returned' && event.ok).length;
  if (end?.outcome === 'answered' && made === calls) return;
  throw new Error(`The run made ${made} of ${calls} calls and ended as ${JSON.stringify(end)}`);
}

/** The tokens of each prompt: what the run books with each call, as the models report none. */
function promptsOf(events: readonly RunEvent[]): readonly number[] {
  let booked = 0;
  return events.flatMap((event) => {
    if (event.type !== 'usage' || event.inputTokens === booked) return [];
    const tokens = event.inputTokens - booked;
    booked = event.inputTokens;
    return [tokens];
  });
}
