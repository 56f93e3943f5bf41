/** Where a run stands, in a few words. They change with the phase only, so that they can be read aloud. */
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
  answered: { words: 'Answered', icon: 'pass-filled', tone: 'good' },
  abstained: { words: 'No supported answer', icon: 'circle-slash', tone: 'attention' },
  exhausted: { words: 'Ended at a limit', icon: 'warning', tone: 'attention' },
  cancelled: { words: 'Stopped', icon: 'circle-slash', tone: 'neutral' },
  failed: { words: 'Failed', icon: 'error', tone: 'bad' },
};

const busy = (words: string): Phase => ({ words, icon: 'loading', tone: 'busy' });

export function phaseOf(panel: PanelState): Phase {
  const { run } = panel;
  if (run.outcome) return OUTCOMES[run.outcome];
  if (panel.runId === null) return busy('Opening the run');
  if (isElsewhere(panel)) return busy('Running in another window');
  if (!isUnderWay(panel)) return { words: 'Interrupted', icon: 'debug-disconnect', tone: 'attention' };
  if (run.review)
    return { words: 'Waiting for you to look at the plan', icon: 'checklist', tone: 'attention' };
  if (run.status === 'waiting')
    return { words: 'Waiting for your approval', icon: 'shield', tone: 'attention' };
  if (run.waiting) return { words: 'Waiting for the model', icon: 'watch', tone: 'attention' };
  if (run.cases === null) return busy('Looking for past cases');
  if (run.answer !== '') return busy(run.citations ? 'Checking the answer' : 'Writing the answer');
  if (run.tasks.length === 0) return busy('Planning');
  const open = run.tasks.some(({ status }) => status === 'pending' || status === 'running');
  return busy(open ? 'Working on the plan' : 'Weighing the results');
}
