/** A server's process with all that it started, so that none of them outlives the program. */
import { execFile, type ChildProcessWithoutNullStreams } from 'node:child_process';
import process from 'node:process';
import spawn from 'cross-spawn';
import type { StdioServer } from './configuration';

/** Between the end of standard input and SIGTERM, milliseconds: whoever heeds the former has ended by then. */
const FAREWELL = 300;
/** Between SIGTERM and SIGKILL, milliseconds. */
const GRACE = 1_000;
/** Ends that a process is told of; SIGKILL is not among them, but then the servers' standard input ends. */
const SIGNALS = ['SIGTERM', 'SIGHUP'] as const;

const living = new Set<ServerProcess>();

export class ServerProcess {
  readonly child: ChildProcessWithoutNullStreams;
  /** How it ended, in words for a person. Never rejects. */
  readonly ended: Promise<string>;
  #ended = false;

  /** @param env all that the process gets */
  constructor({ command, args, cwd }: StdioServer, env: Readonly<Record<string, string>>, home: string) {
    const windows = process.platform === 'win32';
    const options = { env, cwd: cwd ?? home, windowsHide: true, stdio: 'pipe', shell: false } as const;
    // A process group of its own: what the server starts ends with it, and Ctrl+C in a terminal is ours alone.
    this.child = spawn(command, args, { ...options, detached: !windows });
    this.ended = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(`could not be started (${error.message})`));
      this.child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code ?? 'unknown'}`));
    });
    watchForOurEnd();
    living.add(this);
    void this.ended.then(() => {
      this.#ended = true;
      // What it started and left behind, which could also hold its standard output open.
      this.#signal('SIGTERM');
      setTimeout(() => this.kill(), GRACE).unref();
    });
  }

  /** As the protocol has it: standard input ends, then SIGTERM, then SIGKILL. Resolves once the process has ended. */
  async stop(): Promise<void> {
    this.child.stdin.end();
    if (await this.#endsWithin(FAREWELL)) return;
    this.#signal('SIGTERM');
    if (await this.#endsWithin(GRACE)) return;
    this.kill();
    await this.#endsWithin(GRACE);
  }

  /** At once, with all that it started. */
  kill(): void {
    this.#signal('SIGKILL');
    living.delete(this);
  }

  async #endsWithin(ms: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([this.ended, new Promise((resolve) => (timer = setTimeout(resolve, ms)))]);
    clearTimeout(timer);
    return this.#ended;
  }

  #signal(signal: NodeJS.Signals): void {
    const { pid } = this.child;
    if (pid === undefined) return;
    try {
      if (process.platform !== 'win32') process.kill(-pid, signal);
      // Windows has neither groups nor signals: taskkill takes the tree.
      else if (!this.#ended) execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => undefined);
    } catch {
      // There is nobody left in the group.
    }
  }
}

let watching = false;

/** Once there is a server: however this program ends, its servers end first. */
function watchForOurEnd(): void {
  if (watching) return;
  watching = true;
  const killAll = () => {
    for (const server of living) server.kill();
  };
  process.once('exit', killAll);
  for (const signal of SIGNALS) {
    // First of all listeners, as those that listen once would be gone by the time the last one counts them.
    process.prependOnceListener(signal, () => {
      killAll();
      // Who else listens decides what becomes of the process; with nobody, it ends as it would have without us.
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    });
  }
}
