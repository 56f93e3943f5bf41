/** The agent's own time and allocations, run by run, each beside what the same events cost at the least. */
import path from 'node:path';
import { median, timed } from '../learning/timing';
import { allocated, retained } from './allocation';
import { roundTrip, writeLines } from './references';
import type { Script } from './script';
import type { Performed, Spent, Stage } from './stage';

export interface Overhead {
  readonly runs: number;
  /** Of a run. */
  readonly events: number;
  readonly toolCalls: number;
  readonly modelCalls: number;
  /** Milliseconds a run outside models and tools, and what is in it: medians. */
  readonly own: number;
  readonly spent: Spent;
  /** Milliseconds that a run's words cost at the least: a log of its events, and a round trip of all through JSON. */
  readonly least: number;
  readonly overLeast: number;
  /** The same in processor time, of all threads: what else the machine does is not in it. */
  readonly processorOverLeast: number;
  /** Bytes a run on this thread's heap, what tools and models allocate there included. */
  readonly allocated: number;
  /** allocated / that of a round trip of all that the run says through JSON. */
  readonly overRoundTrip: number;
  /** Bytes that are still there after a run, on average: nobody holds it any more. */
  readonly left: number;
}

/** Some runs first, which are not measured: threads start, files are indexed, code is compiled. */
const WARM_UP = 3;

export async function measureOverhead(stage: Stage, script: Script, runs: number): Promise<Overhead> {
  for (let n = 0; n < WARM_UP; n++) await stage.perform(script);
  const timings = await timeRuns(stage, script, runs);
  const last = timings.at(-1)?.performed;
  if (!last) throw new Error('There is nothing to measure in no runs.');
  const { events, asked } = last;
  const before = retained();
  const bytes = await allocated(() => perform(stage, script, runs));
  const left = (retained() - before) / runs;
  const ofRoundTrips = await allocated(async () => {
    for (let n = 0; n < runs; n++) roundTrip(events, asked);
  });
  const of = (name: keyof Spent) => median(timings.map(({ performed }) => performed.spent[name]));
  const own = median(timings.map(({ performed }) => ownTime(performed.spent)));
  const least = median(timings.map((timing) => timing.least));
  const processor = of('processor');
  return {
    runs,
    events: events.length,
    toolCalls: events.filter(({ type }) => type === 'tool.called').length,
    modelCalls: asked.length,
    own,
    least,
    overLeast: own / least,
    processorOverLeast: processor / median(timings.map((timing) => timing.leastProcessor)),
    spent: {
      wall: of('wall'),
      elsewhere: of('elsewhere'),
      memory: of('memory'),
      encoder: of('encoder'),
      tokens: of('tokens'),
      log: of('log'),
      thread: of('thread'),
      processor,
    },
    allocated: bytes / runs,
    overRoundTrip: bytes / ofRoundTrips,
    left,
  };
}

const ownTime = ({ wall, elsewhere }: Spent): number => wall - elsewhere;

interface Timing {
  readonly performed: Performed;
  /** Milliseconds of the reference, right after it. */
  readonly least: number;
  readonly leastProcessor: number;
}

async function timeRuns(stage: Stage, script: Script, runs: number): Promise<readonly Timing[]> {
  const timings: Timing[] = [];
  for (let n = 0; n < runs; n++) {
    const performed = await stage.perform(script);
    const { events, asked } = performed;
    const used = process.cpuUsage();
    const least = await timed(async () => {
      await writeLines(referenceFile(stage, n), events);
      roundTrip(events, asked);
    });
    const { user, system } = process.cpuUsage(used);
    timings.push({ performed, least, leastProcessor: (user + system) / 1000 });
  }
  return timings;
}

const referenceFile = (stage: Stage, n: number): string => path.join(stage.storage, `reference-${n}.jsonl`);

async function perform(stage: Stage, script: Script, runs: number): Promise<void> {
  for (let n = 0; n < runs; n++) await stage.perform(script);
}
