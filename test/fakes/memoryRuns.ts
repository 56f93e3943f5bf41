import os from 'node:os';
import type { RunEvent } from '../../src/core/agent/events';
import type { RunStore } from '../../src/core/agent/runStore';
import type { Ids, Logger, SteadyClock } from '../../src/core/ports';

/** A RunStore in memory. `failing` makes every append reject with that message. */
export class MemoryRuns implements RunStore {
  readonly logs = new Map<string, RunEvent[]>();
  failing: string | undefined;

  async append(event: RunEvent): Promise<void> {
    if (this.failing !== undefined) throw new Error(this.failing);
    this.logs.set(event.runId, [...(this.logs.get(event.runId) ?? []), event]);
  }

  async read(runId: string) {
    return this.logs.get(runId);
  }

  async remove(runId: string) {
    return this.logs.delete(runId);
  }

  onDidChange() {
    return { dispose: () => undefined };
  }

  async unfinished() {
    return [];
  }

  async suggested() {
    return [];
  }

  async tail(runId: string, offset: number) {
    const events = this.logs.get(runId);
    return events && { events: events.slice(offset), end: events.length };
  }

  async isUnderWay() {
    return false;
  }

  async list() {
    return [];
  }

  async folder() {
    return os.tmpdir();
  }
}

/** Time that only moves when it is told to; every reading adds a millisecond, so that times stay in order. */
export class ManualClock implements SteadyClock {
  #now: number;

  constructor(start = Date.UTC(2026, 0, 5, 9)) {
    this.#now = start;
  }

  now(): number {
    return this.#now++;
  }

  steady(): number {
    return this.#now++;
  }

  advance(ms: number): void {
    this.#now += ms;
  }
}

/** ULIDs and secrets that count: the same run has the same ids every time. */
export class CountingIds implements Ids {
  #next = 0;
  #secrets = 0;

  next(): string {
    return `01J${String(++this.#next).padStart(23, '0')}`;
  }

  secret(): string {
    return `approval-${++this.#secrets}`;
  }
}

export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
