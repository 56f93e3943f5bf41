/** All that is measured of one answer, and the reward that it earns. */
import type { Outcome } from '../../agent/events';
import type { EvalQuestion } from '../dataset/question';
import { gaiaScore } from './gaia';
import type { JudgeVerdict } from './judge';
import { coverMatch, exactMatch, tokenF1 } from './squad';

/** What may stand in for a person's verdict. */
export const REWARD_NAMES = ['exact', 'cover', 'gaia', 'judge'] as const;
export type RewardName = (typeof REWARD_NAMES)[number];

/** Each in [0, 1]. */
export interface Scores {
  readonly exact: number;
  readonly f1: number;
  readonly cover: number;
  readonly gaia: number;
  /** Null where no model judges. */
  readonly judge: JudgeVerdict | null;
}

export interface GradedAnswer {
  readonly outcome: Outcome;
  readonly answer: string;
  readonly shortAnswer: string;
}

/** @param judge what the judge said; null where none was asked */
export function scoresOf(
  { answers }: Pick<EvalQuestion, 'answers'>,
  { outcome, answer, shortAnswer }: GradedAnswer,
  judge: JudgeVerdict | null,
): Scores {
  // An abstention may quote what was nearest: that is no answer, even where the right words are in it.
  if (!isAnswer(outcome)) return { exact: 0, f1: 0, cover: 0, gaia: 0, judge: judge && 'incorrect' };
  const brief = shortAnswer.trim() === '' ? answer : shortAnswer;
  return {
    exact: exactMatch(brief, answers),
    f1: tokenF1(brief, answers),
    cover: coverMatch(answer, shortAnswer, answers),
    gaia: gaiaScore(brief, answers),
    judge,
  };
}

/** Whether a run says something that can be right. */
export const isAnswer = (outcome: Outcome): boolean => outcome === 'answered' || outcome === 'exhausted';

/** 1 or 0 as a person would judge; null where the judge gave no verdict. */
export function rewardOf(by: RewardName, scores: Scores): 1 | 0 | null {
  if (by !== 'judge') return scores[by] === 1 ? 1 : 0;
  if (scores.judge === null || scores.judge === 'unknown') return null;
  return scores.judge === 'correct' ? 1 : 0;
}
