/**
 * `npm start -- "question"`: the program's main job in the terminal, on the bundled sample workspace. Any other command
 * of the program works too (`npm start -- feedback RUN accept`).
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const SAMPLE = path.join(root, 'examples/sample-workspace');
const SAMPLE_QUESTION = 'Why did the North Buoy break loose, and who found it?';
const COMMANDS = new Set(['research', 'feedback', 'cases', 'tool', 'help', '--help', '-h']);

const given = process.argv.slice(2);
const words = COMMANDS.has(given[0])
  ? given
  : ['research', ...(given.length > 0 ? given : [SAMPLE_QUESTION])];
const place = words.includes('--workspace') || words.includes('--storage') ? [] : ['--workspace', SAMPLE];
const isHelp = words[0] === 'help' || words[0].startsWith('-');

const child = spawnSync(
  process.execPath,
  [path.join(root, 'dist/cli.js'), ...words, ...(isHelp ? [] : place)],
  { stdio: 'inherit', env: { ...process.env, MEMENTO_PROGRAM: 'npm start --' } },
);
process.exitCode = child.status ?? 1;
