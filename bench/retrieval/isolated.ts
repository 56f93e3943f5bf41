/** A contender in a process of its own: native code that crashes, or fills the heap, ends its row, not the benchmark. */
import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { Answer } from './contender';

export type Request =
  | { readonly type: 'open' }
  | { readonly type: 'close' }
  | { readonly type: 'load'; readonly count: number; readonly seed: number }
  | { readonly type: 'search'; readonly query: Float32Array };

export type Reply =
  | { readonly ok: true; readonly answer: Answer | undefined }
  | { readonly ok: false; readonly message: string };

const HEAP_MB = 8192;

export class Isolated {
  readonly #child: ChildProcess;

  constructor(name: string) {
    this.#child = fork(path.join(import.meta.dirname, 'child.ts'), [name], {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${HEAP_MB}`],
      serialization: 'advanced',
      // What it prints must not come between the rows.
      stdio: ['ignore', 2, 2, 'ipc'],
    });
  }

  /** One at a time. Rejects where the contender does, and where its process ends. */
  ask(request: Request): Promise<Answer | undefined> {
    const child = this.#child;
    return new Promise((resolve, reject) => {
      const settle = () => {
        child.off('message', heard);
        child.off('exit', ended);
        child.off('error', failed);
      };
      const heard = (reply: Reply) => {
        settle();
        if (reply.ok) resolve(reply.answer);
        else reject(new Error(reply.message));
      };
      const ended = (code: number | null, signal: string | null) => {
        settle();
        reject(new Error(`its process ended (${signal ?? `exit code ${code}`})`));
      };
      const failed = (error: Error) => {
        settle();
        reject(error);
      };
      child.on('message', heard).on('exit', ended).on('error', failed);
      child.send(request, (error) => {
        if (error) failed(error);
      });
    });
  }

  end(): void {
    this.#child.kill();
  }
}
