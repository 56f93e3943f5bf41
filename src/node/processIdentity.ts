/** Who a process is, so that another one can tell whether it still lives. */
import { readFile, readlink } from 'node:fs/promises';
import os from 'node:os';
import process from 'node:process';

export interface ProcessIdentity {
  readonly pid: number;
  /**
   * Host, boot and pid namespace: a pid means something only there, for containers share a host's name or a folder but
   * not pids. Boot and namespace are empty where there is no /proc.
   */
  readonly place: string;
  /** Clock ticks from boot to the start of the process (field 22 of /proc/PID/stat), '' where that is unknown. */
  readonly started: string;
}

/** `living`: certainly. `gone`: certainly. `unknown`: elsewhere, or a pid that may have been given to another. */
export type Liveness = 'living' | 'gone' | 'unknown';

let own: Promise<ProcessIdentity> | undefined;

export const ownIdentity = (): Promise<ProcessIdentity> => (own ??= identify());

export async function livenessOf(other: ProcessIdentity): Promise<Liveness> {
  if (other.place !== (await ownIdentity()).place) return 'unknown';
  if (!exists(other.pid)) return 'gone';
  const started = await startOf(other.pid);
  if (started === '' || other.started === '') return 'unknown';
  return started === other.started ? 'living' : 'gone';
}

async function identify(): Promise<ProcessIdentity> {
  const [boot, namespace, started] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => ''),
    readlink('/proc/self/ns/pid').catch(() => ''),
    startOf(process.pid),
  ]);
  return { pid: process.pid, place: [os.hostname(), boot.trim(), namespace].join(' '), started };
}

/** Signal 0 only asks. EPERM: there is such a process, of somebody else. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH');
  }
}

/** The command name, field 2, may hold spaces and parentheses: fields are counted from the last parenthesis. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return (
    stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(19) ?? ''
  );
}
