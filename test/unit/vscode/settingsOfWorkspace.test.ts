/** Which settings a folder may make: what the manifest says, and what is read, for each of them. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import { configurationOf, editorModule, type SetValues } from '../../fakes/editorModule';

const setting = z.looseObject({
  scope: z.string(),
  type: z.union([z.string(), z.array(z.string())]),
  enum: z.array(z.string()).optional(),
  default: z.unknown(),
});
const { contributes, capabilities } = z
  .object({
    contributes: z.object({
      configuration: z.array(z.object({ properties: z.record(z.string(), setting) })),
    }),
    capabilities: z.object({
      untrustedWorkspaces: z.object({
        supported: z.literal('limited'),
        restrictedConfigurations: z.array(z.string()),
      }),
      virtualWorkspaces: z.object({ supported: z.literal('limited') }),
    }),
  })
  .parse(JSON.parse(readFileSync('package.json', 'utf8')));
const settings = contributes.configuration.flatMap(({ properties }) => Object.entries(properties));

/** Of the user, or of their machine: VS Code takes no value of a folder for them. */
const OF_USER: ReadonlySet<string> = new Set(['application', 'machine']);
/** The only ones that a folder may make: they name no host, program, key, rule or price. */
const OF_FOLDER = ['memento.memory.policy', 'memento.memory.k', 'memento.plan.review'];
/** Read elsewhere than in settings.ts. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'memento.mcp.offerServer': 'src/vscode/served/mcpServer.ts',
};

/** A value that differs from the default, of the setting's type, that would do harm if it counted. */
function hostile({ type, enum: choices, default: usual }: z.infer<typeof setting>): unknown {
  if (choices) return choices.find((choice) => choice !== usual);
  switch (Array.isArray(type) ? type[0] : type) {
    case 'boolean':
      return usual !== true;
    case 'integer':
    case 'number':
      return 0.5;
    case 'array':
      return ['http://127.0.0.1:9'];
    case 'object':
      return { 'touch PWNED': true };
    default:
      return 'http://127.0.0.1:9';
  }
}

describe('settings of a folder', () => {
  const read = async (values: SetValues): Promise<unknown> => {
    const vscode = { workspace: { getConfiguration: configurationOf(values) } };
    const { readSettings } = await editorModule('src/vscode/settings.ts', vscode);
    assert.ok(typeof readSettings === 'function');
    return Reflect.apply(readSettings, undefined, []);
  };
  let defaults: unknown;
  before(async () => {
    defaults = await read({});
  });

  for (const [name, described] of settings) {
    const isOfUser = OF_USER.has(described.scope);
    it(`${name}: ${isOfUser ? 'is the user’s alone' : 'may be the folder’s'}, in the manifest and in what is read`, async () => {
      assert.equal(isOfUser, !OF_FOLDER.includes(name));
      if (name in ELSEWHERE) return;
      const value = hostile(described);
      // A whole number is at least 1.
      const fits = described.type === 'integer' && !isOfUser ? 7 : value;
      assert.notDeepEqual(await read({ user: { [name]: fits } }), defaults, 'the user has a say');
      const ofFolder = await read({ workspace: { [name]: fits } });
      if (isOfUser) assert.deepEqual(ofFolder, defaults);
      else assert.notDeepEqual(ofFolder, defaults);
    });
  }

  it('are ignored in Restricted Mode', () => {
    assert.deepEqual(
      [...capabilities.untrustedWorkspaces.restrictedConfigurations].sort(),
      [...OF_FOLDER].sort(),
    );
  });

  it('are read nowhere else but from the user’s own level', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const readers = sources.filter((name) =>
      /getConfiguration\('memento/.test(readFileSync(`src/${name}`, 'utf8')),
    );
    const merged = readers.filter((name) =>
      /getConfiguration\([^)]*\)\s*\.get\b/.test(readFileSync(`src/${name}`, 'utf8')),
    );
    assert.ok(readers.includes('vscode/settings.ts'));
    assert.deepEqual(merged, []);
  });

  it('offer no server, whatever the folder says', async () => {
    const serversWith = async (values: SetValues, isTrusted = true) => {
      const vscode = {
        workspace: {
          isTrusted,
          getConfiguration: configurationOf(values),
          workspaceFolders: [{ uri: { scheme: 'file', fsPath: '/lake' }, name: 'lake', index: 0 }],
        },
        McpStdioServerDefinition: Object,
      };
      const { mcpServers } = await editorModule('src/vscode/served/mcpServer.ts', vscode);
      assert.ok(typeof mcpServers === 'function');
      const servers: unknown = Reflect.apply(mcpServers, undefined, [
        { extensionPath: '/x', packageJSON: {} },
      ]);
      return Array.isArray(servers) ? servers.length : undefined;
    };
    const isOn = { 'memento.mcp.offerServer': true };
    assert.equal(await serversWith({ user: isOn }), 1);
    assert.equal(await serversWith({ workspace: isOn }), 0);
    assert.equal(await serversWith({ user: isOn }, false), 0);
  });

  it('name no model’s server, nor does the environment that the editor was started with', () => {
    const files = readdirSync('src/vscode', { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => readFileSync(`src/vscode/${name}`, 'utf8'));
    const text = [...files, readFileSync('src/extension.ts', 'utf8')].join('\n');
    assert.doesNotMatch(text, /FromEnvironment|env(?:\.|\[')OPENAI/);
  });
});
