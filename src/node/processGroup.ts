/** Programs that are started with all that they start, so that none of them outlives this one. */
import { execFile, type ChildProcess } from 'node:child_process';
import process from 'node:process';

const WINDOWS = process.platform === 'win32';

/** For `spawn`: a group of its own, so that all of it can be signalled, and Ctrl+C in a terminal is ours alone. */
export const OWN_GROUP = { detached: !WINDOWS, windowsHide: true } as const;

const living = new Set<ProcessGroup>();

/** A process that was spawned with OWN_GROUP, and what it started. All of it is killed when this program ends. */
export class ProcessGroup {
  readonly #leader: ChildProcess;

  constructor(leader: ChildProcess) {
    this.#leader = leader;
    watchForOurEnd();
    living.add(this);
  }

  /** To all that is left of it. Windows has no signals: there each of them ends it. */
  signal(signal: NodeJS.Signals | 0): void {
    const { pid, exitCode, signalCode } = this.#leader;
    const hasEnded = pid === undefined || exitCode !== null || signalCode !== null;
    try {
      if (!WINDOWS && pid !== undefined) process.kill(-pid, signal);
      // Nor has it groups: taskkill takes the tree, as long as its root is there.
      else if (hasEnded) living.delete(this);
      else if (signal !== 0) execFile('taskkill', ['/pid', String(pid), '/T', '/F'], () => undefined);
    } catch {
      // There is nobody left in it.
      living.delete(this);
    }
  }

  /** Once the leader has ended: what it left in the background may go on for as long as this program. */
  settle(): void {
    this.signal(0);
  }

  kill(): void {
    this.signal('SIGKILL');
    living.delete(this);
  }
}

let watching = false;

/** SIGKILL is not among the ends that a process is told of; but then what reads from us sees its input end. */
function watchForOurEnd(): void {
  if (watching) return;
  watching = true;
  const killAll = () => {
    for (const group of living) group.kill();
  };
  process.once('exit', killAll);
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    const onSignal = () => {
      const others = process.listenerCount(signal) - 1;
      // To Ctrl+C whoever else listens gives its programs time to end.
      if (signal === 'SIGINT' && others > 0) return;
      killAll();
      process.removeListener(signal, onSignal);
      // With nobody else to decide what becomes of this process, it ends as it would have without us.
      if (others === 0) process.kill(process.pid, signal);
    };
    // First of all listeners, as those that listen once would be gone by the time that they are counted.
    process.prependListener(signal, onSignal);
  }
}
