/** What a screen reader says of a run: a handful of sentences, however many events there are. */
import { plural } from './format';
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
  if (heard === null || heard.runId !== now.runId) return ending(panel) ?? `${now.phase}.`;
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
  return `${heard.cycle === 0 ? 'Plan made' : 'Planned again'}: ${plural(tasks, 'task')}.`;
}

const NAMED = 3;

function taskNews(heard: Heard, now: Heard, { run }: PanelState): string | null {
  const ended = (ids: readonly number[], before: readonly number[], word: string): string[] => {
    const fresh = ids.filter((id) => !before.includes(id));
    if (fresh.length === 0) return [];
    return [
      fresh.length > NAMED
        ? `${fresh.length} tasks ${word}.`
        : `${fresh.length === 1 ? 'Task' : 'Tasks'} ${fresh.join(' and ')} ${word}.`,
    ];
  };
  const sentences = [...ended(now.done, heard.done, 'done'), ...ended(now.failed, heard.failed, 'failed')];
  if (sentences.length === 0) return null;
  const left = run.tasks.filter(({ status }) => status === 'pending' || status === 'running').length;
  return `${sentences.join(' ')}${now.underWay && left > 0 ? ` ${left} to go.` : ''}`;
}

/** Phases in between are seen in what they make; a request for approval has its own region. */
function phaseNews(heard: Heard, now: Heard, panel: PanelState): string | null {
  if (now.phase === heard.phase) return null;
  if (panel.run.waiting && now.underWay) return `Waiting for the model: ${panel.run.waiting.reason}`;
  return ending(panel);
}

function ending(panel: PanelState): string | null {
  if (isUnderWay(panel) || panel.runId === null) return null;
  const { error, outcome } = panel.run;
  const words = outcome === 'answered' ? 'The answer is ready.' : `${phaseOf(panel).words}.`;
  return error ? `${words} ${error.message}` : words;
}

function lessonNews(heard: Heard, now: Heard): string | null {
  if (now.lessons === null || heard.lessons !== null) return null;
  return now.lessons === 0 ? 'No lesson was learned.' : `${plural(now.lessons, 'lesson')} learned.`;
}
