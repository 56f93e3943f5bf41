/** find(1): its tests, and of its actions those that print. Not `-L`, `-H` and `-follow`: links lead out of the folder. */
import type { ReadOnly } from './programs';

const ALONE = new Set([
  ...['-print', '-print0', '-prune', '-quit', '-ls', '-true', '-false', '-empty', '-readable', '-writable'],
  ...['-executable', '-nouser', '-nogroup', '-depth', '-d', '-mount', '-xdev', '-daystart'],
  ...['-o', '-or', '-a', '-and', '-not'],
]);
const WITH_VALUE = new Set([
  ...['-name', '-iname', '-path', '-ipath', '-wholename', '-iwholename', '-regex', '-iregex', '-regextype'],
  ...['-type', '-xtype', '-size', '-maxdepth', '-mindepth', '-mtime', '-mmin', '-atime', '-amin', '-ctime'],
  ...['-cmin', '-perm', '-user', '-group', '-uid', '-gid', '-links', '-inum', '-fstype', '-lname', '-ilname'],
  '-printf',
]);
/** The file that a found one is compared with. */
const WITH_PATH = new Set(['-newer', '-anewer', '-cnewer', '-samefile']);

export function findReads(args: readonly string[]): ReadOnly | string {
  const reads: string[] = [];
  let i = 0;
  while (/^-[PE]$/.test(args[i] ?? '')) i++;
  for (; i < args.length && !/^[-!,(]/.test(args[i] ?? ''); i++) reads.push(args[i] ?? '');
  for (; i < args.length; i++) {
    const argument = args[i] ?? '';
    if (ALONE.has(argument)) continue;
    const takesPath = WITH_PATH.has(argument);
    if (!takesPath && !WITH_VALUE.has(argument)) return `its ${argument} is not known to only look`;
    const value = args[++i];
    if (value === undefined) return `its ${argument} has no value`;
    if (takesPath) reads.push(value);
  }
  return { reads };
}
