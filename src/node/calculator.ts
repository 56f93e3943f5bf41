import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { orAbort } from '../core/common/abort';
import { failed, messageOf, ok, type Result } from '../core/common/result';
import type { Calculator } from '../core/ports';
import type { CalculatorFunctions } from './calculator-worker';

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
  let thread: Thread | undefined;
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

interface Thread {
  readonly worker: Worker;
  readonly rpc: { evaluate(expression: string): Promise<ReturnType<CalculatorFunctions['evaluate']>> };
  /** Rejects when the thread ends. */
  readonly died: Promise<never>;
}

function start(workerFile: string | URL, ended: () => void): Thread {
  const worker = new Worker(workerFile, {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    // No flags of the host (a debugger, a loader): the file is plain JavaScript.
    execArgv: [],
  });
  const died = new Promise<never>((_, reject) => {
    worker.once('error', (error) => {
      const memory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(memory ? new Error('it takes too much memory') : error);
    });
    worker.once('exit', () => {
      ended();
      reject(new Error('the calculator ended'));
    });
  });
  died.catch(() => undefined);
  const rpc = createBirpc<CalculatorFunctions, Record<string, never>>(
    {},
    {
      post: (message: unknown) => worker.postMessage(message),
      on: (listener) => worker.on('message', listener),
      timeout: -1,
    },
  );
  return { worker, rpc, died };
}
