import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import * as z from 'zod';
import { POLICY_NAMES } from '../../../src/core/memory/retrieved';
import { WEB_PROVIDERS } from '../../../src/core/tools/web/search/searchResult';
import { PROVIDERS } from '../../../src/models/configuration';
import type { Settings } from '../../../src/vscode/settings';
import { configurationOf, editorModule, type SetValues } from '../../fakes/editorModule';
import { fuzz } from '../fuzz';
import { jsonOf, withOtherValues } from '../inputs';

const manifest = z.object({
  contributes: z.object({
    configuration: z.array(
      z.object({
        properties: z.record(
          z.string(),
          z.looseObject({
            scope: z.string(),
            default: z.unknown(),
            type: z.union([z.string(), z.array(z.string())]),
            minimum: z.number().optional(),
            maximum: z.number().optional(),
          }),
        ),
      }),
    ),
  }),
});
const { contributes } = manifest.parse(JSON.parse(readFileSync('package.json', 'utf8')));
const described = Object.fromEntries(
  contributes.configuration.flatMap(({ properties }) => Object.entries(properties)),
);
const NAMES = Object.keys(described);
/** VS Code takes no value of a folder for the others, and neither do we. */
const OF_FOLDER = NAMES.filter((name) => !/^(?:application|machine)$/.test(described[name]?.scope ?? ''));

let values: SetValues = {};
const { readSettings } = await editorModule('src/vscode/settings.ts', {
  workspace: { getConfiguration: (section: string) => configurationOf(values)(section) },
});

/** What a user and a folder have set is read, and both stay as they were. */
function read(set: SetValues): Settings {
  assert.ok(typeof readSettings === 'function');
  const [written, given] = [structuredClone(set), structuredClone(set)];
  values = given;
  const settings: unknown = Reflect.apply(readSettings, undefined, []);
  assert.deepEqual(given, written);
  // The type of the module that was loaded.
  return settings as Settings;
}

const KEYS = ['input', 'output', 'gpt', 'command', 'args', 'npm test', 'git push', ' '];
const VALUES = [
  ...[...PROVIDERS, ...WEB_PROVIDERS, ...POLICY_NAMES, 'Learned', 'gpt', ' gpt ', 'http://127.0.0.1:9'],
  ...[false, 0.3, 0.5, 0.4999, 1.5, 2, 7, 20, 20.4, 21, 1e300, 5e-324, -0.1, '4', 'true', 'NaN'],
];
const json = jsonOf(KEYS, VALUES);
const anything = fc.dictionary(fc.constantFrom(...NAMES), json, { maxKeys: 12, size: 'max' });
const PROPER = Object.fromEntries(NAMES.map((name) => [name, described[name]?.default]));
/** All names, of the right types but for a few. */
const nearlyProper = withOtherValues(
  fc.dictionary(fc.constantFrom(...NAMES), json, { maxKeys: 4 }).map((some) => ({
    ...PROPER,
    'memento.prices': { gpt: { input: 1, output: 2 } },
    'memento.terminal.autoApprove': { 'npm test': true },
    'memento.web.allowedOrigins': ['http://localhost:8080'],
    ...some,
  })),
  json,
);
const isSet = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const file = fc.oneof(anything, nearlyProper).map((value) => (isSet(value) ? value : {}));

const inBounds = (name: string, value: number): void => {
  const { minimum = -Infinity, maximum = Infinity } = described[`memento.${name}`] ?? {};
  assert.ok(Number.isFinite(value) && value >= minimum && value <= maximum, `${name} is ${value}`);
};
const areTexts = (list: readonly unknown[]): void =>
  assert.ok(list.every((each) => typeof each === 'string'));
const isTextOrAbsent = (value: unknown): void =>
  assert.ok(value === undefined || (typeof value === 'string' && value !== '' && value === value.trim()));

/** Of the types that the settings have, and within what package.json says of each. */
function isProper(settings: Settings): void {
  const { planner, executor, search, limits, rates } = settings;
  for (const { provider, model, baseUrl, azure } of [planner, executor]) {
    assert.ok(PROVIDERS.includes(provider));
    for (const each of [model, baseUrl, azure.deployment, azure.apiVersion]) isTextOrAbsent(each);
  }
  assert.ok(search.provider === 'auto' || WEB_PROVIDERS.includes(search.provider));
  for (const each of [search.searxngUrl, search.language, settings.vision, settings.audio])
    isTextOrAbsent(each);
  assert.ok(POLICY_NAMES.includes(settings.policy));
  inBounds('memory.k', settings.k);
  assert.ok(Number.isInteger(settings.k));
  inBounds('memory.controlRate', rates.control);
  inBounds('memory.dropRate', rates.drop);
  for (const name of ['cycles', 'modelCalls', 'toolCalls', 'minutes'] as const)
    inBounds(`limits.${name}`, limits[name]);
  for (const name of ['cycles', 'modelCalls', 'toolCalls'] as const)
    assert.ok(Number.isInteger(limits[name]));
  for (const name of ['tokens', 'cost'] as const) {
    const limit = limits[name];
    if (limit !== null) inBounds(`limits.${name}`, limit);
  }
  for (const list of [settings.allowedOrigins, settings.editorTools, settings.ignoreRobots]) areTexts(list);
  for (const { input, output } of Object.values(settings.prices)) {
    assert.ok(Number.isFinite(input) && input >= 0);
    assert.ok(Number.isFinite(output) && output >= 0);
  }
  areTexts(settings.wrongPrices);
  for (const { text, verdict } of settings.commandRules) {
    assert.ok(text.trim() !== '');
    assert.match(verdict, /^(?:auto|ask)$/);
  }
  for (const each of ['lessons', 'reviewPlans', 'askForModel', 'readingCommands'] as const)
    assert.equal(typeof settings[each], 'boolean');
}

fuzz(
  'settings.json: whatever a person writes, what is read is of the right type and within its bounds',
  [file, file],
  (user, workspace) => isProper(read({ user, workspace })),
);

fuzz('settings.json: read twice it is the same', [file, file], (user, workspace) => {
  assert.deepEqual(read({ user, workspace }), read({ user, workspace }));
});

fuzz('settings.json: a folder changes nothing but what is its own', [file, file], (user, workspace) => {
  const { policy, k, reviewPlans, ...alone } = read({ user });
  const both = read({ user, workspace });
  assert.deepEqual(both, { ...alone, policy: both.policy, k: both.k, reviewPlans: both.reviewPlans });
  const own = Object.fromEntries(Object.entries(workspace).filter(([name]) => OF_FOLDER.includes(name)));
  assert.deepEqual(both, read({ user, workspace: own }));
  if (Object.keys(own).length === 0) assert.deepEqual({ ...alone, policy, k, reviewPlans }, both);
});

/** Of the other type than the default, so that it says nothing. */
const isOfOtherType = (value: unknown, usual: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (isSet(value) !== isSet(usual) || Array.isArray(usual) !== Array.isArray(value));

fuzz(
  'settings.json: a list or an object in the place of something else counts as not set',
  [fc.constantFrom(...NAMES.filter((name) => name !== 'memento.mcp.servers')), json],
  (name, value) => {
    if (!isOfOtherType(value, described[name]?.default)) return;
    const { wrongPrices, ...settings } = read({ user: { [name]: value } });
    const { wrongPrices: none, ...usual } = read({});
    assert.deepEqual(settings, usual);
    assert.deepEqual(none, []);
    assert.ok(wrongPrices.length <= 1);
  },
);

const NUMBERS = NAMES.filter((name) => described[name]?.minimum !== undefined);
fuzz(
  'settings.json: a number that package.json allows is taken as it is',
  [fc.constantFrom(...NUMBERS), fc.double({ min: 0, max: 50_000, noNaN: true })],
  (name, share) => {
    const { minimum = 0, maximum = 50_000, type } = described[name] ?? {};
    const isWhole = [type].flat().includes('integer');
    const number = Math.min(Math.max(isWhole ? Math.round(share) : share, minimum), maximum);
    const settings = read({ user: { [name]: number } });
    const { k, rates, limits } = settings;
    const [group, key = ''] = name.split('.').slice(1);
    const taken = group === 'limits' ? limits : { k, controlRate: rates.control, dropRate: rates.drop };
    assert.equal(new Map<string, unknown>(Object.entries(taken)).get(key), number);
  },
);
