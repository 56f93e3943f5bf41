/** Where a run stands, in a few words. They change with the phase only, so that they can be read aloud. */
import * as l10n from '@vscode/l10n';
import type { Outcome } from '../src/core/agent/events';
import { isElsewhere, isUnderWay, type PanelState } from './state';
import type { IconName } from './iconNames';

export type Tone = 'busy' | 'attention' | 'good' | 'bad' | 'neutral';

export interface Phase {
  readonly words: string;
  readonly icon: IconName;
  readonly tone: Tone;
}

const OUTCOMES: Readonly<Record<Outcome, Phase>> = {
  answered: { words: l10n.t('Answered'), icon: 'pass-filled', tone: 'good' },
  abstained: { words: l10n.t('No supported answer'), icon: 'circle-slash', tone: 'attention' },
  exhausted: { words: l10n.t('Ended at a limit'), icon: 'warning', tone: 'attention' },
  cancelled: { words: l10n.t('Stopped'), icon: 'circle-slash', tone: 'neutral' },
  failed: { words: l10n.t('Failed'), icon: 'error', tone: 'bad' },
};

const busy = (words: string): Phase => ({ words, icon: 'loading', tone: 'busy' });

export function phaseOf(panel: PanelState): Phase {
  const { run } = panel;
  if (run.outcome) return OUTCOMES[run.outcome];
  if (panel.runId === null) return busy(l10n.t('Opening the run'));
  if (isElsewhere(panel)) return busy(l10n.t('Running in another window'));
  if (!isUnderWay(panel))
    return { words: l10n.t('Interrupted'), icon: 'debug-disconnect', tone: 'attention' };
  if (run.review)
    return { words: l10n.t('Waiting for you to look at the plan'), icon: 'checklist', tone: 'attention' };
  if (run.status === 'waiting')
    return { words: l10n.t('Waiting for your approval'), icon: 'shield', tone: 'attention' };
  if (run.waiting) return { words: l10n.t('Waiting for the model'), icon: 'watch', tone: 'attention' };
  if (run.cases === null) return busy(l10n.t('Looking for past cases'));
  if (run.answer !== '')
    return busy(run.citations ? l10n.t('Checking the answer') : l10n.t('Writing the answer'));
  if (run.tasks.length === 0) return busy(l10n.t('Planning'));
  const open = run.tasks.some(({ status }) => status === 'pending' || status === 'running');
  return busy(open ? l10n.t('Working on the plan') : l10n.t('Weighing the results'));
}
