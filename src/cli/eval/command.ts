/** The words of `memento eval`. */
import { REWARD_NAMES, type RewardName } from '../../core/evaluation/scoring/grade';
import { readPrices } from '../../core/agent/prices';
import type { Prices } from '../../core/agent/limits';
import { POLICY_NAMES, type PolicyName } from '../../core/memory/retrieved';
import { countOf, jsonOf, policyOf, UsageError } from '../values';

export interface EvalWords {
  /** A file of questions, or a folder with `questions.json` and, perhaps, `corpus.json`. */
  readonly dataset: string;
  readonly arms: readonly PolicyName[];
  readonly iterations: number;
  readonly paired: boolean;
  /** The first so many questions. */
  readonly limit: number | undefined;
  /** The folder of the results; undefined for one that is named after the data set. */
  readonly out: string | undefined;
  readonly workers: number;
  /** Questions after which the memories learn. */
  readonly batch: number;
  readonly heldOutShare: number;
  readonly seed: number;
  readonly k: number | undefined;
  readonly reward: RewardName | undefined;
  /** A file of cases that the memories begin with. */
  readonly cases: string | undefined;
  readonly maxCost: number | undefined;
  readonly maxTokens: number | undefined;
  readonly prices: Prices;
  readonly yes: boolean;
}

export const EVAL_OPTIONS = {
  arms: { type: 'string' },
  iterations: { type: 'string' },
  paired: { type: 'boolean', default: false },
  limit: { type: 'string' },
  out: { type: 'string' },
  workers: { type: 'string' },
  batch: { type: 'string' },
  'held-out': { type: 'string' },
  seed: { type: 'string' },
  reward: { type: 'string' },
  cases: { type: 'string' },
  'max-cost': { type: 'string' },
  'max-tokens': { type: 'string' },
  prices: { type: 'string' },
} as const;

type Values = { readonly [Name in keyof typeof EVAL_OPTIONS]?: string | boolean | undefined } & {
  readonly k?: string | undefined;
  readonly yes?: boolean | undefined;
};

/** Throws a UsageError. */
export function evalWords(rest: readonly string[], values: Values): EvalWords {
  const [dataset, ...others] = rest;
  if (dataset === undefined || others.length > 0) {
    throw new UsageError('eval takes one data set: a file of questions, or a folder with questions.json.');
  }
  const paired = values.paired === true;
  if (paired && (values.iterations !== undefined || values['held-out'] !== undefined)) {
    throw new UsageError(
      '--paired asks each question once and holds none out: leave --iterations and --held-out out.',
    );
  }
  const share = numberOf('held-out', values['held-out'], { least: 0, most: 1 }) ?? 0.5;
  const maxCost = numberOf('max-cost', values['max-cost'], { least: 0 });
  const prices = pricesOf(values.prices);
  return {
    dataset,
    arms: armsOf(values.arms, paired),
    iterations: paired ? 1 : (wholeOf('iterations', values.iterations, 1) ?? 3),
    paired,
    limit: wholeOf('limit', values.limit, 1),
    out: wordOf(values.out),
    workers: wholeOf('workers', values.workers, 1) ?? 4,
    batch: wholeOf('batch', values.batch, 1) ?? 4,
    heldOutShare: paired ? 0 : share,
    seed: wholeOf('seed', values.seed, 0) ?? 0,
    k: values.k === undefined ? undefined : countOf(values.k),
    reward: rewardOf(wordOf(values.reward)),
    cases: wordOf(values.cases),
    maxCost,
    maxTokens: wholeOf('max-tokens', values['max-tokens'], 1),
    prices,
    yes: values.yes === true,
  };
}

function armsOf(given: string | boolean | undefined, paired: boolean): readonly PolicyName[] {
  const names = (wordOf(given) ?? 'none,learned').split(',').map((name) => name.trim());
  const arms = names.flatMap((name) => policyOf(name) ?? []);
  if (new Set(arms).size < arms.length) throw new UsageError('--arms names an arm twice.');
  if (paired && !arms.includes('none'))
    throw new UsageError('--paired compares with “none”: name it in --arms too.');
  // Always in one order, so that the order of the words does not make another evaluation.
  return POLICY_NAMES.filter((name) => arms.includes(name));
}

function rewardOf(text: string | undefined): RewardName | undefined {
  const reward = REWARD_NAMES.find((name) => name === text);
  if (text === undefined || reward) return reward;
  throw new UsageError(`There is no reward “${text}”: use ${REWARD_NAMES.join(', ')}.`);
}

function pricesOf(text: string | boolean | undefined): Prices {
  const table = readPrices(text === undefined ? undefined : jsonOf(String(text)));
  if (table.wrong.length === 0) return table.prices;
  throw new UsageError(
    `--prices takes {"model": {"input": 0.5, "output": 1.5}}, US dollars a million tokens; wrong: ${table.wrong.join(', ')}.`,
  );
}

const wordOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function wholeOf(name: string, value: string | boolean | undefined, least: number): number | undefined {
  const number = numberOf(name, value, { least });
  if (number === undefined || Number.isSafeInteger(number)) return number;
  throw new UsageError(`--${name} takes a whole number.`);
}

function numberOf(
  name: string,
  value: string | boolean | undefined,
  { least, most = Infinity }: { readonly least: number; readonly most?: number },
): number | undefined {
  if (value === undefined) return undefined;
  const number = value === '' ? NaN : Number(value);
  if (Number.isFinite(number) && number >= least && number <= most) return number;
  throw new UsageError(
    `--${name} takes a number ${most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`}, not “${String(value)}”.`,
  );
}
