/** How a run looks in a list. */
import type { RunSummary } from '../core/agent/runStore';
import { shorten } from './caseLabels';
import { relativeTime } from './relativeTime';

/** `live`: this window is at work on it; `elsewhere`: another one, or the command line. */
export type RunStanding = 'live' | 'elsewhere' | 'interrupted' | 'ended';

export interface RunLabels {
  readonly label: string;
  readonly description: string;
  /** A product icon's id. */
  readonly icon: string;
  readonly color: string | undefined;
  readonly contextValue: string;
  readonly accessibleLabel: string;
}

interface Look {
  readonly words: string;
  readonly icon: string;
  readonly color?: string;
}

const OUTCOMES: Readonly<Record<string, Look>> = {
  answered: { words: 'answered', icon: 'pass', color: 'testing.iconPassed' },
  abstained: { words: 'no supported answer', icon: 'circle-slash', color: 'list.warningForeground' },
  exhausted: { words: 'ended at a limit', icon: 'warning', color: 'list.warningForeground' },
  cancelled: { words: 'stopped', icon: 'circle-slash' },
  failed: { words: 'failed', icon: 'error', color: 'list.errorForeground' },
};
const LIVE: Look = { words: 'running', icon: 'loading~spin' };
const ELSEWHERE: Look = { words: 'running in another window', icon: 'multiple-windows' };
const INTERRUPTED: Look = {
  words: 'interrupted',
  icon: 'debug-disconnect',
  color: 'list.warningForeground',
};

/** Of a run that is not under way in this window. @param isUnderWay some process is at work on it */
export const standingOf = ({ outcome }: RunSummary, isUnderWay: boolean): RunStanding =>
  outcome !== null ? 'ended' : isUnderWay ? 'elsewhere' : 'interrupted';

/** @param progress of one that is under way in this window: `task 2 of 4, 35 s` */
export function runLabels(run: RunSummary, standing: RunStanding, now: number, progress?: string): RunLabels {
  const { words, icon, color } = lookOf(run, standing);
  const label = shorten(run.question, 120) || '(empty question)';
  const description =
    standing === 'live' && progress !== undefined
      ? progress
      : `${words} · ${relativeTime(run.startedAt, now)}`;
  const contextValue = `run.${standing}`;
  return { label, description, icon, color, contextValue, accessibleLabel: `${label}, ${description}` };
}

function lookOf({ outcome }: RunSummary, standing: RunStanding): Look {
  switch (standing) {
    case 'live':
      return LIVE;
    case 'elsewhere':
      return ELSEWHERE;
    case 'interrupted':
      return INTERRUPTED;
    case 'ended':
      return OUTCOMES[outcome ?? ''] ?? { words: outcome ?? '', icon: 'circle-outline' };
  }
}
