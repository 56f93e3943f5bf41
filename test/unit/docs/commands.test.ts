import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, it } from 'mocha';
import * as z from 'zod';
import { NOT_RUN, RUN } from './documentedCommands';
import { commandsOf, PAGES, read, root, type DocumentedCommand } from './pages';

const commands = PAGES.flatMap(commandsOf);
/** Each where it stands first. */
const distinct = commands.filter(({ line }, i) => commands.findIndex((each) => each.line === line) === i);
const { version, scripts } = z
  .object({ version: z.string(), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

describe('the commands in the documents', () => {
  it('are all either run here, or listed with the reason why not', () => {
    const unknown = commands.filter(({ line }) => !(line in RUN) && !(line in NOT_RUN));
    assert.deepEqual(unknown, []);
    const twice = Object.keys(RUN).filter((line) => line in NOT_RUN);
    assert.deepEqual(twice, []);
  });

  it('are all that is listed', () => {
    const lines = new Set(commands.map(({ line }) => line));
    const gone = [...Object.keys(RUN), ...Object.keys(NOT_RUN)].filter((line) => !lines.has(line));
    assert.deepEqual(gone, []);
  });

  for (const { page, line } of distinct.filter((each) => each.line in NOT_RUN)) {
    it(`${page}: what “${line}” names is there`, () => {
      const words = line.split(' ').filter((word) => !/^[A-Z_]+=/.test(word));
      const script = words[0] === 'npm' ? scriptOf(words.slice(1)) : undefined;
      if (script !== undefined) assertScript(script);
      if (words[0] === 'npm' && words[1] === 'test') assertStages(words.slice(3));
      for (const file of filesIn(line)) assert.ok(existsSync(path.join(root, file)), file);
      const packed = /memento-(.+)\.vsix/.exec(line)?.[1];
      if (packed !== undefined) assert.equal(packed, version);
    });
  }
});

/** The name of the script that `npm …` runs; undefined for npm's own commands. */
function scriptOf([verb = '', name = '']: readonly string[]): string | undefined {
  if (verb === 'run') return name;
  return verb === 'test' || verb === 'start' ? verb : undefined;
}

function assertScript(name: string): void {
  const script = scripts[name] ?? assert.fail(`package.json has no script ${name}`);
  const file = /^node (\S+)/.exec(script)?.[1];
  if (file !== undefined) assert.ok(existsSync(path.join(root, file)), file);
}

function assertStages(names: readonly string[]): void {
  const source = read('scripts/test.mjs');
  for (const name of names) assert.match(source, new RegExp(`^  ${name}: \\[`, 'm'), name);
}

/** What stands in the repository; not what is made first, nor a pattern. */
const filesIn = (line: string): readonly string[] =>
  (line.match(/(?<![\w./-])(?:node_modules|test|examples|scripts|src|bench)\/[\w./-]+/g) ?? []).filter(
    (file) => !line.includes(`${file}*`),
  );

describe('the documented commands of memento, one after the other in a copy of the sample workspace', function () {
  this.timeout(120_000);
  let folder: string;
  const ids: Record<string, string> = {};

  before(function () {
    if (process.platform === 'win32') this.skip();
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'memento-docs-')));
    cpSync(path.join(root, 'examples/sample-workspace'), path.join(folder, 'lake'), { recursive: true });
    mkdirSync(path.join(folder, 'bin'));
    const program = path.join(folder, 'bin/memento');
    writeFileSync(
      program,
      `#!/bin/sh\nexec '${process.execPath}' '${path.join(root, 'dist/cli.js')}' "$@"\n`,
    );
    chmodSync(program, 0o755);
  });
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

  function typed(line: string) {
    const PATH = [path.join(folder, 'bin'), process.env['PATH']].join(path.delimiter);
    const { status, stdout, stderr } = spawnSync('/bin/sh', ['-c', line], {
      cwd: path.join(folder, 'lake'),
      env: { PATH, HOME: folder, XDG_DATA_HOME: path.join(folder, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  /** What stands in angle brackets is what the first answer was told by. */
  const filled = (line: string): string =>
    line.replace(
      /<(run|case) id>/g,
      (_, what: string) => ids[what] ?? assert.fail(`there is no ${what} yet`),
    );

  const runs = ({ page, line }: DocumentedCommand) =>
    it(`${page}: ${line}`, () => {
      const { exit = 0, says, makes } = RUN[line] ?? assert.fail();
      const { status, stdout, stderr } = typed(filled(line));
      assert.equal(status, exit, `${stdout}\n${stderr}`);
      assert.match(stdout, says);
      if (makes !== undefined) assert.ok(existsSync(path.join(folder, 'lake', makes)), makes);
      ids['run'] ??= /^run (\w{26})$/m.exec(stdout)?.[1] ?? '';
      ids['case'] ??= /^(\w{26}) /.exec(typed('memento cases list').stdout)?.[1] ?? '';
    });

  for (const command of distinct.filter(({ line }) => line in RUN)) runs(command);
});
