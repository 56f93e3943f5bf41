/** Faults of the clock: it is set forward or back by hours, at every reading. */
import { utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createOpenAiModel } from '../../src/models/openai';
import { HostQueue } from '../../src/core/tools/web/hostQueue';
import { PageRetriever } from '../../src/core/tools/web/retrieve';
import { Turnstile } from '../../src/core/tools/web/search/pace';
import { LockTimeout, withLock } from '../../src/node/fileLock';
import { systemIds } from '../../src/node/system';
import { clientFor } from '../fakes/httpRequests';
import { memoryCache } from '../fakes/memoryCache';
import { startModelServer } from '../fakes/modelServer';
import { VirtualTimer } from '../fakes/virtualTimer';
import { startWeb } from '../fakes/web';
import { ending, goodReplies, laboratory } from './modelRun';
import type { FaultRow, Produced } from './row';

const HOUR = 3_600_000;
const JUMPS = [6 * HOUR, -6 * HOUR];
const NOON = Date.UTC(2026, 0, 1, 12);

/** Jumps once, at its n-th reading; what is steady goes on. */
class JumpingClock {
  readings = 0;
  #jumpAt = Infinity;
  #jump = 0;

  willJump(at: number, jump: number): void {
    [this.readings, this.#jumpAt, this.#jump] = [0, at, jump];
  }

  now(): number {
    this.readings++;
    return NOON + this.readings + (this.readings >= this.#jumpAt ? this.#jump : 0);
  }

  steady(): number {
    return performance.now();
  }
}

/** A whole run for every reading of its clock, which jumps there. */
const wholeRun: Produced['see'] = async (stage) => {
  const endings = new Map<string, number>();
  const clock = new JumpingClock();
  const { ask } = await laboratory(stage, { replies: goodReplies, clock, remembers: false });
  for (const jump of JUMPS) {
    for (let at = 1, more = true; more; at++) {
      clock.willJump(at, jump);
      const seen = await ask();
      more = clock.readings >= at;
      const negative = seen.log.filter((event) => event.type === 'tool.returned' && event.durationMs < 0);
      const long = seen.log.filter((event) => event.type === 'tool.returned' && event.durationMs >= HOUR);
      const words = `${ending(seen)}; ${negative.length + long.length} wrong durations`;
      endings.set(words, (endings.get(words) ?? 0) + 1);
    }
  }
  return [...endings].map(([words, times]) => `${times} runs ${words}`).join(' · ');
};

/** A page that is fresh for ten minutes, read again after the clock was set: how often its server was asked. */
const freshness =
  (site: string, counted: string): Produced['see'] =>
  async (stage) => {
    const told: string[] = [];
    for (const jump of [60_000, -6 * HOUR]) {
      let now = NOON;
      const server = await startWeb({
        '/robots.txt': { body: 'user-agent: *\nallow: /' },
        '/page': { headers: { 'cache-control': 'max-age=600' }, body: 'page' },
        '/other': { headers: { 'cache-control': 'no-store' }, body: 'other' },
      });
      stage.after(() => server.close());
      const cache = memoryCache();
      const read = async (page: string) => {
        // One for each run: only the cache is remembered.
        const pages = new PageRetriever({
          ...{ http: clientFor([server.origin]), cache, clock: { now: () => now }, ignoreRobots: () => [] },
        });
        await pages.retrieve(new URL(page, server.origin), new AbortController().signal);
      };
      await read(site);
      now += jump;
      await read(site);
      const asked = server.requests.filter((request) => request === `GET ${counted}`).length;
      told.push(`${jump > 0 ? 'a minute on' : '6 h back'}: ${asked} requests`);
    }
    return told.join(', ');
  };

/** What a 429 comes to whose Retry-After is a date, where the machine's clock is wrong by so much. */
const retryAfterDate: Produced['see'] = async (stage) => {
  const told: string[] = [];
  for (const wrong of JUMPS) {
    const server = await startModelServer({
      replies: [
        { status: 429, headers: { 'retry-after': new Date(NOON + 5_000).toUTCString() } },
        { text: 'hi' },
      ],
    });
    stage.after(() => server.close());
    const slept: number[] = [];
    const model = createOpenAiModel({
      ...{ model: 'test-model', baseUrl: server.url, now: () => NOON + wrong },
      sleep: async (ms) => void slept.push(ms),
    });
    const reply = await model.complete(
      { messages: [{ role: 'user', content: 'Hello' }] },
      { signal: new AbortController().signal },
    );
    told.push(
      `${wrong > 0 ? 'fast' : 'slow'}: ${reply.ok ? 'answered' : reply.fault.code}, slept ${slept.join()} ms`,
    );
  }
  return told.join('; ');
};

const ulids: Produced['see'] = async () => {
  const { now } = Date;
  const ids: string[] = [];
  try {
    for (const jump of [0, ...JUMPS, 0]) {
      Date.now = () => now() + jump;
      for (let i = 0; i < 50; i++) ids.push(systemIds.next());
    }
  } finally {
    Date.now = now;
  }
  const sorted = [...ids].sort().join() === ids.join();
  return `${ids.length} ids, ${new Set(ids).size} different, ${sorted ? 'in order' : 'out of order'}`;
};

/** A lock of a process elsewhere, whose file was touched at another hour. */
const lease: Produced['see'] = async (stage) => {
  const told: string[] = [];
  for (const jump of JUMPS) {
    const file = path.join(stage.folder, `lock${jump}`);
    await writeFile(file, JSON.stringify({ pid: 1, place: 'elsewhere', started: '1', token: 't' }));
    const touched = new Date(Date.now() + jump);
    await utimes(file, touched, touched);
    const got = await withLock(file, async () => 'taken over at once', {
      waitMs: 200,
      silenceMs: 60_000,
    }).catch((error: unknown) => (error instanceof LockTimeout ? 'waited for' : String(error)));
    told.push(`touched ${jump > 0 ? '6 h ahead' : '6 h ago'}: ${got}`);
  }
  return told.join('; ');
};

/** How long the second of two requests waits whose clock is set in between. */
const turns: Produced['see'] = async () => {
  const told: string[] = [];
  for (const jump of JUMPS) {
    let now = NOON;
    const slept: number[] = [];
    const queue = new HostQueue({ clock: { now: () => now }, sleep: async (ms) => void slept.push(ms) });
    const timer = new VirtualTimer(NOON);
    const stile = new Turnstile({ everyMs: 1_000, atOnce: 1 }, timer);
    const { signal } = new AbortController();
    const work = async () => undefined;
    await queue.run('a.org', 200, signal, work);
    await stile.run(work, signal);
    now += jump;
    timer.pass(jump);
    await queue.run('a.org', 200, signal, work);
    await stile.run(work, signal);
    told.push(`${jump > 0 ? 'forward' : 'back'}: ${Math.max(0, ...slept, ...timer.waits)} ms`);
  }
  return told.join(', ');
};

const rowOf = (
  id: string,
  fault: string,
  where: string,
  expected: string,
  see: Produced['see'],
  like: Produced['like'],
  guard: Produced['guard'],
): FaultRow => ({ id: `clock/${id}`, fault, where, expected, shown: { see, like, guard } });

export const CLOCK: readonly FaultRow[] = [
  rowOf(
    'run',
    'It jumps six hours forward or back, at every reading in a run',
    'working time of a run',
    'The run ends with its answer: its limit of time and its durations are by a clock that nobody sets.',
    wholeRun,
    /^\d+ runs answered; read_file ok; 0 wrong durations$/,
    {
      file: 'src/core/agent/budget.ts',
      find: '    const now = this.#clock.steady();',
      replace: '    const now = this.#clock.now();',
    },
  ),
  rowOf(
    'durations',
    'It jumps six hours forward or back while a tool runs',
    'durations of calls',
    'No call has taken hours, or less than nothing.',
    wholeRun,
    /^\d+ runs answered; read_file ok; 0 wrong durations$/,
    {
      file: 'src/core/agent/toolbox.ts',
      find: 'Math.round(clock.steady() - startedAt)',
      replace: 'clock.now() - startedAt',
    },
  ),
  rowOf(
    'retry-after',
    'It is six hours fast or slow, and a 429 names a date',
    'model client',
    'It never waits for longer than five minutes: it goes on, or says that it is asked to wait.',
    retryAfterDate,
    'fast: answered, slept 0 ms; slow: rate-limited, slept  ms',
    { file: 'src/models/attempts.ts', find: ' || wait > MAX_ASKED_MS', replace: '' },
  ),
  rowOf(
    'page-freshness',
    'It is set back by six hours after a page was read',
    'cache of pages',
    'A page that comes from the future is asked for again.',
    freshness('/page', '/page'),
    'a minute on: 1 requests, 6 h back: 2 requests',
    { file: 'src/core/tools/web/retrieve.ts', find: ' && stored.receivedAt <= now', replace: '' },
  ),
  rowOf(
    'robots-freshness',
    'It is set back by six hours after a robots.txt was read',
    'cache of pages',
    'Rules that come from the future are asked for again.',
    freshness('/other', '/robots.txt'),
    'a minute on: 1 requests, 6 h back: 2 requests',
    { file: 'src/core/tools/web/robotsGate.ts', find: ' && kept.readAt <= now', replace: '' },
  ),
  rowOf(
    'host-turns',
    'It is set forward or back by six hours between two requests',
    'queues of the web tools',
    'Nobody waits for longer than the pace asks.',
    turns,
    'forward: 0 ms, back: 1000 ms',
    { file: 'src/core/tools/web/hostQueue.ts', find: ' && lane.nextAt - now <= MOST_AHEAD', replace: '' },
  ),
  rowOf(
    'search-turns',
    'It is set forward or back by six hours between two searches',
    'queues of the web tools',
    'Nobody waits for longer than the pace asks.',
    turns,
    'forward: 0 ms, back: 1000 ms',
    {
      file: 'src/core/tools/web/search/pace.ts',
      find: 'Math.min(Math.max(0, this.#next - now), this.#pace.everyMs * this.#pace.atOnce)',
      replace: 'Math.max(0, this.#next - now)',
    },
  ),
  rowOf(
    'ulids',
    'It is set forward and back by six hours between ids',
    'ids of runs and cases',
    'Ids are different and in the order of their creation.',
    ulids,
    '200 ids, 200 different, in order',
    {
      file: 'src/node/system.ts',
      find: 'const nextUlid = monotonicFactory();',
      replace: 'const nextUlid = () => monotonicFactory()();',
    },
  ),
  rowOf(
    'lease',
    'The file of a lock was touched six hours ahead or ago, by a process that may live',
    'lock between processes',
    'It is taken over only after it has been silent for as long as is seen from here.',
    lease,
    'touched 6 h ahead: waited for; touched 6 h ago: waited for',
    {
      file: 'src/node/fileLock.ts',
      find: 'touched === undefined ? 0 : performance.now() - this.#since',
      replace: 'touched === undefined ? 0 : Date.now() - touched',
    },
  ),
];
