import assert from 'node:assert/strict';
import path from 'node:path';
import { CommandPolicy, type CommandPlace } from '../../../../../src/core/tools/shell/commandPolicy';
import { createShellParser } from '../../../../../src/node/shellParser';

const unasked = (what: string) => (): never => assert.fail(`${what} is asked`);

describe('the policy of commands', () => {
  const parser = createShellParser(path.resolve(import.meta.dirname, '../../../../../dist'));
  /** A place that knows nothing, and must not be asked. */
  const place: CommandPlace = {
    parser,
    shell: () => 'posix',
    rules: () => [],
    mayRead: () => true,
    gitSettings: unasked('git'),
    isInside: unasked('a link'),
    guardOf: unasked('a guard'),
    isFolder: unasked('a folder'),
    searchPathProblem: unasked('the search path'),
  };
  const decide = (command: string, more: Partial<CommandPlace>) =>
    new CommandPolicy({ ...place, ...more }).decide(command);

  it('looks at nothing more where the command itself asks', async () => {
    for (const command of ['rm -rf notes', 'cat <(ls)', 'nosuchprogram', 'echo "'])
      assert.equal((await decide(command, {})).verdict, 'ask', command);
  });

  it('parses nothing that PowerShell or cmd would read', async () => {
    const silent = { parse: unasked('the parser') };
    for (const shell of ['powershell', 'cmd'] as const)
      assert.equal((await decide('ls', { shell: () => shell, parser: silent })).verdict, 'ask');
  });

  it('asks where the place cannot tell', async () => {
    const { verdict, reasons } = await decide('pwd; ls', {
      searchPathProblem: () => Promise.reject(new Error('the disk is gone')),
    });
    assert.equal(verdict, 'ask');
    assert.deepEqual(reasons, ['The command could not be looked at: the disk is gone']);
  });

  it('asks git only where it is called', async () => {
    const calm = {
      searchPathProblem: async () => undefined,
      isInside: async () => true,
      isFolder: async () => false,
    };
    assert.equal((await decide('ls', calm)).verdict, 'auto');
    let asked = 0;
    const gitSettings = async () => {
      asked++;
      return [];
    };
    assert.equal((await decide('git log', { ...calm, gitSettings })).verdict, 'auto');
    assert.equal(asked, 1);
  });
});
