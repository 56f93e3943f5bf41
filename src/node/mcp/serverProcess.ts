/** A server's process with all that it started, so that none of them outlives the program. */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import spawn from 'cross-spawn';
import { OWN_GROUP, ProcessGroup } from '../processGroup';
import type { StdioServer } from './configuration';

/** Between the end of standard input and SIGTERM, milliseconds: whoever heeds the former has ended by then. */
const FAREWELL = 300;
/** Between SIGTERM and SIGKILL, milliseconds. */
const GRACE = 1_000;

export class ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** How it ended, in words for a person. Never rejects. */
  readonly ended: Promise<string>;
  readonly #group: ProcessGroup;
  #ended = false;

  /** @param env all that the process gets */
  constructor({ command, args, cwd }: StdioServer, env: Readonly<Record<string, string>>, home: string) {
    const options = { ...OWN_GROUP, env, cwd: cwd ?? home, stdio: 'pipe', shell: false } as const;
    this.child = spawn(command, args, options);
    this.#group = new ProcessGroup(this.child);
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(`could not be started (${error.message})`));
      this.child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
    });
    void this.ended.then(() => {
      this.#ended = true;
      // What it started and left behind, which could also hold its standard output open.
      this.#group.signal('SIGTERM');
      setTimeout(() => this.#group.kill(), GRACE).unref();
    });
  }

  /** As the protocol has it: standard input ends, then SIGTERM, then SIGKILL. Resolves once the process has ended. */
  async stop(): Promise<void> {
    this.child.stdin.end();
    if (await this.#endsWithin(FAREWELL)) return;
    this.#group.signal('SIGTERM');
    if (await this.#endsWithin(GRACE)) return;
    this.#group.kill();
    await this.#endsWithin(GRACE);
  }

  async #endsWithin(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([this.ended, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
    clearTimeout(timer);
    return this.#ended;
  }
}
