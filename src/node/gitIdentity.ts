/**
 * What makes a folder the same project wherever it lies: remote, root commit and place in the repository. A repository's
 * own configuration is not trusted: nothing that it names is run, and nothing is fetched.
 */
import { git, isInRepository } from './git';

export interface GitIdentity {
  /** `host/path` of the remote, with no protocol, user, password or `.git`; null with no remote. */
  readonly remote: string | null;
  /** Hash of the oldest root commit; null where it is unknown (no commit yet, a shallow clone). */
  readonly root: string | null;
  /** The folder within the repository, '' for its top. */
  readonly path: string;
}

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
