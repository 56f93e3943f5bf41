/**
 * Whether memory helps: controls, which were shown no case by the fall of a coin, against the others that could have been
 * shown one, by intention to treat (what came of the choice afterwards, a reused answer or a cancelled run, changes no arm).
 */
import type { RunOutcome } from '../runRecord';
import { armCurve, type ArmPoint } from './armCurve';
import { ConfidenceSequence, type Trial } from './confidenceSequence';
import { experimentWords, judgedSharesWarning } from './experimentWords';
import { type Measured, type Stratum, stratifiedDifference } from './intervals';
import { sampleSize, type SampleSize } from './sampleSize';

/** The runs that a coin put on one side. */
export interface Arm {
  readonly runs: number;
  readonly judged: number;
  readonly accepted: number;
  /** Judged of runs, and accepted of judged; null of none. */
  readonly shareJudged: number | null;
  readonly shareAccepted: number | null;
}

export interface Arms {
  readonly controls: Arm;
  /** Eligible runs that were shown cases as the policy chose. */
  readonly others: Arm;
}

/**
 * `off`: no run had a chance to be a control. `ineligible`: none of those that had could have been shown a case.
 * `unjudged`: an arm has no judged run. `few`: too few of them. `open`: no effect can be told apart from chance.
 */
export type ExperimentStatus = 'off' | 'ineligible' | 'unjudged' | 'few' | 'open' | 'helps' | 'harms';

export interface Experiment extends Arms {
  readonly status: ExperimentStatus;
  readonly words: string;
  /** Why the shares may mislead; null where nothing speaks for it. */
  readonly warning: string | null;
  /** Runs of an experiment that are not counted yet, so that they don't tell which arm they are in. */
  readonly pending: number;
  readonly strata: readonly (Arms & { readonly controlRate: number })[];
  /** Others − controls over the strata. The interval holds for one look; null where an arm has no judged run. */
  readonly difference: Measured | null;
  /** The same effect with an interval that holds however often it is looked at. */
  readonly anytime: Measured | null;
  /** Both arms as their runs were judged; empty where one has no judged run. */
  readonly curve: readonly ArmPoint[];
  /** To see 10 points at the latest control rate; null where controls are off. */
  readonly needed: SampleSize | null;
}

/** The effect that `needed` is about. */
const EFFECT = 0.1;
/** The share accepted of controls that is supposed before so many of them are judged. */
const USUAL = 0.6;
const KNOWN_FROM = 10;

/** @param judgedAt of a run, milliseconds since the epoch; undefined where that is not known */
export function experiment(
  outcomes: readonly RunOutcome[],
  pending: number,
  judgedAt: (runId: string) => number | undefined,
): Experiment {
  const withCoin = outcomes.filter(({ record }) => isRandomised(record.decision.design.controlRate));
  const runs = withCoin.filter(({ record }) => record.decision.eligible);
  const arms = armsOf(runs);
  const rates = [...new Set(runs.map(controlRateOf))].sort((a, b) => a - b);
  const strata = rates.map((controlRate) => ({
    controlRate,
    ...armsOf(runs.filter((each) => controlRateOf(each) === controlRate)),
  }));
  const trials = trialsOf(runs, judgedAt);
  const sequence = new ConfidenceSequence();
  for (const trial of trials) sequence.add(trial);
  const effect = sequence.effect;
  const bothJudged = Math.min(arms.controls.judged, arms.others.judged) > 0;
  const anytime = bothJudged && effect ? within(effect) : null;
  const difference = stratifiedDifference(strata.map(stratumOf)) ?? null;
  const found = {
    ...arms,
    status: statusOf(withCoin.length, runs.length, sequence.enough, difference, anytime),
    pending,
    strata,
    difference,
    anytime,
    curve: armCurve(trials),
    needed: neededFor(withCoin, arms.controls),
  };
  return {
    ...found,
    words: experimentWords(found, outcomes.length, withCoin.length),
    warning: judgedSharesWarning(arms),
  };
}

/** At a rate of 0 or 1 there is nothing to compare with. */
const isRandomised = (rate: number): boolean => rate > 0 && rate < 1;

const controlRateOf = ({ record }: RunOutcome): number => record.decision.design.controlRate;
const isControl = ({ record }: RunOutcome): boolean => record.decision.design.control;
const stratumOf = ({ controls, others }: Arms): Stratum => ({ first: others, second: controls });

function armsOf(runs: readonly RunOutcome[]): Arms {
  return { controls: armOf(runs.filter(isControl)), others: armOf(runs.filter((each) => !isControl(each))) };
}

export function armOf(runs: readonly RunOutcome[]): Arm {
  const judged = runs.filter(({ reward }) => reward !== null).length;
  const accepted = runs.filter(({ reward }) => reward === 1).length;
  return {
    runs: runs.length,
    judged,
    accepted,
    shareJudged: runs.length === 0 ? null : judged / runs.length,
    shareAccepted: judged === 0 ? null : accepted / judged,
  };
}

/** In the order of the judgements, so that each look sees a prefix of what the next one sees. */
function trialsOf(
  runs: readonly RunOutcome[],
  judgedAt: (runId: string) => number | undefined,
): readonly Trial[] {
  const time = ({ record }: RunOutcome) => judgedAt(record.runId) ?? record.at;
  return runs
    .toSorted((a, b) => time(a) - time(b))
    .flatMap((run) =>
      run.reward === null
        ? []
        : [{ control: isControl(run), controlRate: controlRateOf(run), reward: run.reward }],
    );
}

const within = ({ value, low, high }: Measured): Measured => ({
  value: clamp(value),
  low: clamp(low),
  high: clamp(high),
});
const clamp = (difference: number): number => Math.min(1, Math.max(-1, difference));

/** A claim needs both intervals: the one that looks may not spoil, and the plain one, which no order of runs can. */
function statusOf(
  withCoin: number,
  eligible: number,
  enough: boolean,
  difference: Measured | null,
  anytime: Measured | null,
): ExperimentStatus {
  if (withCoin === 0) return 'off';
  if (eligible === 0) return 'ineligible';
  if (anytime === null) return 'unjudged';
  if (!enough || difference === null) return 'few';
  if (anytime.low > 0 && difference.low > 0) return 'helps';
  return anytime.high < 0 && difference.high < 0 ? 'harms' : 'open';
}

function neededFor(withCoin: readonly RunOutcome[], controls: Arm): SampleSize | null {
  const latest = withCoin.at(-1);
  if (latest === undefined) return null;
  const known = controls.judged >= KNOWN_FROM ? controls.shareAccepted : null;
  const from = known ?? USUAL;
  // Above 90 % there are no 10 points more to gain, only as many to lose.
  return sampleSize(controlRateOf(latest), from, from + EFFECT <= 1 ? from + EFFECT : from - EFFECT);
}
