/** What an evaluation is of: the same set-up, the same schedule; another one is another evaluation. */
import {
  fields,
  isObject,
  type Kind,
  listOf,
  number,
  oneOf,
  orNull,
  text,
  truth,
  whole,
} from '../common/kind';
import type { PolicyName } from '../memory/retrieved';
import type { DatasetFormat } from './dataset/question';
import type { RewardName } from './scoring/grade';

export interface EvaluationSetup {
  /** Of this format. */
  readonly version: 1;
  readonly dataset: {
    readonly name: string;
    /** SHA-256 of the questions, hex. */
    readonly hash: string;
    readonly format: DatasetFormat;
    readonly questions: number;
  };
  readonly arms: readonly PolicyName[];
  readonly iterations: number;
  readonly paired: boolean;
  readonly heldOutShare: number;
  readonly batch: number;
  readonly k: number;
  readonly seed: number;
  readonly reward: RewardName;
  readonly models: { readonly planner: string; readonly executor: string; readonly judge: string | null };
  /** SHA-256 of the file of cases that the memories begin with, hex; null where they begin empty. */
  readonly cases: string | null;
  /** The folder that is searched. */
  readonly workspace: string;
  /** What asks is approved. */
  readonly approve: boolean;
}

/** As it is kept beside the results. */
export interface StartedEvaluation {
  readonly setup: EvaluationSetup;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
}

const setup: Kind<EvaluationSetup> = fields<EvaluationSetup>({
  version: (value): value is 1 => value === 1,
  dataset: fields<EvaluationSetup['dataset']>({
    name: text,
    hash: text,
    format: oneOf<DatasetFormat>({
      questions: true,
      gaia: true,
      simpleqa: true,
      hotpotqa: true,
      musique: true,
    }),
    questions: whole,
  }),
  arms: listOf(oneOf<PolicyName>({ none: true, similarity: true, paper: true, learned: true })),
  iterations: whole,
  paired: truth,
  heldOutShare: number,
  batch: whole,
  k: whole,
  seed: number,
  reward: oneOf<RewardName>({ exact: true, cover: true, gaia: true, judge: true }),
  models: fields<EvaluationSetup['models']>({ planner: text, executor: text, judge: orNull(text) }),
  cases: orNull(text),
  workspace: text,
  approve: truth,
});

export const isStartedEvaluation: Kind<StartedEvaluation> = fields<StartedEvaluation>({
  setup,
  startedAt: whole,
});

/** Names of what is not the same, for a person; empty where the one goes on with the other. */
export function differences(before: EvaluationSetup, now: EvaluationSetup): readonly string[] {
  return [...flat(now)].filter(([name, value]) => flat(before).get(name) !== value).map(([name]) => name);
}

/** Every value as JSON, by its path. */
function flat(value: object, path = ''): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(value).flatMap(([name, inner]: readonly [string, unknown]) =>
      isObject(inner) ? [...flat(inner, `${path}${name}.`)] : [[path + name, JSON.stringify(inner)] as const],
    ),
  );
}
