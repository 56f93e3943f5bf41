/** git, asked in a way in which a repository's own configuration runs nothing, and nothing is fetched. */
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';

const TIMEOUT_MS = 3_000;
const MOST_BYTES = 16 * 1024 * 1024;
const SAFE_OPTIONS = [
  '--no-pager',
  '--no-replace-objects',
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.pager=cat', 'credential.helper='].flatMap(
    (setting) => ['-c', setting],
  ),
];

/** Its standard output; undefined where it fails, or takes more than 3 seconds or prints more than 16 MB. */
export function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      'git',
      [...SAFE_OPTIONS, ...args],
      { cwd, timeout: TIMEOUT_MS, env: safeEnvironment(), windowsHide: true, maxBuffer: MOST_BYTES },
      (error, stdout) => resolve(error ? undefined : stdout),
    );
  });
}

/** No configuration but the repository's own, no question to anyone, no connection to anywhere. */
function safeEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.toUpperCase().startsWith('GIT_'));
  return {
    ...Object.fromEntries(inherited),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_ALLOW_PROTOCOL: 'none',
  };
}

/** Looked up before git is started, which costs time, and on a Mac without developer tools opens a dialog. */
export async function isInRepository(folder: string): Promise<boolean> {
  for (let current = folder; ; current = path.dirname(current)) {
    // A bare repository is its own folder, in which HEAD lies.
    const found = (await exists(path.join(current, '.git'))) || (await exists(path.join(current, 'HEAD')));
    if (found || current === path.dirname(current)) return found;
  }
}

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
