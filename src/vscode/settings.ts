/**
 * The user's settings. Those that name hosts or spend money are read from the user's own level only: a workspace's
 * settings file comes with the folder, and VS Code's scopes are not the only thing that keeps it out.
 */
import * as vscode from 'vscode';
import type { PolicyName } from '../core/assistant';
import { DEFAULT_K, DEFAULT_POLICY, POLICY_NAMES } from '../core/memory/retrieved';
import type { CoinRates } from '../core/memory/policy/coins';
import { DEFAULT_LIMITS, type Limits } from '../core/agent/limits';
import { readPrices, type PriceTable } from '../core/agent/prices';
import type { AzureSettings } from '../models/azure';
import { PROVIDERS, type ProviderName } from '../models/configuration';
import { readCommandRules, type CommandRule } from '../core/tools/shell/commandRules';
import { WEB_PROVIDERS, type WebProviderName } from '../core/tools/web/search/searchResult';

export interface RoleSettings {
  readonly provider: ProviderName;
  /** Undefined where the user has set none. */
  readonly model: string | undefined;
  /** An executor with none has the planner's server, and its key. */
  readonly baseUrl: string | undefined;
  readonly azure: AzureSettings;
}

export interface SearchSettings {
  readonly provider: 'auto' | WebProviderName;
  readonly searxngUrl: string | undefined;
  readonly language: string | undefined;
}

export interface Settings {
  readonly planner: RoleSettings;
  readonly executor: RoleSettings;
  readonly search: SearchSettings;
  /** Names of models on the executor's server; undefined where the user has set none. */
  readonly vision: string | undefined;
  readonly audio: string | undefined;
  readonly policy: PolicyName;
  readonly k: number;
  readonly rates: CoinRates;
  /** A model writes lessons of judged runs. */
  readonly lessons: boolean;
  /** Each plan waits until the user has looked at it. */
  readonly reviewPlans: boolean;
  readonly limits: Limits;
  readonly prices: PriceTable['prices'];
  /** Models whose price is written wrongly. */
  readonly wrongPrices: PriceTable['wrong'];
  /** Ask which model to use where none is set up. */
  readonly askForModel: boolean;
  /** Origins that the tools may reach wherever they are; what is none counts for nothing. */
  readonly allowedOrigins: readonly string[];
  /** Names of the tools of `vscode.lm.tools` that runs may call. */
  readonly editorTools: readonly string[];
  /** As the user wrote them; node/mcp/configuration.ts reads it. */
  readonly mcpServers: unknown;
  /** Hosts of which robots.txt is ignored. */
  readonly ignoreRobots: readonly string[];
  /** What begins so runs without asking, or asks in any case. */
  readonly commandRules: readonly CommandRule[];
  /** Commands that only read files of the workspace run without asking. */
  readonly readingCommands: boolean;
}

export function readSettings(): Settings {
  const config = vscode.workspace.getConfiguration('memento');
  const user = (key: string): unknown => config.inspect<unknown>(key)?.globalValue;
  const prices = readPrices(user('prices'));
  const limit = (name: keyof Limits) => counted(user(`limits.${name}`));
  return {
    planner: roleSettings('planner', user),
    executor: roleSettings('executor', user),
    search: {
      provider: WEB_PROVIDERS.find((name) => name === user('search.provider')) ?? 'auto',
      searxngUrl: text(user('search.searxngUrl')),
      language: text(user('search.language')),
    },
    vision: text(user('vision.model')),
    audio: text(user('audio.model')),
    policy: POLICY_NAMES.find((name) => name === config.get<unknown>('memory.policy')) ?? DEFAULT_POLICY,
    k: Math.min(counted(config.get<unknown>('memory.k')) ?? DEFAULT_K, 20),
    rates: { control: share(user('memory.controlRate')), drop: share(user('memory.dropRate')) },
    lessons: user('memory.lessons') === true,
    reviewPlans: config.get<unknown>('plan.review') === true,
    limits: {
      cycles: limit('cycles') ?? DEFAULT_LIMITS.cycles,
      modelCalls: limit('modelCalls') ?? DEFAULT_LIMITS.modelCalls,
      toolCalls: limit('toolCalls') ?? DEFAULT_LIMITS.toolCalls,
      tokens: limit('tokens') ?? DEFAULT_LIMITS.tokens,
      cost: dollars(user('limits.cost')) ?? DEFAULT_LIMITS.cost,
      minutes: atLeastOne(user('limits.minutes')) ?? DEFAULT_LIMITS.minutes,
    },
    prices: prices.prices,
    wrongPrices: prices.wrong,
    askForModel: user('askForModel') !== false,
    allowedOrigins: texts(user('web.allowedOrigins')),
    editorTools: names(user('tools.fromEditor')),
    mcpServers: user('mcp.servers') ?? {},
    ignoreRobots: texts(user('web.ignoreRobots')),
    commandRules: readCommandRules(user('terminal.autoApprove')),
    readingCommands: user('terminal.autoApproveReading') !== false,
  };
}

function roleSettings(role: 'planner' | 'executor', user: (key: string) => unknown): RoleSettings {
  return {
    provider: PROVIDERS.find((name) => name === user(`${role}.provider`)) ?? 'auto',
    model: text(user(`${role}.model`)),
    baseUrl: text(user(`${role}.baseUrl`)),
    azure: {
      deployment: text(user(`${role}.azure.deployment`)),
      apiVersion: text(user(`${role}.azure.apiVersion`)),
    },
  };
}

// settings.json is a person's hand-written file: a value of a wrong type counts as not set.

const text = (value: unknown) =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

const positive = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : undefined;

/** Less than one is one: nobody who sets a limit means none. */
const atLeastOne = (value: unknown) => {
  const number = positive(value);
  return number === undefined ? undefined : Math.max(number, 1);
};

/** 1, 2 … */
const counted = (value: unknown) => {
  const number = atLeastOne(value);
  return number === undefined ? undefined : Math.round(number);
};

/** Nothing is an amount, too. */
const dollars = (value: unknown) => (value === 0 ? 0 : positive(value));

const names = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : [];

/** A probability; 0 where it is none. */
const share = (value: unknown) => Math.min(positive(value) ?? 0, 1);
