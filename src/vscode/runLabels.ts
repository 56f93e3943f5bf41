/** How a run looks in a list. */
import * as l10n from '@vscode/l10n';
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

const WARNING = 'list.warningForeground';

function lookOfOutcome(outcome: string): Look {
  switch (outcome) {
    case 'answered':
      return { words: l10n.t('answered'), icon: 'pass', color: 'testing.iconPassed' };
    case 'abstained':
      return { words: l10n.t('no supported answer'), icon: 'circle-slash', color: WARNING };
    case 'exhausted':
      return { words: l10n.t('ended at a limit'), icon: 'warning', color: WARNING };
    case 'cancelled':
      return { words: l10n.t('stopped'), icon: 'circle-slash' };
    case 'failed':
      return { words: l10n.t('failed'), icon: 'error', color: 'list.errorForeground' };
    default:
      return { words: outcome, icon: 'circle-outline' };
  }
}

/** Of a run that is not under way in this window. @param isUnderWay some process is at work on it */
export const standingOf = ({ outcome }: RunSummary, isUnderWay: boolean): RunStanding =>
  outcome !== null ? 'ended' : isUnderWay ? 'elsewhere' : 'interrupted';

/** @param progress of one that is under way in this window: `task 2 of 4, 35 s` */
export function runLabels(run: RunSummary, standing: RunStanding, now: number, progress?: string): RunLabels {
  const { words, icon, color } = lookOf(run, standing);
  const label = shorten(run.question, 120) || l10n.t('(empty question)');
  const description =
    standing === 'live' && progress !== undefined
      ? progress
      : `${words} · ${relativeTime(run.startedAt, now)}`;
  const contextValue = `run.${standing}`;
  return {
    label,
    description,
    icon,
    color,
    contextValue,
    accessibleLabel: l10n.t('{0}, {1}', label, description),
  };
}

function lookOf({ outcome }: RunSummary, standing: RunStanding): Look {
  switch (standing) {
    case 'live':
      return { words: l10n.t('running'), icon: 'loading~spin' };
    case 'elsewhere':
      return { words: l10n.t('running in another window'), icon: 'multiple-windows' };
    case 'interrupted':
      return { words: l10n.t('interrupted'), icon: 'debug-disconnect', color: WARNING };
    case 'ended':
      return lookOfOutcome(outcome ?? '');
  }
}
