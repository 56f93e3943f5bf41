/**
 * What a start costs, measured in a real VS Code: bytes of our JavaScript loaded in the extension host until the Cases
 * view shows its first page, the time of activate(), and the size of the package.
 *   npm run bench -- startup [--json] [--runs N]
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: { json: { type: 'boolean' }, runs: { type: 'string', default: '3' } },
});
const KB = 1024;

function measure() {
  const run = spawnSync(process.execPath, ['test/editor/run.mjs', '--suite', 'startup'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = /STARTUP (\{.*\})/.exec(run.stdout)?.[1];
  if (!line) throw new Error(`The measurement failed:\n${run.stdout}`);
  return JSON.parse(line);
}

function packageBytes() {
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const packed = spawnSync(process.execPath, ['scripts/package.mjs'], { cwd: root, stdio: 'ignore' });
  if (packed.status !== 0) throw new Error('npm run package failed.');
  return statSync(path.join(root, `memento-${version}.vsix`)).size;
}

const runs = Array.from({ length: Number(values.runs) }, measure);
const times = runs.map((run) => run.activateMs).sort((a, b) => a - b);
const figures = {
  hostKB: runs[0].hostBytes / KB,
  memoryWorkerKB: runs[0].memoryWorkerBytes / KB,
  activateMs: times[Math.floor(times.length / 2)],
  activateMsAll: times,
  vsixMB: packageBytes() / KB / KB,
};

if (values.json) console.log(JSON.stringify(figures));
else {
  const row = (name, value, budget) =>
    console.log(`${name.padEnd(66)} ${value.padStart(10)}   budget ${budget}`);
  row(
    'our JavaScript in the extension host until the Cases view shows',
    `${figures.hostKB.toFixed(0)} KB`,
    '300 KB',
  );
  row('the same in the memory worker (a thread of its own)', `${figures.memoryWorkerKB.toFixed(0)} KB`, '-');
  row(`activate(), median of ${times.length} (${times.join(', ')})`, `${figures.activateMs} ms`, '50 ms');
  row('the .vsix, encoder inside', `${figures.vsixMB.toFixed(1)} MB`, '16 MB');
}
