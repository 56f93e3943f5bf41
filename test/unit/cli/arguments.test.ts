import assert from 'node:assert/strict';
import { parseCommand } from '../../../src/cli/arguments';
import { UsageError } from '../../../src/cli/values';

describe('command line', () => {
  it('reads research with all its options', () => {
    const words = [
      'research',
      'How deep?',
      '--workspace',
      'w',
      '--k',
      '2',
      '--policy',
      'none',
      '--accept',
      '--reason',
      'yes',
      '--lessons',
      '--json',
    ];
    const command = parseCommand(words);
    assert.deepEqual(command, {
      name: 'research',
      question: 'How deep?',
      workspace: 'w',
      storage: undefined,
      policy: 'none',
      k: 2,
      verdict: 'accept',
      reason: 'yes',
      lessons: true,
      reuse: false,
      yes: false,
      allowedOrigins: [],
      commandRules: [],
      ignoreRobots: [],
      json: true,
    });
  });

  it('hosts of which robots.txt is ignored may be several', () => {
    const command = parseCommand([
      'tool',
      'fetch_page',
      '{}',
      '--ignore-robots',
      'a.example',
      '--ignore-robots',
      '*.b.example',
    ]);
    assert.deepEqual('ignoreRobots' in command && command.ignoreRobots, ['a.example', '*.b.example']);
  });

  it('reads the origins that are allowed, however much of the address follows', () => {
    const allow = [
      '--allow-origin',
      'http://localhost:8080/start?a=b',
      '--allow-origin',
      'HTTPS://Wiki.example',
    ];
    const expected = ['http://localhost:8080', 'https://wiki.example'];
    for (const words of [
      ['research', 'q'],
      ['tool', 'calculate'],
      ['explain', 'url', 'http://a.example'],
    ]) {
      const command = parseCommand([...words, ...allow]);
      assert.deepEqual('allowedOrigins' in command && command.allowedOrigins, expected);
    }
  });

  it('reads what is to be explained', () => {
    assert.deepEqual(parseCommand(['explain', 'url', 'http://127.1/']), {
      name: 'explain',
      url: 'http://127.1/',
      allowedOrigins: [],
      ignoreRobots: [],
      commandRules: [],
    });
    assert.deepEqual(parseCommand(['explain', 'command', 'npm test', '--allow-command', 'npm test']), {
      ...{ workspace: undefined, storage: undefined, json: false },
      name: 'explain',
      command: 'npm test',
      allowedOrigins: [],
      ignoreRobots: [],
      commandRules: [{ text: 'npm test', verdict: 'auto' }],
    });
    for (const words of [
      ['url'],
      ['command', 'a', 'b'],
      ['page', 'a'],
      ['command', 'a', '--allow-origin', 'http://a'],
    ])
      assert.throws(() => parseCommand(['explain', ...words]), UsageError);
  });

  it('reads the other commands', () => {
    assert.equal(parseCommand(['feedback', 'R', 'withdraw']).name, 'feedback');
    assert.equal(parseCommand(['cases']).name, 'cases');
    assert.deepEqual(parseCommand(['memory', 'report', '--storage', 'd', '--json']), {
      name: 'memory',
      workspace: undefined,
      storage: 'd',
      json: true,
    });
    assert.deepEqual(parseCommand(['tool', 'calculate', '{"expression":"1+1"}']), {
      name: 'tool',
      tool: 'calculate',
      args: { expression: '1+1' },
      yes: false,
      allowedOrigins: [],
      ignoreRobots: [],
      commandRules: [],
      workspace: undefined,
      storage: undefined,
      json: false,
    });
    const place = { workspace: undefined, storage: undefined, json: false };
    assert.deepEqual(parseCommand(['cases', 'import', 'a b.jsonl', '--dry-run']), {
      ...place,
      name: 'cases',
      action: 'import',
      file: 'a b.jsonl',
      dryRun: true,
    });
    const exporting = { ...place, name: 'cases', action: 'export', file: 'a.jsonl' };
    assert.deepEqual(parseCommand(['cases', 'export', 'a.jsonl']), { ...exporting, format: 'lossless' });
    assert.deepEqual(parseCommand(['cases', 'export', 'a.jsonl', '--format', 'reward']), {
      ...exporting,
      format: 'reward',
    });
    const edit = parseCommand(['cases', 'edit', 'C', 'case.md']);
    assert.ok(edit.name === 'cases' && 'argument' in edit);
    assert.deepEqual([edit.action, edit.argument, edit.file], ['edit', 'C', 'case.md']);
    const search = parseCommand(['cases', 'search', 'two', 'words']);
    assert.ok(search.name === 'cases' && 'argument' in search);
    assert.deepEqual([search.argument, search.file], ['two words', undefined]);
    assert.equal(parseCommand(['cases', 'forgotten']).name, 'cases');
    assert.equal(parseCommand([]).name, 'help');
    assert.equal(parseCommand(['--help']).name, 'help');
  });

  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['reserach', 'x'], /no command “reserach”/],
    [['research'], /takes one question/],
    [['research', 'a', 'b'], /takes one question/],
    [['research', 'a', '--accept', '--reject'], /exclude each other/],
    [['research', 'a', '--k', 'many'], /whole number/],
    [['research', 'a', '--policy', 'best'], /no policy “best”/],
    [['research', 'a', '--frobnicate'], /frobnicate/],
    [['research', 'a', '--lessons'], /--lessons goes with --accept or --reject/],
    [['cases', 'list', '--lessons'], /takes no --lessons/],
    [['feedback', 'R', 'perhaps'], /accept, reject or withdraw/],
    [['feedback', 'R', 'accept', '--yes'], /takes no --yes/],
    [['cases', 'burn'], /no “burn”/],
    [['cases', 'show'], /takes a case id/],
    [['cases', 'import'], /takes one file/],
    [['cases', 'import', 'a', 'b'], /takes one file/],
    [['cases', 'import', 'a', '--format', 'memento'], /takes no --format/],
    [['cases', 'export', 'a', '--dry-run'], /takes no --dry-run/],
    [['cases', 'export', 'a', '--format', 'csv'], /no format “csv”: use lossless, memento, reward, training/],
    [['cases', 'list', '--dry-run'], /takes no --dry-run/],
    [['memory'], /takes report/],
    [['memory', 'report', 'x'], /takes report/],
    [['memory', 'report', '--yes'], /takes no --yes/],
    [['cases', 'edit'], /takes a case id/],
    [['cases', 'pin'], /takes a case id/],
    [['tool', 'calculate', '{'], /not JSON/],
    [['tool', 'calculate', '{}', '--allow-origin', 'localhost:8080'], /takes an origin such as/],
    [['cases', '--allow-origin', 'http://localhost:8080'], /takes no --allow-origin/],
    [['explain', 'http://example.com'], /explain takes url/],
    [['explain', 'url'], /explain takes url/],
  ];
  for (const [words, message] of wrong) {
    it(`refuses: ${words.join(' ')}`, () =>
      assert.throws(
        () => parseCommand(words),
        (error) => error instanceof UsageError && message.test(error.message),
      ));
  }
});
