/** Whole runs of the core with the real client against a model server that does what it is told to. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { RunEvent } from '../../src/core/agent/events';
import type { Limits } from '../../src/core/agent/limits';
import type { Run } from '../../src/core/agent/run';
import { runState, type RunState } from '../../src/core/agent/runState';
import { createAssistant } from '../../src/core/assistant';
import { ok } from '../../src/core/common/result';
import type { SteadyClock } from '../../src/core/ports';
import { createOpenAiModel, type OpenAiModelOptions } from '../../src/models/openai';
import { createFiles } from '../../src/node/files';
import { createRunStore } from '../../src/node/runStore';
import { systemClock, systemIds } from '../../src/node/system';
import { hashEncoder } from '../fakes/hashEncoder';
import { localCalculator } from '../fakes/localCalculator';
import { memoryBank } from '../fakes/memoryBank';
import { silentLogger } from '../fakes/memoryRuns';
import { memorySearch } from '../fakes/memorySearch';
import {
  startModelServer,
  type ModelServer,
  type ScriptEntry,
  type ScriptedReply,
} from '../fakes/modelServer';
import type { ModelRequest } from '../fakes/modelServer';
import type { Stage } from './row';
import { Secrets } from '../../src/core/common/secrets';

/** Of no form that is taken for a key wherever it stands. */
export const KEY = 'orrin-0123456789abcdef';

/** What the workspace of these runs has in it. */
const FILES = { 'depth.md': '# Lake Orrin\n\nThe lake is 41 m deep.\n' };

export const PLAN = { text: JSON.stringify({ plan: [{ id: 1, description: 'Find the depth' }] }) };
export const ANSWER = { text: JSON.stringify({ answer: 'The lake is 41 m deep.', shortAnswer: '41 m' }) };
export const READ = { toolCalls: [{ name: 'read_file', arguments: { path: 'depth.md' } }] };
export const FOUND = { text: 'It is 41 m deep.' };

/** What a model says whose every run reads the file and answers, in whatever order runs ask. */
export function goodReplies({ body, last }: ModelRequest): ScriptedReply {
  if (!body.tools) return /No more tasks|Reply with the answer/.test(last) ? ANSWER : PLAN;
  return body.messages.some(({ role }) => role === 'tool') ? FOUND : READ;
}

export interface Laboratory {
  readonly server: ModelServer;
  /** Runs a question to its end. */
  readonly run: (question?: string, during?: During) => Promise<RunMade>;
  /** The log on the disk. */
  readonly logOf: (runId: string) => Promise<readonly RunEvent[]>;
  /** Both. */
  readonly ask: (question?: string, during?: During) => Promise<RunSeen>;
}

export interface RunMade {
  readonly runId: string;
  readonly events: readonly RunEvent[];
}

/** What is done at an event of a run that is under way. */
export type During = (event: RunEvent, run: Run) => void;

export interface RunSeen {
  /** The fold of the log on the disk. */
  readonly state: RunState;
  readonly events: readonly RunEvent[];
  readonly log: readonly RunEvent[];
}

export interface LaboratoryOptions {
  readonly replies: readonly ScriptEntry[] | ((request: ModelRequest, index: number) => ScriptedReply);
  readonly limits?: Partial<Limits>;
  readonly clock?: SteadyClock;
  /** False: no case is kept, so that each run is the first. */
  readonly remembers?: boolean;
  readonly planner?: Partial<OpenAiModelOptions>;
  readonly executor?: Partial<OpenAiModelOptions>;
}

/** The core over a real folder and a real run store; nobody waits between tries unless the options say so. */
export async function laboratory(stage: Stage, options: LaboratoryOptions): Promise<Laboratory> {
  const root = path.join(stage.folder, 'workspace');
  await mkdir(root, { recursive: true });
  for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(root, name), text);
  const server = await startModelServer({ replies: options.replies });
  stage.after(() => server.close());
  const model = (more: Partial<OpenAiModelOptions> = {}) =>
    createOpenAiModel({
      model: 'test-model',
      baseUrl: server.url,
      apiKey: KEY,
      sleep: () => Promise.resolve(),
      countTokens: async (text) => text.length,
      ...more,
    });
  const runs = createRunStore(path.join(stage.folder, 'storage'));
  const encoder = hashEncoder();
  const bank = await memoryBank();
  const assistant = createAssistant({
    ...{
      bank: options.remembers === false ? { ...bank, add: async () => undefined } : bank,
      runs,
      encoder,
      secrets: new Secrets(),
      workspace: 'lake',
      files: createFiles({ root }),
    },
    ...{ search: memorySearch(FILES, { encoder }), commands: undefined, calculator: localCalculator },
    models: async () => ok({ planner: model(options.planner), executor: model(options.executor) }),
    clock: options.clock ?? systemClock,
    ids: systemIds,
    logger: silentLogger,
  });
  const run = async (question = 'How deep is the lake?', during?: During) => {
    const started = assistant.research(question, { limits: options.limits ?? {} });
    const events: RunEvent[] = [];
    for await (const event of started.events) {
      events.push(event);
      during?.(event, started);
    }
    await started.finished;
    return { runId: started.id, events };
  };
  return {
    server,
    run,
    logOf: async (runId) => (await runs.read(runId)) ?? [],
    async ask(question, during) {
      const { runId, events } = await run(question, during);
      const log = (await runs.read(runId)) ?? [];
      return { state: runState(log), events, log };
    },
  };
}

/** How a run ended by its log: outcome, fault, and the calls that its tools got. */
export function ending({ state, log }: RunSeen): string {
  const isKept = log.some(({ type }) => type === 'run.finished');
  const calls = Object.values(state.calls).map(({ tool, status }) => `${tool} ${status}`);
  return [
    isKept ? (state.outcome ?? 'no outcome') : 'no end in the log',
    ...(state.error ? [state.error.code] : []),
    calls.length === 0 ? 'no call' : calls.join(', '),
  ].join('; ');
}

/** A fault's sentence without the port and the key, which differ or must not be there. */
export const sentenceOf = ({ state }: RunSeen): string => plain(state.error?.message ?? 'no fault');

export const plain = (text: string): string =>
  text.replaceAll(/127\.0\.0\.1:\d+/g, 'the server').replaceAll(KEY, 'THE KEY');

/** Of the task that the executor's model failed in. */
export const taskOf = ({ state }: RunSeen): string => {
  const [task] = state.tasks;
  return task ? `task ${task.status}: ${plain(task.result)}` : 'no task';
};
