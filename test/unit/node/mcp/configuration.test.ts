import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { parseServers, readServersFile } from '../../../../src/node/mcp/configuration';
import { temporaryFolder } from '../../../fakes/temporaryFolder';

describe('the configuration of MCP servers', () => {
  const folder = temporaryFolder();

  it('is that of other clients', () => {
    const { servers, notices } = parseServers(
      {
        files: { command: 'npx', args: ['-y', 'server'], env: { KEY: '${env:TOKEN}' }, type: 'stdio' },
        web: {
          type: 'http',
          url: 'https://example.org/mcp',
          headers: { Authorization: 'Bearer ${env:TOKEN}' },
        },
        old: { type: 'sse', url: 'http://127.0.0.1:1/sse', approve: 'always', timeout: 1.5, roots: true },
        off: { command: 'x', disabled: true },
      },
      { TOKEN: 'abc' },
    );
    assert.deepEqual(notices, []);
    const common = { approve: 'writes', timeoutMs: 60_000, roots: false };
    assert.deepEqual(servers, [
      {
        ...common,
        name: 'files',
        transport: {
          kind: 'stdio',
          command: 'npx',
          args: ['-y', 'server'],
          env: { KEY: 'abc' },
          cwd: undefined,
        },
      },
      {
        ...common,
        name: 'web',
        transport: {
          kind: 'http',
          url: 'https://example.org/mcp',
          headers: { Authorization: 'Bearer abc' },
          sse: false,
        },
      },
      {
        name: 'old',
        approve: 'always',
        timeoutMs: 1_500,
        roots: true,
        transport: { kind: 'http', url: 'http://127.0.0.1:1/sse', headers: {}, sse: true },
      },
    ]);
  });

  it('has variables put in wherever a value stands', () => {
    const entry = {
      command: '${env:BIN}',
      args: ['--in=${userHome}/notes', '$HOME ${other}'],
      cwd: '${env:DIR}',
    };
    const { servers, notices } = parseServers(
      { s: entry, t: { url: 'http://127.0.0.1/mcp?key=${env:BIN}' } },
      { BIN: 'serve', DIR: '/data' },
    );
    assert.deepEqual(notices, []);
    const [s, t] = servers.map(({ transport }) => transport);
    assert.deepEqual(s, {
      kind: 'stdio',
      command: 'serve',
      args: [`--in=${os.homedir()}/notes`, '$HOME ${other}'],
      env: {},
      cwd: path.resolve('/data'),
    });
    assert.equal(t?.kind === 'http' && t.url, 'http://127.0.0.1/mcp?key=serve');
  });

  it('runs a server in the home folder that is given a relative one', () => {
    const { servers } = parseServers({ s: { command: 'x', cwd: 'notes' } }, {});
    const [server] = servers;
    assert.ok(server?.transport.kind === 'stdio');
    assert.equal(server.transport.cwd, path.join(os.homedir(), 'notes'));
  });

  const wrong: readonly (readonly [object, RegExp])[] = [
    [{}, /“s” is not used: command: /],
    [{ command: 7 }, /command: /],
    [{ command: ' ' }, /command: /],
    [{ command: 'x', args: 'y' }, /args: /],
    [{ url: 'file:///etc/passwd' }, /url: /],
    [{ url: 'nowhere' }, /url: /],
    [{ url: 'http://a', headers: { b: 1 } }, /headers\.b: /],
    [{ command: 'x', timeout: -1 }, /timeout: /],
    [{ command: 'x', env: { A: '${env:NOT_THERE}' } }, /“s” is not used: NOT_THERE is not set\.$/],
    [
      { command: 'x', args: ['${input:key}'] },
      /“s” is not used: \$\{input:key\} is only known to VS Code\.$/,
    ],
  ];
  for (const [entry, problem] of wrong) {
    it(`costs a wrong entry that one alone: ${JSON.stringify(entry)}`, () => {
      const { servers, notices } = parseServers({ s: entry, t: { command: 'x' } }, {});
      assert.deepEqual(
        servers.map(({ name }) => name),
        ['t'],
      );
      assert.equal(notices.length, 1);
      assert.match(notices[0] ?? '', problem);
    });
  }

  it('may be no file, a broken one or another', async () => {
    const file = path.join(folder(), 'mcp.json');
    assert.deepEqual(await readServersFile(file, {}), { servers: [], notices: [] });
    await writeFile(file, '\ufeff{"mcpServers": {"s": {"command": "x"}}}');
    assert.equal((await readServersFile(file, {})).servers.length, 1);
    await writeFile(file, '{"servers": {"s": {"type": "stdio", "command": "x"}}, "inputs": []}');
    assert.equal((await readServersFile(file, {})).servers.length, 1, 'as VS Code has it');
    for (const [text, problem] of [
      ['{"mcpServers": ', /cannot be read/],
      ['{"server": {}}', /has no “mcpServers”/],
      ['[]', /has no “mcpServers”/],
      ['{"mcpServers": []}', /not an object of names/],
    ] as const) {
      await writeFile(file, text);
      const { servers, notices } = await readServersFile(file, {});
      assert.equal(servers.length, 0);
      assert.match(notices.join(), problem, text);
    }
  });

  it('costs nothing where there is none: the SDK is not loaded', async () => {
    const { metafile } = await build({
      entryPoints: ['src/node/mcp/userServers.ts'],
      outdir: 'unwritten',
      write: false,
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      metafile: true,
      logLevel: 'silent',
    });
    const loaded = new Set<string>();
    const load = (file: string) => {
      if (loaded.has(file)) return;
      loaded.add(file);
      for (const { path, kind } of metafile.outputs[file]?.imports ?? []) {
        if (kind === 'import-statement') load(path);
      }
    };
    load('unwritten/userServers.js');
    const inputs = [...loaded].flatMap((file) => Object.keys(metafile.outputs[file]?.inputs ?? {}));
    assert.ok(inputs.includes('src/node/mcp/foreignTools.ts'));
    assert.deepEqual(
      inputs.filter((input) => /modelcontextprotocol|ajv|cross-spawn/.test(input)),
      [],
    );
  });
});
