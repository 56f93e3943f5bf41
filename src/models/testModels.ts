/** “Test Model”: what the models that are set up can do, for a person to read. */
import type { Prices } from '../core/agent/limits';
import { priceOf } from '../core/agent/prices';
import type { Fault, Result } from '../core/common/result';
import { resolveModel, type ModelConfig, type ResolveOptions } from './index';
import { probeImages, probeModel, type BareModel, type Check, type CheckName } from './probe';

export type TestedRole = 'planner' | 'executor' | 'vision';

export interface TestedModel {
  /** A model that plans and works is tested once. */
  readonly roles: readonly TestedRole[];
  /** Undefined for the extractive planner or executor, and where `fault` says why there is none. */
  readonly model: string | undefined;
  readonly checks: readonly Check[];
  readonly fault?: Fault;
}

export interface TestOptions extends ResolveOptions {
  readonly prices: Prices;
  /** For what is under way. */
  readonly onCheck?: (roles: readonly TestedRole[], check: Check) => void;
}

/** Rejects with an AbortError when `options.signal` aborts. */
export async function testModels(config: ModelConfig, options: TestOptions): Promise<readonly TestedModel[]> {
  const planner = await resolveModel('planner', config, options);
  const executor = await resolveModel('executor', config, options);
  const vision = await resolveModel('vision', config, options);
  const isShared = planner.ok && executor.ok && planner.value?.id === executor.value?.id;
  const tested: TestedModel[] = [];
  const test = async (roles: readonly TestedRole[], resolved: Result<BareModel | undefined>) => {
    tested.push(
      resolved.ok
        ? await testModel(roles, resolved.value, options)
        : { roles, model: undefined, checks: [], fault: resolved.fault },
    );
  };
  await test(isShared ? ['planner', 'executor'] : ['planner'], planner);
  if (!isShared) await test(['executor'], executor);
  if (!vision.ok || vision.value) await test(['vision'], vision);
  return tested;
}

async function testModel(
  roles: readonly TestedRole[],
  model: BareModel | undefined,
  { signal, prices, onCheck }: TestOptions,
): Promise<TestedModel> {
  const checks: Check[] = [];
  const note = (check: Check) => {
    checks.push(check);
    onCheck?.(roles, check);
  };
  if (model && roles.includes('vision')) note(await probeImages(model, signal));
  else if (model) {
    for await (const check of probeModel(model, { signal, price: priceOf(prices, model.id) })) note(check);
  }
  return { roles, model: model?.id, checks };
}

/** Whether something does not work, and nothing makes up for it. */
export const hasFailed = ({ fault, checks }: TestedModel): boolean =>
  fault !== undefined || checks.some(({ verdict }) => verdict === 'fails');

export const CHECK_LABELS: Readonly<Record<CheckName, string>> = {
  reachable: 'Reachable',
  streaming: 'Streaming',
  tools: 'Tools',
  json: 'JSON',
  images: 'Images',
  context: 'Context window',
  price: 'Price',
};

/** A word each, as a sign alone is nothing to a screen reader. */
export const VERDICTS: Readonly<Record<Check['verdict'], string>> = {
  works: '✓ works',
  instead: '○ otherwise',
  fails: '✗ fails',
};

/** e.g. “Planner and executor: gpt-4o” */
export function headingOf({ roles, model, fault }: TestedModel): string {
  const words = roles.join(' and ');
  const who = model ?? (fault ? 'no model' : 'extractive, which needs none');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}: ${who}`;
}
