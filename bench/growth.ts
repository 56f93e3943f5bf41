/**
 * How costs grow: runs of 10 to 1,000 tool calls, banks of 1,000 cases and more.
 *   npm run bench -- growth [--calls 10,30,100,300,1000] [--cases 1000,3000,10000] [--quick] [--json]
 * `--quick`: runs of at most 300 calls, banks of at most 2,000 cases. Runs are made by the real core over the command
 * line's adapters, with scripted models (overhead/stage.ts); a call reads a file of 6,000 characters. Banks are written
 * by the real journal and measured through the memory's thread, each in a process of its own; a tenth of the cases is
 * judged. The product's budget is 10,000 cases; `--cases 1000,10000,100000` looks beyond it, in 6 min.
 * Growth is the slope of the logarithms over the last decade of sizes (growth/exponent.ts). Exits with 1 where a limit is
 * missed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { type BankCost, bankCost } from './growth/banks';
import { exponent } from './growth/exponent';
import { reading, type RunCost, runCost } from './growth/runs';
import { documents } from './overhead/documents';
import { type Figure, tellFigures } from './table/figure';
import { setStage, writeFiles } from './overhead/stage';

const FILE_CHARACTERS = 6_000;
/** `PromptRoom` gives a prompt so many tokens (src/core/agent/llm/room.ts). */
const ROOM = 32_000;
/** Tasks of the run whose tasks go side by side. */
const TASKS = 10;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      calls: { type: 'string' },
      cases: { type: 'string' },
      quick: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const calls = sizesOf(values.calls ?? (values.quick ? '30,100,300' : '10,30,100,300,1000'));
  const cases = sizesOf(values.cases ?? (values.quick ? '300,800,2000' : '1000,3000,10000'));
  const print = (name: string, result: object) =>
    console.log(values.json ? JSON.stringify({ name, ...result }) : `${name}: ${textOf(result)}`);
  const work = await mkdtemp(path.join(os.tmpdir(), 'memento-bench-'));
  try {
    const runs = await runCosts(work, calls, print);
    const banks = cases.map((size) => {
      const cost = bankCost(path.join(work, `bank-${size}`), size);
      print('bank', cost);
      return cost;
    });
    tellFigures([...runFigures(runs), ...bankFigures(banks)], values.json);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

const sizesOf = (list: string): readonly number[] =>
  list
    .split(',')
    .map(Number)
    .sort((a, b) => a - b);

interface RunCosts {
  /** All calls in one task, by the number of calls. */
  readonly oneTask: readonly RunCost[];
  /** The longest one, its calls shared by tasks that go side by side. */
  readonly sideBySide: RunCost;
}

async function runCosts(
  work: string,
  sizes: readonly number[],
  print: (name: string, result: object) => void,
): Promise<RunCosts> {
  const longest = sizes.at(-1) ?? 0;
  const workspace = path.join(work, 'reports');
  writeFiles(workspace, documents(longest, FILE_CHARACTERS));
  const stage = await setStage(workspace, path.join(work, 'storage'));
  try {
    // Threads start and code is compiled.
    for (let n = 0; n < 2; n++) await runCost(stage, reading(20));
    const oneTask: RunCost[] = [];
    for (const size of sizes) {
      const cost = await runCost(stage, reading(size));
      print('run', cost);
      oneTask.push(cost);
    }
    const sideBySide = await runCost(stage, reading(longest, TASKS));
    print(`run of ${TASKS} tasks`, sideBySide);
    return { oneTask, sideBySide };
  } finally {
    await stage.close();
  }
}

/**
 * Limits: what is counted is at most linear to a few hundredths. Of times 1.25, as processors run slower with what else a
 * machine does; quadratic growth, which this looks for, gives 1.5 and more once it is a part that matters. A prompt has its
 * room whatever the number of calls; its tokens are counted text by text, which differs a little from the whole.
 */
function runFigures({ oneTask, sideBySide }: RunCosts): readonly Figure[] {
  const growth = (what: string, cost: (run: RunCost) => number, atMost: number): Figure => ({
    what: `growth with calls: ${what}`,
    value: exponent(oneTask.map((run) => ({ size: run.calls, cost: cost(run) }))),
    unit: 'exponent',
    atMost,
  });
  const last = oneTask.at(-1);
  const before = oneTask.findLast(({ calls }) => calls * 10 <= (last?.calls ?? 0));
  if (!last || !before) throw new Error('Sizes of runs must span a factor of ten.');
  const longest = Math.max(last.longestPrompt, sideBySide.longestPrompt);
  return [
    growth('processor time of a run', (run) => run.processor, 1.25),
    growth('bytes of the log', (run) => run.logBytes, 1.05),
    growth('heap while the run is held', (run) => run.heldBytes, 1.1),
    growth('fold, an event at a time', (run) => run.foldEach, 1.25),
    {
      what: `longest prompt, run of ${last.calls} calls`,
      value: longest,
      unit: 'tokens',
      atMost: 1.02 * ROOM,
    },
    { what: `own time a call, run of ${last.calls}`, value: last.own / last.calls, unit: 'ms' },
  ];
}

/**
 * A process, a thread and an empty database cost what they cost, so exponents of banks are under 1 where they are well;
 * over 1.1 something is done for each case that looks at all the others. Filling writes images of all the bank as it grows,
 * and is told without a limit.
 */
function bankFigures(banks: readonly BankCost[]): readonly Figure[] {
  const growth = (what: string, cost: (bank: BankCost) => number, atMost?: number): Figure => ({
    what: `growth with cases: ${what}`,
    value: exponent(banks.map((bank) => ({ size: bank.cases, cost: cost(bank) }))),
    unit: 'exponent',
    ...(atMost === undefined ? {} : { atMost }),
  });
  return [
    growth('filling', (bank) => bank.fill),
    growth('opening', (bank) => bank.open, 1.1),
    growth('first decision', (bank) => bank.firstDecision, 1.1),
    growth('judgement to decision', (bank) => bank.judging, 1.1),
    growth('memory', (bank) => bank.memory, 1.1),
    {
      what: 'cases shown to a planner, any bank',
      value: Math.max(...banks.map(({ shown }) => shown)),
      unit: '×',
      atMost: 5,
    },
  ];
}

const textOf = (result: object): string =>
  Object.entries(result)
    .map(
      ([name, value]) =>
        `${name} ${typeof value === 'number' ? Number(value.toPrecision(4)) : String(value)}`,
    )
    .join(', ');

await main();
