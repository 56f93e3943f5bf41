/** Who a process is, so that another one can tell whether it still lives. What is read is /proc: memory, not a disk. */
import { readFileSync, readlinkSync } from 'node:fs';
import os from 'node:os';
import process from 'node:process';

export interface ProcessIdentity {
  readonly pid: number;
  /**
   * Host, machine, boot and pid namespace, with spaces between: a pid means something only there, for containers share
   * a host's name or a folder but not pids. All but the host are empty where there is no /proc.
   */
  readonly place: string;
  /** Clock ticks from boot to the start of the process (field 22 of /proc/PID/stat), '' where that is unknown. */
  readonly started: string;
}

/** `living`: certainly. `gone`: certainly. `unknown`: elsewhere, or a pid that may have been given to another. */
export type Liveness = 'living' | 'gone' | 'unknown';

let own: ProcessIdentity | undefined;

export const ownIdentity = (): ProcessIdentity => (own ??= identify());

export function livenessOf(other: ProcessIdentity): Liveness {
  const { place } = ownIdentity();
  if (other.place !== place) return isEarlierBoot(other.place, place) ? 'gone' : 'unknown';
  if (!exists(other.pid)) return 'gone';
  const started = startOf(other.pid);
  if (started === '' || other.started === '') return 'unknown';
  return started === other.started ? 'living' : 'gone';
}

/** The first pid namespace of a Linux system (PROC_PID_INIT_INO), which no container has. */
const FIRST_NAMESPACE = 'pid:[4026531836]';

/** The same machine (by the name and the id that its owner gave it) after a restart, which no process outlives. */
export function isEarlierBoot(other: string, place: string): boolean {
  const [host, machine, boot, namespace] = place.split(' ');
  const [otherHost, otherMachine, otherBoot, otherNamespace] = other.split(' ');
  const sameMachine = machine !== '' && machine === otherMachine && host === otherHost;
  const outside = namespace === FIRST_NAMESPACE && otherNamespace === FIRST_NAMESPACE;
  return sameMachine && outside && boot !== '' && otherBoot !== '' && boot !== otherBoot;
}

function identify(): ProcessIdentity {
  const machine = textOf('/etc/machine-id');
  const boot = textOf('/proc/sys/kernel/random/boot_id');
  const place = [os.hostname(), machine, boot, namespaceOf()].join(' ');
  return { pid: process.pid, place, started: startOf(process.pid) };
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
function startOf(pid: number): string {
  const stat = textOf(`/proc/${pid}/stat`);
  return (
    stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .at(19) ?? ''
  );
}

function namespaceOf(): string {
  try {
    return readlinkSync('/proc/self/ns/pid');
  } catch {
    return '';
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}
