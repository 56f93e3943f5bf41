/** Who plans, works and judges in an evaluation, and what earns the reward. */
import type { ChatModel } from '../../core/ports';
import type { DatasetFormat } from '../../core/evaluation/dataset/question';
import type { RewardName } from '../../core/evaluation/scoring/grade';
import { guardedModels } from '../../core/guardedModels';
import { modelConfigFromEnvironment, resolveModel } from '../../models';
import { createFetch } from '../../node/http/fetch';
import type { Opened } from '../open';
import { UsageError } from '../values';
import type { EvalCommand } from '../arguments';

/** As the extractive planner and executor call themselves. */
const EXTRACTIVE = 'extractive';

export interface Judge {
  /** Undefined where no model judges. */
  readonly model: ChatModel | undefined;
  readonly reward: RewardName;
  readonly names: { readonly planner: string; readonly executor: string; readonly judge: string | null };
}

/** Undefined: a model judges where there is one, else whole words of a right answer are looked for. */
export const defaultReward = (
  { reward }: EvalCommand,
  { format }: { readonly format: DatasetFormat },
): RewardName | undefined => reward ?? (format === 'gaia' ? 'gaia' : undefined);

/** @throws UsageError where the models cannot be had, or a judge is asked for and there is none */
export async function chooseJudge(
  reward: RewardName | undefined,
  { ports }: Opened,
  signal: AbortSignal,
): Promise<Judge> {
  const pair = await ports.models(signal);
  if (!pair.ok) throw new UsageError(pair.fault.message);
  const { planner, executor } = pair.value;
  const names = { planner: planner?.id ?? EXTRACTIVE, executor: executor?.id ?? EXTRACTIVE };
  const without = (by: RewardName): Judge => ({
    model: undefined,
    reward: by,
    names: { ...names, judge: null },
  });
  if (reward !== undefined && reward !== 'judge') return without(reward);
  const model = await judgeModel(signal);
  if (model === undefined) {
    if (reward === undefined) return without('cover');
    throw new UsageError('--reward judge takes a model: set OPENAI_BASE_URL or OPENAI_API_KEY.');
  }
  const guarded = guardedModels({ planner: model, executor: undefined }, ports.secrets).planner;
  return { model: guarded, reward: 'judge', names: { ...names, judge: model.id } };
}

/** The planner's server; MEMENTO_JUDGE_MODEL names another model of it. */
async function judgeModel(signal: AbortSignal): Promise<ChatModel | undefined> {
  const config = modelConfigFromEnvironment(process.env);
  const name = process.env['MEMENTO_JUDGE_MODEL']?.trim() || config.planner.model;
  const planner = { ...config.planner, model: name };
  const found = await resolveModel(
    'planner',
    { ...config, planner },
    { signal, fetch: createFetch(process.env) },
  );
  if (!found.ok) throw new UsageError(found.fault.message);
  return found.value;
}

/** A cap on dollars means nothing where it is not known what a model costs. @throws UsageError */
export function refuseUnknownPrices({ maxCost, prices }: EvalCommand, { names }: Judge): void {
  if (maxCost === undefined) return;
  const unknown = [...new Set(Object.values(names))].filter(
    (name) => name !== null && name !== EXTRACTIVE && !Object.hasOwn(prices, name),
  );
  if (unknown.length === 0) return;
  throw new UsageError(
    `--max-cost takes the prices of ${unknown.join(', ')}: --prices '{"${unknown[0] ?? ''}": {"input": 0.5, "output": 1.5}}', ` +
      'US dollars a million tokens; or use --max-tokens.',
  );
}
