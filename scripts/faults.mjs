/**
 * The table of faults (test/faults), made to happen for real:
 *   npm run faults             all of them, and each without its guard; writes docs/FAULTS.md
 *   npm run faults -- disk/    those whose names begin so; writes nothing
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const names = process.argv.slice(2);
const program = names.length > 0 ? 'test/faults/try.ts' : 'test/faults/make.ts';
const { status } = spawnSync(process.execPath, ['--import', 'tsx', program, ...names], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
