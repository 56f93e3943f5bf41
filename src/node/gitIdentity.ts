/**
 * What makes a folder the same project wherever it lies: remote, root commit and place in the repository. A repository's
 * own configuration is not trusted: nothing that it names is run, and nothing is fetched.
 */
import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import path from 'node:path';

export interface GitIdentity {
  /** `host/path` of the remote, with no protocol, user, password or `.git`; null with no remote. */
  readonly remote: string | null;
  /** Hash of the oldest root commit; null where it is unknown (no commit yet, a shallow clone). */
  readonly root: string | null;
  /** The folder within the repository, '' for its top. */
  readonly path: string;
}

const TIMEOUT_MS = 3_000;
const SAFE_OPTIONS = [
  '--no-pager',
  '--no-replace-objects',
  ...['core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.pager=cat', 'credential.helper='].flatMap(
    (setting) => ['-c', setting],
  ),
];

/** Undefined outside a repository, with no git, for one that git distrusts (another owner's), or after 3 seconds. */
export async function gitIdentity(folder: string): Promise<GitIdentity | undefined> {
  if (!(await isInRepository(folder))) return undefined;
  const place = await git(folder, ['rev-parse', '--is-shallow-repository', '--show-prefix']);
  if (place === undefined) return undefined;
  const [shallow, prefix = ''] = place.split('\n');
  const [remotes, roots] = await Promise.all([
    git(folder, ['config', '--local', '--get-regexp', String.raw`^remote\..*\.url$`]),
    shallow === 'true' ? undefined : git(folder, ['rev-list', '--max-parents=0', 'HEAD']),
  ]);
  const remote = remoteOf(remotes ?? '');
  const root = roots?.trim().split('\n').at(-1) ?? null;
  return remote === null && root === null ? undefined : { remote, root, path: prefix.replace(/\/$/, '') };
}

/** Looked up before git is started, which costs time, and on a Mac without developer tools opens a dialog. */
async function isInRepository(folder: string): Promise<boolean> {
  for (let current = folder; ; current = path.dirname(current)) {
    const found = await access(path.join(current, '.git')).then(
      () => true,
      () => false,
    );
    if (found || current === path.dirname(current)) return found;
  }
}

/** `origin`, else the first of the lines `remote.<name>.url <url>`. */
function remoteOf(lines: string): string | null {
  const remotes = lines
    .split('\n')
    .map((line) => /^remote\.(.*)\.url (.+)$/.exec(line))
    .flatMap((match) => (match ? [{ name: match[1], url: match[2] ?? '' }] : []));
  const remote = remotes.find(({ name }) => name === 'origin') ?? remotes[0];
  return remote ? normaliseRemote(remote.url) : null;
}

/**
 * One form for `https://user:token@Host/a/b.git`, `ssh://git@host:22/a/b`, and `git@host:a/b`, with the credentials
 * stripped. The path of a local repository stays as it is.
 */
export function normaliseRemote(url: string): string {
  const scp = /^(?:[^@/]+@)?([^:/]{2,}):(?!\/\/)(.+)$/.exec(url);
  if (scp) return remoteName(scp[1] ?? '', scp[2] ?? '');
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(url)) return url;
  try {
    const { protocol, hostname, pathname } = new URL(url);
    return protocol === 'file:' ? pathname : remoteName(hostname, pathname);
  } catch {
    return url.replace(/\/\/[^/]*@/, '//');
  }
}

const remoteName = (host: string, place: string) =>
  `${host.toLowerCase()}/${place.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')}`;

function git(cwd: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(
      'git',
      [...SAFE_OPTIONS, ...args],
      { cwd, timeout: TIMEOUT_MS, env: safeEnvironment(), windowsHide: true, maxBuffer: 1024 * 1024 },
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
