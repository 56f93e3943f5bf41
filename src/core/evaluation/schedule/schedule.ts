/**
 * What is asked when. The attempts of a round see the memory as it was after the round before, so that the result does not
 * depend on how many of them run at once, nor on where an evaluation was interrupted.
 */
import type { PolicyName } from '../../memory/retrieved';
import type { EvalQuestion } from '../dataset/question';
import type { Split } from './split';

/**
 * `held-out`: never judged. `first`: judged after it, and asked for the first time. `repeat`: it, or one like it, was
 * judged before.
 */
export type Standing = 'held-out' | 'first' | 'repeat';

export interface Attempt {
  /** Unique in the evaluation, the same each time it is planned. */
  readonly key: string;
  readonly arm: PolicyName;
  /** 1, 2 … */
  readonly iteration: number;
  readonly question: EvalQuestion;
  readonly standing: Standing;
  /** Its answer is judged and becomes a case of its arm's memory. */
  readonly learns: boolean;
}

export type Round = readonly Attempt[];

export interface ScheduleOptions {
  readonly arms: readonly PolicyName[];
  readonly iterations: number;
  /** Questions a round while the memory learns. */
  readonly batch: number;
}

/** Every arm makes the same attempts: each iteration asks what is learned from, then what is held out. */
export function schedule(
  { learn, heldOut }: Pick<Split, 'learn' | 'heldOut'>,
  { arms, iterations, batch }: ScheduleOptions,
): readonly Round[] {
  return Array.from({ length: iterations }, (_, i) => i + 1)
    .flatMap((iteration) => [
      ...chunks(learn, batch).map((part) =>
        part.flatMap(({ question, repeats }) => {
          const standing = iteration > 1 || repeats !== undefined ? 'repeat' : 'first';
          return arms.map((arm) => attempt(arm, iteration, question, standing, arm !== 'none'));
        }),
      ),
      heldOut.flatMap((question) => arms.map((arm) => attempt(arm, iteration, question, 'held-out', false))),
    ])
    .filter((round) => round.length > 0);
}

/**
 * Each question once, with memory and without it at the same moment, and only then judged: so every question that is not
 * like an earlier one gives a pair of which memory could not know the answer (test, then train).
 */
export function pairedSchedule(
  { learn }: Pick<Split, 'learn'>,
  { arms, batch }: Pick<ScheduleOptions, 'arms' | 'batch'>,
): readonly Round[] {
  return schedule({ learn, heldOut: [] }, { arms, iterations: 1, batch });
}

function attempt(
  arm: PolicyName,
  iteration: number,
  question: EvalQuestion,
  standing: Standing,
  learns: boolean,
): Attempt {
  const phase = standing === 'held-out' ? 'held-out' : 'learn';
  return { key: `${arm}/${iteration}/${phase}/${question.id}`, arm, iteration, question, standing, learns };
}

const chunks = <T>(items: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
