/** What the shell of a terminal does, as the terminal device tells it. POSIX; where `ps` is missing, nobody can tell. */
import { execFile, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';

/** True where nothing that the shell started (an editor, a REPL) has its terminal: its own process group is in front. */
export async function isAtPrompt(pid: number): Promise<boolean> {
  const listed = await list(pid, 'pgid=,tpgid=');
  if (listed === undefined) return true;
  const [group, foreground] = listed;
  return group !== '' && group === foreground;
}

/**
 * True where a line editor (readline, zle, fish's) reads what is typed, so that the terminal does not put lines
 * together itself. What is typed before, while the shell gets its prompt ready, can be lost.
 */
export async function isReadingLine(pid: number): Promise<boolean> {
  const device = (await list(pid, 'tty='))?.[0];
  // It is gone.
  if (device === '') return false;
  if (device === undefined || !/^\w+(?:\/\d+)?$/.test(device)) return true;
  try {
    // It must not become the terminal of this process.
    const terminal = await open(`/dev/${device}`, constants.O_RDONLY | constants.O_NOCTTY);
    try {
      return /-icanon\b/.test(await settingsOf(terminal.fd));
    } finally {
      await terminal.close();
    }
  } catch {
    return true;
  }
}

/** The columns of one process, undefined where there is no `ps`. */
async function list(pid: number, columns: string): Promise<readonly string[] | undefined> {
  const line = await new Promise<string | undefined>((resolve) => {
    execFile('ps', ['-o', columns, '-p', String(pid)], (error, stdout) =>
      resolve(error?.code === 'ENOENT' ? undefined : stdout),
    );
  });
  return line?.trim().split(/\s+/);
}

/** As `stty -a` lists them: `-icanon` for what is off. Rejects where there is none. */
function settingsOf(terminal: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let listed = '';
    const stty = spawn('stty', ['-a'], { stdio: [terminal, 'pipe', 'ignore'] });
    stty.stdout?.setEncoding('utf8').on('data', (chunk: string) => (listed += chunk));
    stty.once('error', reject).once('close', () => resolve(listed));
  });
}
