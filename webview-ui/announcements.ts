/** What a screen reader says of a run: a handful of sentences, however many events there are. */
import * as l10n from '@vscode/l10n';
import { counted, formatNumber, listed } from './language';
import { phaseOf } from './phase';
import { isUnderWay, type PanelState } from './state';

/** What has been said, or need not be: where the run stood then. */
export interface Heard {
  readonly runId: string | null;
  readonly underWay: boolean;
  readonly phase: string;
  readonly cycle: number;
  readonly done: readonly number[];
  readonly failed: readonly number[];
  readonly lessons: number | null;
}

export function standing(panel: PanelState): Heard {
  const { run, runId } = panel;
  const ids = (status: 'done' | 'failed') =>
    run.tasks.filter((task) => task.status === status).map(({ id }) => id);
  return {
    runId,
    underWay: isUnderWay(panel),
    phase: phaseOf(panel).words,
    cycle: run.tasks.length > 0 ? run.cycle : 0,
    done: ids('done'),
    failed: ids('failed'),
    lessons: run.learned?.lessons.length ?? null,
  };
}

/** The sentences between then and now; empty where nothing is worth a word. A run that is opened says how it stands. */
export function news(heard: Heard | null, panel: PanelState): string {
  const now = standing(panel);
  if (now.runId === null) return '';
  if (heard === null || heard.runId !== now.runId) return ending(panel) ?? l10n.t('{0}.', now.phase);
  return [
    planNews(heard, now, panel),
    taskNews(heard, now, panel),
    phaseNews(heard, now, panel),
    lessonNews(heard, now),
  ]
    .filter((sentence) => sentence !== null)
    .join(' ');
}

function planNews(heard: Heard, now: Heard, { run }: PanelState): string | null {
  if (now.cycle === 0 || now.cycle === heard.cycle) return null;
  const tasks = run.tasks.filter(({ cycle }) => cycle === now.cycle).length;
  return heard.cycle === 0
    ? counted(tasks, l10n.t('Plan made: {0} task.'), l10n.t('Plan made: {0} tasks.'))
    : counted(tasks, l10n.t('Planned again: {0} task.'), l10n.t('Planned again: {0} tasks.'));
}

const NAMED = 3;

function taskNews(heard: Heard, now: Heard, { run }: PanelState): string | null {
  const fresh = (ids: readonly number[], before: readonly number[]) =>
    ids.filter((id) => !before.includes(id));
  const sentences = [
    doneNews(fresh(now.done, heard.done)),
    failedNews(fresh(now.failed, heard.failed)),
  ].filter((sentence) => sentence !== null);
  if (sentences.length === 0) return null;
  const left = run.tasks.filter(({ status }) => status === 'pending' || status === 'running').length;
  if (now.underWay && left > 0) sentences.push(l10n.t('{0} to go.', formatNumber(left)));
  return sentences.join(' ');
}

function doneNews(ids: readonly number[]): string | null {
  if (ids.length === 0) return null;
  if (ids.length > NAMED) return l10n.t('{0} tasks done.', formatNumber(ids.length));
  return ids.length === 1 ? l10n.t('Task {0} done.', listed(ids)) : l10n.t('Tasks {0} done.', listed(ids));
}

function failedNews(ids: readonly number[]): string | null {
  if (ids.length === 0) return null;
  if (ids.length > NAMED) return l10n.t('{0} tasks failed.', formatNumber(ids.length));
  return ids.length === 1
    ? l10n.t('Task {0} failed.', listed(ids))
    : l10n.t('Tasks {0} failed.', listed(ids));
}

/** Phases in between are seen in what they make; a request for approval has its own region. */
function phaseNews(heard: Heard, now: Heard, panel: PanelState): string | null {
  if (now.phase === heard.phase) return null;
  if (panel.run.waiting && now.underWay)
    return l10n.t('Waiting for the model: {0}', panel.run.waiting.reason);
  return ending(panel);
}

function ending(panel: PanelState): string | null {
  if (isUnderWay(panel) || panel.runId === null) return null;
  const { error, outcome } = panel.run;
  const words =
    outcome === 'answered' ? l10n.t('The answer is ready.') : l10n.t('{0}.', phaseOf(panel).words);
  return error ? `${words} ${error.message}` : words;
}

function lessonNews(heard: Heard, now: Heard): string | null {
  if (now.lessons === null || heard.lessons !== null) return null;
  return now.lessons === 0
    ? l10n.t('No lesson was learned.')
    : counted(now.lessons, l10n.t('{0} lesson learned.'), l10n.t('{0} lessons learned.'));
}
