import { ToolRegistry } from '../../src/core/tools/registry';
import type { Tool } from '../../src/core/tools/tool';
import type { RunEvent } from '../../src/core/agent/events';
import type { Limits } from '../../src/core/agent/limits';
import { DEFAULT_LIMITS } from '../../src/core/agent/limits';
import type { ExecutorInput, PlannerInput, PlannerStep } from '../../src/core/agent/roles';
import type { Run } from '../../src/core/agent/run';
import type { RunParts } from '../../src/core/agent/session';
import { startRun } from '../../src/core/agent/startRun';
import type { Result } from '../../src/core/common/result';
import { Secrets } from '../../src/core/common/secrets';
import { ok } from '../../src/core/common/result';
import { hashEncoder } from './hashEncoder';
import { memoryBank } from './memoryBank';
import { CountingIds, ManualClock, MemoryRuns, silentLogger } from './memoryRuns';

export interface Script {
  /** The planner's steps in order; the last one is repeated. */
  readonly steps: readonly (PlannerStep | ((input: PlannerInput) => Promise<Result<PlannerStep>>))[];
  readonly execute?: (input: ExecutorInput) => Promise<Result<string>>;
  readonly tools?: readonly Tool[];
  readonly limits?: Partial<Limits>;
  readonly question?: string;
  readonly parts?: Partial<RunParts>;
}

/** A run by a planner and an executor that do what the script says, over an empty memory. */
export async function startScripted(
  script: Script,
): Promise<{ run: Run; runs: MemoryRuns; inputs: PlannerInput[] }> {
  const inputs: PlannerInput[] = [];
  const runs = new MemoryRuns();
  let next = 0;
  const run = startRun({
    question: script.question ?? 'How deep is the lake?',
    parentRunId: null,
    askedByAgent: false,
    workspace: 'lake',
    leftRunning: () => [],
    files: undefined,
    tools: async () => ({ registry: new ToolRegistry(script.tools ?? []), notices: [] }),
    bank: await memoryBank(),
    runs,
    encoder: hashEncoder(),
    secrets: new Secrets(),
    clock: new ManualClock(),
    ids: new CountingIds(),
    logger: silentLogger,
    policy: 'similarity',
    k: 4,
    rates: { control: 0, drop: 0 },
    limits: { ...DEFAULT_LIMITS, ...script.limits },
    prices: {},
    reviewPlans: false,
    reuse: false,
    crew: async () =>
      ok({
        planner: {
          id: 'scripted',
          restate: async ({ question }) => ok(`${question} (of Lake Orrin)`),
          next: async (input) => {
            inputs.push({ ...input, tasks: [...input.tasks] });
            const step = script.steps[Math.min(next++, script.steps.length - 1)];
            if (step === undefined) throw new Error('The script has no steps.');
            return typeof step === 'function' ? step(input) : ok(step);
          },
        },
        executor: {
          id: 'scripted',
          execute: script.execute ?? (async ({ task }) => ok(`did ${task.description}`)),
        },
      }),
    ...script.parts,
  });
  return { run, runs, inputs };
}

export async function eventsOf(run: Run): Promise<RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of run.events) events.push(event);
  return events;
}
