/**
 * Makes the pictures of README.md and docs in a real VS Code, anew and all of them:
 *   npm run screenshots [-- panel|report|…]
 * Each picture has a suite in test/pictures and a memory that is made before the editor starts.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');

/** By what is chosen on the command line: the tests, and the module that fills the memory. */
const SESSIONS = {
  panel: { tests: 'the panel', memory: 'stationMemory.ts' },
  report: { tests: 'the memory report', memory: 'yearMemory.ts' },
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in SESSIONS));
if (unknown) {
  console.error(`There are no pictures “${unknown}”: ${Object.keys(SESSIONS).join(', ')}.`);
  process.exit(2);
}
for (const [name, { tests, memory }] of Object.entries(SESSIONS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  console.log(`\n== ${name}`);
  const { status } = spawnSync(
    process.execPath,
    [
      ...['--import', 'tsx', 'test/editor/run.mjs', '--suite', 'pictures', '--grep', tests],
      ...['--prepare', `test/pictures/${memory}`],
    ],
    { cwd: root, stdio: 'inherit' },
  );
  if (status !== 0) process.exit(status ?? 1);
}
console.log('\nThe pictures are in docs/images: look at them before you commit them.');
