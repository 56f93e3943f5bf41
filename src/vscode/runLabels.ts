/** How a run looks in a list. */
import type { RunSummary } from '../core/agent/runStore';
import { shorten } from './caseLabels';
import { relativeTime } from './relativeTime';

/** `live`: some process is at work on it. */
export type RunStanding = 'live' | 'interrupted' | 'ended';

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
const INTERRUPTED: Look = {
  words: 'interrupted',
  icon: 'debug-disconnect',
  color: 'list.warningForeground',
};

export const standingOf = ({ outcome }: RunSummary, isUnderWay: boolean): RunStanding =>
  outcome !== null ? 'ended' : isUnderWay ? 'live' : 'interrupted';

export function runLabels(run: RunSummary, standing: RunStanding, now: number): RunLabels {
  const ended = OUTCOMES[run.outcome ?? ''] ?? { words: run.outcome ?? '', icon: 'circle-outline' };
  const { words, icon, color } =
    standing === 'live' ? LIVE : standing === 'interrupted' ? INTERRUPTED : ended;
  const label = shorten(run.question, 120) || '(empty question)';
  const description = `${words} · ${relativeTime(run.startedAt, now)}`;
  const contextValue = `run.${standing}`;
  return { label, description, icon, color, contextValue, accessibleLabel: `${label}, ${description}` };
}
