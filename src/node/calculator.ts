import { orAbort } from '../core/common/abort';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import type { Calculator } from '../core/ports';
import type { CalculatorFunctions } from './calculator-worker';
import { startThread, type WorkerThread } from './workerThread';

export interface CalculatorOptions {
  /** The built src/node/calculator-worker.ts. */
  readonly workerFile: string | URL;
  /** How long an expression may take once math.js is loaded, milliseconds; 5,000 unless told. */
  readonly limitMs?: number;
}

/** Nothing that a person wants calculated needs more; `ones(1e5, 1e5)` does. */
const MOST_MEGABYTES = 256;
const LIMIT_MS = 5_000;

/**
 * math.js in a worker thread, which starts with the first expression, is used again, and is ended where an expression
 * takes too long, too much memory, or is not waited for any more. One expression at a time.
 */
export function createCalculator(options: CalculatorOptions): Calculator & { dispose(): Promise<void> } {
  let thread: WorkerThread<CalculatorFunctions> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const end = async () => {
    const ending = thread;
    thread = undefined;
    await ending?.worker.terminate();
  };

  async function calculate(expression: string, signal: AbortSignal): Promise<Result<string>> {
    signal.throwIfAborted();
    thread ??= start(options.workerFile, () => (thread = undefined));
    const { worker, rpc, died } = thread;
    const limit = AbortSignal.timeout(options.limitMs ?? LIMIT_MS);
    worker.ref();
    try {
      const answered = Promise.race([rpc.evaluate(expression), died]);
      const answer = await orAbort(answered, AbortSignal.any([signal, limit]));
      return 'value' in answer ? ok(answer.value) : failed('tool', answer.error);
    } catch (error) {
      await end();
      signal.throwIfAborted();
      return failed('tool', limit.aborted ? 'it takes too long' : messageOf(error));
    } finally {
      worker.unref();
    }
  }

  return {
    calculate: (expression, signal) => {
      const result = last.then(() => calculate(expression, signal));
      last = result.catch(() => undefined);
      return result;
    },
    dispose: end,
  };
}

const start = (workerFile: string | URL, onEnd: () => void): WorkerThread<CalculatorFunctions> =>
  startThread(workerFile, {
    megabytes: MOST_MEGABYTES,
    outOfMemory: 'it takes too much memory',
    ended: 'the calculator ended',
    onEnd,
  });
