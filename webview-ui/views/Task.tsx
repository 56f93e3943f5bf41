import * as l10n from '@vscode/l10n';
import type { RunState, TaskState } from '../../src/core/agent/runState';
import { counted, listed } from '../language';
import { Call } from './Call';
import { Icon, type IconName, type IconTone } from './Icon';
import { Limited } from './Limited';

const CALLS_SHOWN = 30;

const STATUSES: Readonly<
  Record<TaskState['status'], { readonly words: string; readonly icon: IconName; readonly tone: IconTone }>
> = {
  pending: { words: l10n.t('to do'), icon: 'circle-large-outline', tone: 'quiet' },
  running: { words: l10n.t('running'), icon: 'loading', tone: 'busy' },
  done: { words: l10n.t('done'), icon: 'pass-filled', tone: 'good' },
  failed: { words: l10n.t('failed'), icon: 'error', tone: 'bad' },
  cancelled: { words: l10n.t('cancelled'), icon: 'circle-slash', tone: 'quiet' },
  interrupted: { words: l10n.t('interrupted'), icon: 'debug-disconnect', tone: 'attention' },
  dropped: { words: l10n.t('dropped'), icon: 'circle-slash', tone: 'quiet' },
};

const earlierCalls = (count: number) =>
  counted(count, l10n.t('{0} earlier tool call'), l10n.t('{0} earlier tool calls'));

interface Props {
  readonly task: TaskState;
  readonly run: RunState;
  readonly underWay: boolean;
  /** The first task of a later cycle: the planner has looked at results and planned again. */
  readonly startsRound: boolean;
}

export function Task({ task, run, underWay, startsRound }: Props) {
  const { words, icon, tone } = STATUSES[task.status];
  const status = task.status === 'pending' && !underWay ? l10n.t('not started') : words;
  const calls = task.calls.flatMap((id) => run.calls[id] ?? []);
  return (
    <li class={`task task-${task.status}`}>
      {startsRound && <p class="round">{l10n.t('Planned again, round {0}', task.cycle)}</p>}
      <div class="task-line">
        <Icon name={icon} tone={tone} />
        <p class="task-title">
          <span class="number">{task.id}.</span> <bdi>{task.description}</bdi>{' '}
          <span class="aside">
            {task.dependsOn.length === 0 ? status : l10n.t('{0}, after {1}', status, listed(task.dependsOn))}
          </span>
        </p>
      </div>
      {calls.length > 0 && (
        <ul class="calls">
          <Limited items={calls} step={CALLS_SHOWN} from="end" rest={earlierCalls}>
            {(call) => <Call key={call.callId} call={call} run={run} underWay={underWay} />}
          </Limited>
        </ul>
      )}
      {task.result !== '' && <Result text={task.result} />}
    </li>
  );
}

const RESULT_LINE = 160;

/** One line as it is; more of it behind its beginning. */
function Result({ text }: { readonly text: string }) {
  const line = text.split('\n', 1)[0] ?? '';
  if (text.length <= RESULT_LINE && line === text) {
    return (
      <p class="result" dir="auto">
        {text}
      </p>
    );
  }
  return (
    <details class="result">
      <summary dir="auto">{line.slice(0, RESULT_LINE)}…</summary>
      <p class="prose" dir="auto">
        {text}
      </p>
    </details>
  );
}
