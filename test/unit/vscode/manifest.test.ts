/** package.json as VS Code reads it: what a user finds in menus, the palette and the settings. */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import * as z from 'zod';
import { REMEDY_NAMES } from '../../../src/protocol/remedies';

const words = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('package.nls.json', 'utf8')));

/** As VS Code does it: `%name%` is the text of that name. */
function withWords(manifestText: string): string {
  return manifestText.replace(/"%([^%"]+)%"/g, (_, name: string) => JSON.stringify(words[name]));
}

const setting = z.looseObject({
  order: z.int().positive(),
  scope: z.enum(['application', 'machine', 'machine-overridable', 'window', 'resource']),
  markdownDescription: z.string().min(20),
  enum: z.array(z.string()).optional(),
  markdownEnumDescriptions: z.array(z.string()).optional(),
});
const place = { when: z.string().optional(), group: z.string().optional() };
const entry = z.object({ command: z.string(), ...place });
const submenu = z.object({ submenu: z.string(), ...place }).strict();
const manifest = z
  .looseObject({
    icon: z.string(),
    galleryBanner: z.object({ color: z.string().regex(/^#[0-9a-f]{6}$/), theme: z.enum(['dark', 'light']) }),
    capabilities: z.object({
      untrustedWorkspaces: z.looseObject({ supported: z.literal('limited'), description: z.string() }),
      virtualWorkspaces: z.object({ supported: z.literal('limited'), description: z.string() }),
    }),
    contributes: z.looseObject({
      commands: z.array(
        z.looseObject({
          command: z.string().startsWith('memento.'),
          title: z.string(),
          category: z.literal('Memento'),
          icon: z.string().optional(),
        }),
      ),
      keybindings: z.array(z.object({ command: z.string(), key: z.string(), when: z.string() })),
      menus: z.record(
        z.string(),
        z
          .array(z.union([entry, submenu]))
          .transform((entries) => entries.filter((each) => 'command' in each)),
      ),
      viewsWelcome: z.array(z.looseObject({ contents: z.string() })),
      walkthroughs: z
        .array(
          z.looseObject({
            steps: z
              .array(
                z.looseObject({
                  description: z.string(),
                  media: z.object({ svg: z.string(), altText: z.string().min(10) }),
                  completionEvents: z.array(z.string()).min(1),
                }),
              )
              .length(4),
          }),
        )
        .length(1),
      configuration: z.array(
        z.object({ title: z.string(), order: z.int(), properties: z.record(z.string(), setting) }),
      ),
    }),
  })
  .parse(JSON.parse(withWords(readFileSync('package.json', 'utf8'))));

const { commands, menus, walkthroughs, viewsWelcome, configuration } = manifest.contributes;
const declared = new Set(commands.map(({ command }) => command));
const sources = readdirSync('src/vscode', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`src/vscode/${file}`, 'utf8'));
const registered = new Set(
  sources.flatMap((text) =>
    Array.from(text.matchAll(/^\s+'(memento\.\w+)': (?!\{)/gm), ([, name = '']) => name),
  ),
);
/** Run by an item, a notification or a panel with an argument, and by nobody else. */
const INTERNAL = [
  'memento.showRun',
  'memento.showRunning',
  'memento.showMoreCases',
  'memento.showMoreRuns',
  'memento.forgetSelectedCases',
  'memento.deleteSelectedRuns',
];

describe('the manifest', () => {
  it('declares every command that is registered, but for internal ones, and registers every one declared', () => {
    assert.deepEqual([...registered].filter((name) => !declared.has(name)).sort(), [...INTERNAL].sort());
    assert.deepEqual(
      [...declared].filter((name) => !registered.has(name)),
      [],
    );
  });

  it('has an icon for each command in a title bar or inline, and no entry of a command that is not there', () => {
    const iconOf = new Map(commands.map(({ command, icon }) => [command, icon]));
    for (const [menu, entries] of Object.entries(menus)) {
      for (const { command, group } of entries) {
        assert.ok(declared.has(command), `${menu}: ${command}`);
        if (/^(?:navigation|inline)/.test(group ?? '')) assert.ok(iconOf.get(command), `icon of ${command}`);
      }
    }
  });

  it('keeps out of the palette what needs an item to work on', () => {
    const hidden = new Map(menus.commandPalette?.map(({ command, when }) => [command, when]));
    const elsewhere = ['view/item/context', 'explorer/context'].flatMap((menu) => menus[menu] ?? []);
    const onItems = new Set(elsewhere.map(({ command }) => command));
    // Asks which one, where it is given none.
    onItems.delete('memento.resumeRun');
    assert.deepEqual(
      [...onItems].filter((command) => !hidden.has(command)),
      [],
    );
  });

  it('gives each setting a section, an order of its own there, a scope and words for each choice', () => {
    assert.deepEqual(
      configuration.map(({ title }) => title),
      ['Models', 'Search & Web', 'Memory', 'Plan', 'Limits', 'Tools'],
    );
    for (const { title, properties } of configuration) {
      const orders = Object.values(properties).map(({ order }) => order);
      assert.equal(new Set(orders).size, orders.length, `order in ${title}`);
      for (const [name, { enum: choices, markdownEnumDescriptions }] of Object.entries(properties)) {
        assert.equal(markdownEnumDescriptions?.length, choices?.length, name);
      }
    }
  });

  it('lets a workspace set nothing that names hosts, runs things or costs money', () => {
    const ofWorkspace = configuration
      .flatMap(({ properties }) => Object.entries(properties))
      .filter(([, { scope }]) => scope === 'window' || scope === 'resource')
      .map(([name]) => name);
    assert.deepEqual(ofWorkspace.sort(), [
      'memento.memory.k',
      'memento.memory.policy',
      'memento.plan.review',
    ]);
  });

  it('names in its texts only commands and files that are there', () => {
    const texts = [
      ...viewsWelcome.map(({ contents }) => contents),
      ...walkthroughs.flatMap(({ steps }) => steps.map(({ description }) => description)),
      ...configuration.flatMap(({ properties }) =>
        Object.values(properties).map(({ markdownDescription }) => markdownDescription),
      ),
    ];
    const named = texts.flatMap((text) =>
      Array.from(text.matchAll(/\(command:(memento\.\w+)/g), ([, name = '']) => name),
    );
    assert.deepEqual(
      named.filter((name) => !declared.has(name)),
      [],
    );
    for (const { svg } of walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media)))
      assert.ok(existsSync(svg), svg);
  });

  it('has the command of every remedy', () => {
    const text = readFileSync('src/vscode/remedies.ts', 'utf8');
    const used = Array.from(text.matchAll(/\['(memento\.\w+)'/g), ([, name = '']) => name);
    assert.ok(used.length >= REMEDY_NAMES.length - 3);
    assert.deepEqual(
      used.filter((name) => !declared.has(name)),
      [],
    );
  });
});
