import { execFile } from 'node:child_process';

/**
 * True where a shell waits at its prompt, as far as can be told: nothing that it started (an editor, a REPL) has its
 * terminal. POSIX: the shell's process group is the one in the foreground.
 */
export async function isAtPrompt(pid: number): Promise<boolean> {
  const listed = await new Promise<string | undefined>((resolve) => {
    execFile('ps', ['-o', 'pgid=,tpgid=', '-p', String(pid)], (error, stdout) =>
      resolve(error?.code === 'ENOENT' ? undefined : stdout),
    );
  });
  // Where there is no `ps` nobody can tell.
  if (listed === undefined) return true;
  const [group, foreground] = listed.trim().split(/\s+/);
  return group === foreground;
}
