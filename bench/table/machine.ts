/** Where and of what is measured: the machine, and the commit. */
import { execFileSync } from 'node:child_process';
import os from 'node:os';
import type { Entry } from './history';

type Circumstances = Pick<Entry, 'commit' | 'dirty' | 'cpu' | 'cpus' | 'memoryGB' | 'platform' | 'node'>;

const GB = 2 ** 30;

/** @param root the project; what is in `results` makes it no other program, and is no change of it. */
export function circumstances(root: string, results: string): Circumstances {
  const cpus = os.cpus();
  const changes = git(root, ['status', '--porcelain', '--', '.', `:(exclude)${results}`]);
  return {
    commit: git(root, ['rev-parse', '--short=12', 'HEAD']) ?? null,
    dirty: changes !== undefined && changes !== '',
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cpus: cpus.length,
    memoryGB: Math.round(os.totalmem() / GB),
    platform: `${process.platform}-${process.arch}`,
    node: process.version,
  };
}

/** Undefined where there is no git, or no repository. */
function git(cwd: string, command: readonly string[]): string | undefined {
  try {
    return execFileSync('git', command, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
