/** The processes of VS Code's server, on Linux, where the window tests run. */
import { readdir, readFile } from 'node:fs/promises';
import { errnoOf } from '../../src/node/errno';

interface Process {
  readonly pid: number;
  readonly group: number;
  readonly command: string;
}

/** Those of all windows. */
export const extensionHosts = async (serverPid: number): Promise<readonly Process[]> =>
  (await ofServer(serverPid)).filter(({ command }) => command.includes('--type=extensionHost'));

/** Ends what runs extensions as a crash would: nothing of it gets to say goodbye. Returns those that there were. */
export const killExtensionHosts = async (serverPid: number): Promise<readonly Process[]> =>
  kill(await extensionHosts(serverPid));

/** The whole server, with all that it started. */
export const killAll = async (serverPid: number): Promise<readonly Process[]> =>
  kill(await ofServer(serverPid));

function kill(meant: readonly Process[]): readonly Process[] {
  return meant.filter(({ pid }) => {
    try {
      return process.kill(pid, 'SIGKILL');
    } catch (error) {
      // One may end by itself, as others are killed.
      if (errnoOf(error) === 'ESRCH') return false;
      throw error;
    }
  });
}

const ofServer = async (serverPid: number): Promise<readonly Process[]> =>
  (await processes()).filter(({ group }) => group === serverPid);

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
