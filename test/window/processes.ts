/** The processes of VS Code's server, on Linux, where the window tests run. */
import { readdir, readFile } from 'node:fs/promises';

interface Process {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

/** Ends what runs extensions as a crash would: nothing of it gets to say goodbye. Returns how many there were. */
export const killExtensionHosts = (serverPid: number): Promise<number> =>
  killAll(serverPid, ({ command }) => command.includes('--type=extensionHost'));

/** The whole server, with all that it started. */
export const killServer = (serverPid: number): Promise<number> => killAll(serverPid, () => true);

async function killAll(serverPid: number, isMeant: (process: Process) => boolean): Promise<number> {
  const meant = (await processes()).filter((each) => each.group === serverPid && isMeant(each));
  for (const { pid } of meant) process.kill(pid, 'SIGKILL');
  return meant.length;
}

async function processes(): Promise<readonly Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(pids.map((pid) => processOf(pid).catch(() => undefined)));
  return found.filter((each) => each !== undefined);
}

/** proc(5): the group is the third field after the name, which may hold anything but ends with the last parenthesis. */
async function processOf(pid: string): Promise<Process> {
  const [stat, command] = await Promise.all([
    readFile(`/proc/${pid}/stat`, 'utf8'),
    readFile(`/proc/${pid}/cmdline`, 'utf8'),
  ]);
  const [, , group] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { pid: Number(pid), group: Number(group), command: command.replaceAll('\0', ' ') };
}
