import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseCommand } from '../../../src/cli/arguments';
import { UsageError } from '../../../src/cli/values';
import { readPrices, priceOf } from '../../../src/core/agent/prices';
import { coreSetting, isTrue } from '../../../src/node/gitConfig';
import { parseServers } from '../../../src/node/mcp/configuration';
import { fuzz } from '../fuzz';
import { damaged, INHERITED, jsonOf, pump, pumped, textOf, withOtherValues } from '../inputs';

const KEYS = [
  'command',
  'args',
  'env',
  'cwd',
  'url',
  'headers',
  'type',
  'approve',
  'timeout',
  'roots',
  'disabled',
  'files',
];
const VALUES = [
  'npx',
  '${env:KEY}',
  '${env:NONE}',
  '${userHome}/x',
  '${input:a}',
  'https://a.example/mcp',
  'always',
  'sse',
];
const server = fc.oneof(
  fc.constant({ command: 'npx', args: ['-y', '${env:KEY}'], env: { A: '${userHome}' }, cwd: 'x' }),
  fc.constant({ url: 'https://a.example/mcp', headers: { Authorization: 'Bearer ${env:KEY}' } }),
);
const servers = withOtherValues(
  fc.dictionary(fc.constantFrom('files', 'web', ...INHERITED), server, { maxKeys: 3 }),
  jsonOf(KEYS, VALUES),
);
const ENV = { KEY: 'secret-value' };

fuzz('MCP servers: those that can be started, and a sentence for each other one', [servers], (value) => {
  const { servers: found, notices } = parseServers(value, ENV);
  const entries =
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  assert.equal(new Set(found.map(({ name }) => name)).size, found.length);
  for (const { name, transport, timeoutMs, approve } of found) {
    assert.ok(entries.includes(name));
    assert.ok(timeoutMs > 0 && timeoutMs <= 86_400_000);
    assert.match(approve, /^(?:always|writes)$/);
    if (transport.kind === 'http') assert.match(transport.url, /^https?:/i);
    else assert.ok(transport.command.trim() !== '');
    assert.doesNotMatch(JSON.stringify(transport), /\$\{(?:env:\w|userHome)/, 'all is put in');
  }
  assert.ok(
    notices.every((notice) => !notice.includes(ENV.KEY)),
    'no notice tells a secret',
  );
});

fuzz(
  'prices: never less than nothing, and no inherited name has one',
  [jsonOf(['gpt', 'input', 'output'], [0.5, -1])],
  (value) => {
    const { prices } = readPrices(value);
    for (const model of Object.keys(prices)) {
      const price = priceOf(prices, model);
      assert.ok(price && price.input >= 0 && price.output >= 0);
    }
    for (const name of INHERITED)
      assert.ok(Object.hasOwn(prices, name) || priceOf(prices, name) === undefined);
  },
);

const WORDS = [
  ...[
    'research',
    'feedback',
    'cases',
    'runs',
    'memory',
    'mcp',
    'test-model',
    'tool',
    'explain',
    'help',
    'import',
  ],
  ...[
    'export',
    'edit',
    'report',
    'accept',
    'url',
    'command',
    '--k',
    '2',
    '-1',
    '--policy',
    'learned',
    '--json',
    '-h',
  ],
  ...[
    '--reason=',
    '--allow-origin',
    'http://localhost:8080',
    'x',
    '--allow-command',
    '--',
    '-',
    '--no-json',
    '--yes',
  ],
  ...[
    '{"a":1}',
    '{',
    '',
    '--format',
    'html',
    '--workspace',
    '--dry-run',
    '--__proto__',
    '__proto__',
    '--k=1e1',
  ],
];

fuzz(
  'command line: a command, or how it is used',
  [fc.array(fc.constantFrom(...WORDS), { maxLength: 8, size: 'max' })],
  (words) => {
    try {
      const command = parseCommand(words);
      assert.equal(typeof command.name, 'string');
      if ('allowedOrigins' in command)
        for (const origin of command.allowedOrigins ?? []) assert.equal(new URL(origin).origin, origin);
      if ('k' in command && command.k !== undefined) assert.ok(Number.isInteger(command.k) && command.k >= 0);
    } catch (error) {
      assert.ok(error instanceof UsageError, String(error));
      assert.ok(error.message.length > 0);
    }
  },
);

const GIT = [
  ...[
    '[core]',
    '[Core "x"]',
    '[remote "a"]',
    '[',
    ']',
    '\n',
    '\r\n',
    '\t',
    ' ',
    '=',
    '"',
    '\\',
    '\\n',
    '#',
    ';',
  ],
  ...['ignorecase', 'fsmonitor', 'true', 'yes', 'hooksPath', '[core] bare = true', '\\"', '\\\n'],
];
const configuration = fc.oneof(
  textOf(GIT),
  damaged(fc.constant('[core]\n\tbare = false\n\tignorecase = "true" # yes\n[remote "a"]\n\turl = x\n'), GIT),
);

fuzz('git settings: a value of the section core, or none', [configuration], (text) => {
  const value = coreSetting(text, 'ignorecase');
  assert.equal(coreSetting(text, 'IgnoreCase'), value);
  assert.ok(value === undefined || value.length <= text.length + 4);
  assert.equal(coreSetting(`${text}\n[core]\nignorecase = on`, 'ignorecase'), 'on', 'the last one counts');
  assert.equal(typeof isTrue(value), 'boolean');
});

fuzz(
  'git settings: long ones end',
  [pumped(GIT)],
  (each) => void coreSetting(`[core]\n${pump(each)}`, 'bare'),
);
