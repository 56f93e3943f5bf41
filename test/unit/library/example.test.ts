import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { describe, it } from 'mocha';
import { runNpm } from '../../../scripts/npm.mjs';
import { writeNpmPackage } from '../../../scripts/npm-package.mjs';
import { temporaryFolder } from '../../fakes/temporaryFolder';

const root = path.resolve(import.meta.dirname, '../../..');
const SAMPLE = path.join(root, 'examples/sample-workspace');

/** As a stranger does it: the package installed with npm, the example beside it, and nothing else of this repository. */
describe('the example with a tool of its own', function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  async function installed(): Promise<string> {
    const home = path.join(folder(), 'program');
    mkdirSync(home);
    const packed = writeNpmPackage(path.join(folder(), 'packed'));
    const offline = ['--offline', '--no-audit', '--no-fund', '--no-save'];
    await runNpm(['install', ...offline, packed], { cwd: home, logFile: path.join(folder(), 'npm.log') });
    cpSync(path.join(root, 'examples/own-tool'), home, { recursive: true });
    return home;
  }

  const node = async (home: string, ...words: readonly string[]) => {
    const { PATH = '' } = process.env;
    const env = { PATH, HOME: home, XDG_DATA_HOME: path.join(home, 'data') };
    const { stdout } = await promisify(execFile)(process.execPath, words, { cwd: home, env });
    return stdout;
  };

  /** What the compiler says of a program beside the package: its own folder has no types of Node. */
  async function faultsOf(
    home: string,
    file: string,
    ...more: readonly string[]
  ): Promise<readonly string[]> {
    const options = ['--noEmit', '--strict', '--module', 'nodenext', '--target', 'es2022'];
    const words = [path.join(root, 'node_modules/typescript/bin/tsc'), ...options, ...more, file];
    const said = promisify(execFile)(process.execPath, words, { cwd: home });
    const { stdout } = await said.catch((error: unknown) => error as { readonly stdout: string });
    return stdout.split('\n').filter((line) => line !== '');
  }

  it('runs against the installed package: the tool is called, its words are cited, the case is accepted', async () => {
    const home = await installed();
    const said = await node(home, 'main.mjs', SAMPLE, 'memory');
    assert.match(said, /^“On 22 July 2023, [^”]*the North Buoy broke loose[^”]*” \[e1\]/);
    assert.match(said, /“22 July 2023 is a Saturday\.” \[e\d+\]$/m);
    assert.match(said, /^\[1\] incident-2023-07\.md: quoted\n\[2\] weekday: quoted$/m);

    const memento = path.join(home, 'node_modules/memento/cli.js');
    const cases = await node(home, memento, 'cases', 'list', '--storage', 'memory');
    assert.match(cases, /accepted +On which day of the week/);

    // With neither key nor model the same package answers in its extractive mode.
    writeFileSync(
      path.join(home, 'plain.mjs'),
      `import { createNodeAssistant } from 'memento/node';
const assistant = await createNodeAssistant({ workspace: process.argv[2], storage: 'plain' });
const run = await assistant.ask('Why did the North Buoy break loose, and who found it?');
console.log(run.models.planner, run.answer);
await assistant.close();`,
    );
    assert.match(await node(home, 'plain.mjs', SAMPLE), /^extractive [^]*Leif Sandoe/);

    // Its types stand alone: nothing of theirs is passed over, and what does not fit is found.
    const typed = (name: string, text: string) => writeFileSync(path.join(home, name), text);
    typed(
      'typed.mts',
      `import { createNodeAssistant, type OwnTool, type RunEvent } from 'memento/node';
const tool: OwnTool = { name: 'a', description: '', parameters: { type: 'object' }, run: ({ date }) => String(date) };
const assistant = await createNodeAssistant({ tools: [tool], approve: ({ command }) => command.length < 9 });
const run = await assistant.ask('Why?');
const verdict: string | undefined = run.citations?.[0]?.verdict;
export const told = (event: RunEvent) => (event.type === 'answer.ready' ? event.answer : verdict);`,
    );
    assert.deepEqual(await faultsOf(home, 'typed.mts'), []);
    typed(
      'wrong.mts',
      `import { createNodeAssistant } from 'memento/node';\nawait createNodeAssistant({ tool: [] });`,
    );
    assert.match((await faultsOf(home, 'wrong.mts')).join(), /^wrong\.mts\(2,\d+\): error TS2561: .*'tool'/);
    typed('core.mts', `import { createAssistant } from 'memento';\ncreateAssistant({ runs: 1 });`);
    assert.match(
      (await faultsOf(home, 'core.mts', '--skipLibCheck')).join(),
      /^core\.mts\(2,\d+\): error TS2322/,
    );
  });
});
