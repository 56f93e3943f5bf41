/**
 * What the agent itself takes, outside models and tools, and how many tokens its prompts have beside those of the paper's
 * released code for the same run.
 *   npm run bench -- overhead [--runs N, default 30] [--quick: 8 runs] [--json]
 * Time: the real core over the command line's adapters (stage.ts), three tasks in a row of five files each; models are
 * scripted and answer at once; time inside the ports of models, files, search and calculator is taken off. Beside it: a
 * log of the same events, line by line, and a round trip of its events and requests through JSON. Allocations: what V8 reports around each collection (allocation.ts). Beside
 * it: that round trip. Tokens: the rule of the released code is in released.ts;
 * what is approximate there is said in `APPROXIMATE`. Exits with 1 where a limit is missed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { adapterCost, type AdapterCost } from './overhead/adapter';
import { documents } from './overhead/documents';
import { type Figure, tellFigures } from './table/figure';
import { measureOverhead, type Overhead } from './overhead/measure';
import { compare, type ComparedRun, ratio, sum } from './overhead/promptTokens';
import type { Script } from './overhead/script';
import { CHAINED, inARow, long, MEDIUM, SMALL } from './overhead/scripts';
import { type Stage, setStage, writeFiles } from './overhead/stage';
import { traceOf } from './overhead/trace';

const SAMPLE = path.resolve(import.meta.dirname, '../examples/sample-workspace');
/** Of the long trace: each task makes nearly all the calls that it may, of files as long as one call shows. */
const [LONG_TASKS, LONG_READS, LONG_CHARACTERS] = [3, 14, 20_000];

const APPROXIMATE =
  'Approximate: both are counted by o200k_base with three tokens around a message; both have our tools; the released code ' +
  'is given the outputs as our tools wrote them; it would not have planned and answered in the same words.';

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '30' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const runs = values.quick ? 8 : Number(values.runs);
  const print = (name: string, result: object, text: string) =>
    console.log(values.json ? JSON.stringify({ name, ...result }) : text);
  const work = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-'));
  try {
    const { overhead, adapter } = await times(work, runs);
    print('overhead', overhead, overheadText(overhead));
    print('adapter', adapter, adapterText(adapter));
    const compared = await tokens(work);
    for (const [name, run] of Object.entries(compared))
      print('tokens', { name, ...run }, tokensText(name, run));
    print('note', { note: APPROXIMATE }, `${APPROXIMATE}\n`);
    tellFigures(figuresOf(overhead, adapter, compared), values.json);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function times(work: string, runs: number) {
  const workspace = path.join(work, 'short');
  writeFiles(workspace, documents(15, 2_000));
  return onStage(workspace, path.join(work, 'short-storage'), async (stage) => {
    const script = inARow(3, 5);
    const overhead = await measureOverhead(stage, script, runs);
    const { asked } = await stage.perform(script);
    const request = asked.find(({ role }) => role === 'executor')?.request ?? { messages: [] };
    return { overhead, adapter: await adapterCost(request) };
  });
}

type ComparedRuns = Readonly<Record<'small' | 'medium' | 'chained' | 'long', ComparedRun>>;

async function tokens(work: string): Promise<ComparedRuns> {
  const [small, medium, chained] = await onStage(SAMPLE, path.join(work, 'sample-storage'), async (stage) => [
    await comparedRun(stage, SMALL),
    await comparedRun(stage, MEDIUM),
    await comparedRun(stage, CHAINED),
  ]);
  const workspace = path.join(work, 'long');
  writeFiles(workspace, documents(2 * LONG_TASKS * LONG_READS, LONG_CHARACTERS));
  const script = long(LONG_TASKS, LONG_READS);
  const longest = await onStage(workspace, path.join(work, 'long-storage'), (stage) =>
    comparedRun(stage, script),
  );
  if (!small || !medium || !chained) throw new Error('A run is missing.');
  return { small, medium, chained, long: longest };
}

async function comparedRun(stage: Stage, script: Script): Promise<ComparedRun> {
  const { events, asked } = await stage.perform(script, { limits: { modelCalls: 200 } });
  const end = events.find((event) => event.type === 'run.finished');
  if (end?.outcome !== 'answered') throw new Error(`The run ended otherwise: ${JSON.stringify(end)}`);
  return compare(traceOf(script, asked), asked, stage.tokens);
}

async function onStage<T>(
  workspace: string,
  storage: string,
  work: (stage: Stage) => Promise<T>,
): Promise<T> {
  const stage = await setStage(workspace, storage);
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

function overheadText({ runs, events, modelCalls, toolCalls, own, spent, ...more }: Overhead): string {
  const { wall, elsewhere, memory, encoder, tokens, log, thread } = spent;
  return (
    `a run of ${events} events, ${modelCalls} model calls and ${toolCalls} tool calls, median of ${runs}: ${ms(wall)} ms, ` +
    `models and tools ${ms(elsewhere)}, the agent ${ms(own)} (counting tokens ${ms(tokens)}, log ${ms(log)}, memory ` +
    `${ms(memory)}, encoder ${ms(encoder)}: these overlap); this thread was busy for ${ms(thread)} ms\n` +
    `a log of its events and a round trip of its words through JSON: ${ms(more.least)} ms, ratio ` +
    `${more.overLeast.toFixed(1)}; allocated ` +
    `${(more.allocated / 2 ** 20).toFixed(1)} MB a run, ${more.overRoundTrip.toFixed(1)} × a round trip through JSON; ` +
    `left after a run ${(more.left / 1024).toFixed(0)} KB`
  );
}

const adapterText = ({ adapter, bare }: AdapterCost) =>
  `a model call over HTTP on loopback: ${adapter.toFixed(2)} ms by the adapter, ${bare.toFixed(2)} ms by fetch alone\n`;

const tokensText = (name: string, { tasks, executor, planner, all }: ComparedRun) =>
  `prompt tokens, ${name}: all ${all.ours} to ${all.theirs} (${ratio(all).toFixed(2)}), executor ${executor.ours} to ` +
  `${executor.theirs} (${ratio(executor).toFixed(2)}), planner ${planner.ours} to ${planner.theirs}; by task ` +
  tasks.map((task) => ratio(task).toFixed(2)).join(' ');

const ms = (time: number) => time.toFixed(1);

/**
 * Limits: what the agent does beside its log, above all counting the tokens of each prompt in a thread, took 6 to 14 times
 * as long as log and round trip on a machine that did little else, 46 times on one with a load of twenty: so the limit is
 * one of processor time, which all threads together took 24 times as much of. It allocated 5 times as much as the round trip. A run
 * may leave what its case is known by, and no prompts. Of tokens: a long run must be cheaper than by the released code's rule.
 */
function figuresOf(
  overhead: Overhead,
  { adapter, bare }: AdapterCost,
  compared: ComparedRuns,
): readonly Figure[] {
  const { own, events, modelCalls, processorOverLeast, allocated, overRoundTrip, left } = overhead;
  const { small, medium, chained, long } = compared;
  const all = sum([small, medium, chained, long].map((run) => run.all));
  return [
    { what: 'own time an event', value: own / events, unit: 'ms' },
    { what: 'own time a model call', value: own / modelCalls, unit: 'ms' },
    {
      what: 'processor time / a log and a round trip of its words',
      value: processorOverLeast,
      unit: '×',
      atMost: 50,
    },
    { what: 'allocated an event', value: allocated / events / 1024, unit: 'KB' },
    { what: 'allocated / a round trip through JSON', value: overRoundTrip, unit: '×', atMost: 16 },
    { what: 'left on the heap after a run', value: left / 1024, unit: 'KB', atMost: 256 },
    { what: 'model call by the adapter / by fetch alone', value: adapter / bare, unit: '×', atMost: 6 },
    { what: 'prompt tokens ours / released, small run', value: ratio(small.all), unit: '×' },
    { what: 'the same, four tasks on the sample', value: ratio(medium.all), unit: '×' },
    { what: 'the same, each task on top of all before', value: ratio(chained.all), unit: '×' },
    { what: 'the same, six tasks with long outputs', value: ratio(long.all), unit: '×', atMost: 0.75 },
    { what: 'the same, all four runs', value: ratio(all), unit: '×', atMost: 0.75 },
  ];
}

await main();
