/**
 * The real core over the command line's own adapters: files, index, documents, encoder, memory, log and counter of tokens
 * are those that users have, threads included. Only the models are scripted. What models and tools take is timed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { open } from '../../src/cli/open';
import type { RunEvent } from '../../src/core/agent/events';
import { createAssistant, type Assistant, type Ports, type ResearchOptions } from '../../src/core/assistant';
import { ok } from '../../src/core/common/result';
import { Secrets } from '../../src/core/common/secrets';
import type { ChatModel, TokenCounter } from '../../src/core/ports';
import { tokenCounter } from '../../src/models/tokens';
import { createTokenThread } from '../../src/node/tokens';
import { ScriptedModels, type Asked } from './models';
import type { Script } from './script';
import { Stopwatch } from './stopwatch';

const DIST = path.resolve(import.meta.dirname, '../../dist');
/** Its vocabulary is open, so that tokens are counted and not estimated. */
const VOCABULARY_OF = 'gpt-4.1';

/** What a run took: milliseconds of wall time, except where it says otherwise. */
export interface Spent {
  readonly wall: number;
  /** While a model or a tool was at work, by the time inside their ports. */
  readonly elsewhere: number;
  /** Of the rest; these may overlap with one another and with a tool. */
  readonly memory: number;
  readonly encoder: number;
  readonly tokens: number;
  readonly log: number;
  /** During which this thread, the editor's, could do nothing else; with the models' and the tools' work on it. */
  readonly thread: number;
  /** Milliseconds of processor time, of all threads together: what else the machine does is not in it. */
  readonly processor: number;
}

export interface Performed {
  readonly events: readonly RunEvent[];
  readonly asked: readonly Asked[];
  readonly spent: Spent;
}

export interface Stage {
  readonly tokens: TokenCounter;
  readonly ports: Ports;
  /** Absolute path of the folder that has the runs and the memory. */
  readonly storage: string;
  /** @param keeps what the models were asked */
  perform(script: Script, options?: ResearchOptions, keeps?: boolean): Promise<Performed>;
  close(): Promise<void>;
}

/** @param workspace absolute path of the folder that is searched */
export async function setStage(workspace: string, storage: string): Promise<Stage> {
  // Nothing of whoever runs the benchmark is read: neither memory nor servers.
  process.env['XDG_DATA_HOME'] = path.join(storage, 'user');
  const place = { workspace, storage, json: false };
  const opened = await open(place, { dist: DIST, secrets: new Secrets() });
  const thread = createTokenThread(path.join(DIST, 'token-worker.js'), opened.ports.logger);
  const watches = newWatches();
  const counter = tokenCounter(VOCABULARY_OF, thread.count);
  const tokens: TokenCounter = {
    exact: counter.exact,
    count: watches.tokens.over((text) => counter.count(text)),
  };
  const ports = timedPorts(opened.ports, watches);
  const assistant = createAssistant(ports);
  return {
    tokens: counter,
    ports,
    storage,
    perform: (script, options, keeps) =>
      perform(assistant, watches, new ScriptedModels(script, tokens, keeps), script.question, options),
    close: async () => {
      assistant.dispose();
      await thread.dispose();
      await opened.close();
    },
  };
}

type Watches = Readonly<Record<'elsewhere' | 'memory' | 'encoder' | 'tokens' | 'log', Stopwatch>>;

const newWatches = (): Watches => ({
  elsewhere: new Stopwatch(),
  memory: new Stopwatch(),
  encoder: new Stopwatch(),
  tokens: new Stopwatch(),
  log: new Stopwatch(),
});

/** The hash of a cited file is not its tool's but the run's, so it is not taken off. */
function timedPorts(ports: Ports, { elsewhere, memory, encoder, log }: Watches): Ports {
  const { bank, runs, files, search, calculator } = ports;
  return {
    ...ports,
    bank: {
      ...bank,
      decide: memory.over((request) => bank.decide(request)),
      add: memory.over((record, vector) => bank.add(record, vector)),
      record: memory.over((run) => bank.record(run)),
    },
    runs: { ...runs, append: log.over((event) => runs.append(event)) },
    encoder: {
      id: ports.encoder.id,
      dimensions: ports.encoder.dimensions,
      encode: encoder.over((texts, signal) => ports.encoder.encode(texts, signal)),
      dispose: () => ports.encoder.dispose(),
    },
    files: files && {
      list: elsewhere.over((options) => files.list(options)),
      read: elsewhere.over((file, signal) => files.read(file, signal)),
      bytes: elsewhere.over((file, options) => files.bytes(file, options)),
      locate: elsewhere.over((file) => files.locate(file)),
      hash: (file) => files.hash(file),
    },
    search: search && {
      search: elsewhere.over((query, options) => search.search(query, options)),
      related: elsewhere.over((passages, options) => search.related(passages, options)),
      limits: elsewhere.over(async () => (await search.limits?.()) ?? []),
    },
    calculator: { calculate: elsewhere.over((text, signal) => calculator.calculate(text, signal)) },
  };
}

async function perform(
  assistant: Assistant,
  watches: Watches,
  scripted: ScriptedModels,
  question: string,
  options: ResearchOptions = {},
): Promise<Performed> {
  const timed = (model: ChatModel): ChatModel => ({
    ...model,
    complete: watches.elsewhere.over((request, chat) => model.complete(request, chat)),
  });
  const pair = { planner: timed(scripted.planner), executor: timed(scripted.executor) };
  const before = read(watches);
  const begun = performance.now();
  const busy = performance.eventLoopUtilization();
  const used = process.cpuUsage();
  const run = assistant.research(question, { ...options, models: () => Promise.resolve(ok(pair)) });
  await run.finished;
  const thread = performance.eventLoopUtilization(busy).active;
  const wall = performance.now() - begun;
  const { user, system } = process.cpuUsage(used);
  const after = read(watches);
  const since = (name: keyof Watches) => after[name] - before[name];
  return {
    events: run.soFar,
    asked: scripted.asked,
    spent: {
      wall,
      elsewhere: since('elsewhere'),
      memory: since('memory'),
      encoder: since('encoder'),
      tokens: since('tokens'),
      log: since('log'),
      thread,
      processor: (user + system) / 1000,
    },
  };
}

const read = ({ elsewhere, memory, encoder, tokens, log }: Watches) => ({
  elsewhere: elsewhere.total,
  memory: memory.total,
  encoder: encoder.total,
  tokens: tokens.total,
  log: log.total,
});

/** Writes files (path -> text) into a folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
