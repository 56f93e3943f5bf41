/**
 * Everything that must pass, one stage after the other:
 *   node scripts/test.mjs [stage …]
 * The last line is `N passed, N failed` over all stages (`, N skipped` where something could not run here; why is said
 * where it happens).
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const bin = (name) => path.join(root, 'node_modules', name);
const mocha = ['--import', 'tsx', bin('mocha/bin/mocha.js')];

/** Without .mocharc.json, which names the unit tests. */
const ALONE = ['--no-config', '--retries', '1', '--reporter', './test/reporter.ts'];

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const vsix = `memento-${version}.vsix`;

/** Stages that run tests count them; the others count as one check each. */
const STAGES = {
  types: [
    [bin('typescript/bin/tsc'), '-p', '.'],
    [bin('typescript/bin/tsc'), '-p', 'webview-ui'],
  ],
  lint: [
    [bin('eslint/bin/eslint.js'), '.'],
    [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ],
  unit: [mocha],
  webview: [[...mocha, ...ALONE, '--timeout', '60000', 'test/webview/**/*.test.ts']],
  // What may weigh how much: budgets.json. Size, what a start loads, and its activation beside another one's.
  budgets: [['--import', 'tsx', 'bench/budgets/check.ts']],
  editor: [['test/editor/run.mjs', '--suite', 'integration']],
  window: [[...mocha, ...ALONE, 'test/window/**/*.test.ts']],
  e2e: [['test/editor/run.mjs', '--suite', 'e2e', '--timeout', '600']],
  chat: [['test/editor/run.mjs', '--suite', 'chat']],
  // As people have it: packaged, in the oldest VS Code that it says it runs in.
  oldest: [
    ['scripts/package.mjs'],
    ['test/editor/run.mjs', '--suite', 'e2e', '--timeout', '600', '--vscode', '1.105', '--vsix', vsix],
  ],
};

const totals = { passed: 0, failed: 0, skipped: 0 };
/** What failed and why, and what passed only at the second try, to be read at the end of a long output. */
const noted = [];
const MOST_NOTED = 4000;

async function main() {
  const chosen = process.argv.slice(2);
  const unknown = chosen.find((stage) => !(stage in STAGES));
  if (unknown) throw new Error(`There is no stage ${unknown}: ${Object.keys(STAGES).join(', ')}.`);
  for (const [stage, commands] of Object.entries(STAGES)) {
    if (chosen.length > 0 && !chosen.includes(stage)) continue;
    for (const command of commands) await runStage(stage, command);
  }
  if (noted.length > 0) console.log(`\n${noted.join('\n')}`);
  const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : '';
  console.log(`\n${totals.passed} passed, ${totals.failed} failed${skipped}`);
  process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0;
}

async function runStage(stage, command) {
  console.log(`\n== ${stage}`);
  const { code, signal, output, errors } = await run(command);
  const counted = count(output);
  totals.passed += counted?.passed ?? (code === 0 ? 1 : 0);
  totals.skipped += counted?.skipped ?? 0;
  // A stage that ends badly without a failed test (a crash, nothing run) is itself a failure.
  const failed = Math.max(counted?.failed ?? 0, code === 0 ? 0 : 1);
  totals.failed += failed;
  if (failed > 0) noted.push(`failed in ${stage}, exit ${signal ?? code}: ${reasonsIn(output, errors)}`);
  // The line, and the error's message.
  for (const [lines] of output.matchAll(/^Failed at the first try: .*\n.*$/gm))
    noted.push(`${lines} (${stage})`);
  for (const [line] of output.matchAll(/^Passed at the second try: .*$/gm)) noted.push(`${line} (${stage})`);
}

/** mocha's list of what failed, else what was said last. */
function reasonsIn(output, errors) {
  const listed = /^ +\d+ failing\n[\s\S]*/m.exec(output);
  if (listed) return listed[0].trim().slice(0, MOST_NOTED);
  return `\n${output.trim().slice(-MOST_NOTED / 4)}\n${errors.trim()}`;
}

/** mocha's closing lines, or the plain one of test/editor/run.mjs. */
function count(output) {
  const plain = /^(\d+) passed, (\d+) failed/m.exec(output);
  if (plain) return { passed: Number(plain[1]), failed: Number(plain[2]), skipped: 0 };
  const number = (word) => Number(new RegExp(`^\\s+(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  if (!/^\s+\d+ passing/m.test(output)) return undefined;
  return { passed: number('passing'), failed: number('failing'), skipped: number('pending') };
}

function run(command) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      output += chunk;
      process.stdout.write(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk) => {
      errors = (errors + chunk).slice(-MOST_NOTED);
      process.stderr.write(chunk);
    });
    child.once('close', (code, signal) => resolve({ code: code ?? 1, signal, output, errors }));
  });
}

await main();
