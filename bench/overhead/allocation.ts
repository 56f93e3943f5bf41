/**
 * Bytes that some work allocates on this thread's heap: what V8 says is in use, before and after each collection. All that
 * was there when one began and not when the one before it ended was allocated in between; so nothing is sampled. Buffers
 * outside the heap and other threads are not in it.
 */
import { GCProfiler, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

export async function allocated(work: () => Promise<unknown>): Promise<number> {
  collect();
  const profiler = new GCProfiler();
  const start = getHeapStatistics().used_heap_size;
  profiler.start();
  await work();
  const end = getHeapStatistics().used_heap_size;
  return allocatedBetween(start, profiler.stop().statistics.map(sizes), end);
}

interface Collection {
  /** Bytes in use before it and after it. */
  readonly before: number;
  readonly after: number;
}

const sizes = ({ beforeGC, afterGC }: ReturnType<GCProfiler['stop']>['statistics'][number]): Collection => ({
  before: beforeGC.heapStatistics.usedHeapSize,
  after: afterGC.heapStatistics.usedHeapSize,
});

/** @param collections in order */
export function allocatedBetween(start: number, collections: readonly Collection[], end: number): number {
  let [total, used] = [0, start];
  for (const { before, after } of collections) {
    total += Math.max(0, before - used);
    used = after;
  }
  return total + Math.max(0, end - used);
}

/** Bytes in use on this thread's heap once all garbage is gone. */
export function retained(): number {
  collect();
  return getHeapStatistics().used_heap_size;
}

let gc: (() => void) | undefined;

function collect(): void {
  if (!gc) {
    setFlagsFromString('--expose-gc');
    const exposed: unknown = runInNewContext('gc');
    if (typeof exposed !== 'function') throw new Error('This Node does not let garbage be collected.');
    gc = () => void Reflect.apply(exposed, undefined, []);
  }
  gc();
}
