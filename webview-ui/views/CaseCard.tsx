import type { CaseUse, RetrievedCase } from '../../src/core/agent/events';
import { pointsWithInterval } from '../../src/core/common/points';
import { formatShare } from '../format';
import { Icon, type IconName, type IconTone } from './Icon';
import { CaseLessons } from './Lessons';
import { usePanel, usePending } from './panelContext';

interface Words {
  readonly words: string;
  readonly icon: IconName;
  readonly tone: IconTone;
}

const USES: Readonly<Record<CaseUse, Words>> = {
  example: { words: 'shown as an example', icon: 'lightbulb', tone: 'busy' },
  avoid: { words: 'shown as what to avoid', icon: 'warning', tone: 'attention' },
  withheld: { words: 'withheld', icon: 'eye-closed', tone: 'quiet' },
};

const EXCLUDED: Words = { words: 'taken away by you', icon: 'eye-closed', tone: 'quiet' };

function rewardInWords(reward: RetrievedCase['reward']): Words {
  if (reward === null) return { words: 'not judged', icon: 'circle-large-outline', tone: 'quiet' };
  return reward === 1
    ? { words: 'accepted', icon: 'thumbsup-filled', tone: 'good' }
    : { words: 'rejected', icon: 'thumbsdown-filled', tone: 'bad' };
}

interface Props {
  readonly found: RetrievedCase;
  readonly used: boolean;
  /** The person took it away. */
  readonly excluded: boolean;
  readonly canExclude: boolean;
}

/** The question is the button; its hit area is the whole card. */
export function CaseCard({ found, used, excluded, canExclude }: Props) {
  const { attempt } = usePanel();
  const exclusion = usePending();
  return (
    <li class={`card card-${excluded ? 'withheld' : found.use}`}>
      <p class="badges">
        <Badge {...rewardInWords(found.reward)} />
        <Badge {...(excluded ? EXCLUDED : USES[found.use])} />
        {used && <Badge words="used by the plan" icon="check" tone="good" />}
        {found.pinned && <Badge words="pinned" icon="pinned" tone="quiet" />}
      </p>
      <button
        type="button"
        class="card-title"
        dir="auto"
        onClick={() => void attempt({ type: 'openCase', caseId: found.caseId })}
      >
        {found.question}
      </button>
      <p class="why" dir="auto">
        {found.why}
      </p>
      {found.reason !== null && found.reason !== '' && (
        <p class="reason" dir="auto">
          “{found.reason}”
        </p>
      )}
      <CaseLessons lessons={found.lessons} />
      {found.changedSources.length > 0 && (
        <p class="changed">
          <Icon name="warning" tone="attention" />
          <span>Sources changed since: {found.changedSources.join(', ')}</span>
        </p>
      )}
      <p class="measures">
        <Advantage advantage={found.advantage ?? null} />
        <span class="gauge" aria-hidden="true">
          <span style={{ width: formatShare(found.similarity) }} />
        </span>
        <span class="measure-line">
          {formatShare(found.similarity)} similar
          {canExclude && !excluded && found.use !== 'withheld' && (
            <button
              type="button"
              class="link exclude"
              aria-label={`Not this one: plan again without “${found.question}”`}
              aria-disabled={exclusion.busy}
              onClick={() => void exclusion.send({ type: 'exclude', caseId: found.caseId })}
            >
              Not this one
            </button>
          )}
        </span>
      </p>
      {exclusion.problem !== null && <p class="problem">{exclusion.problem}</p>}
    </li>
  );
}

/** Where the advantage of showing the case lies, on a scale from −50 to +50 points, and in words. */
function Advantage({ advantage }: { readonly advantage: RetrievedCase['advantage'] }) {
  if (advantage === null) return null;
  const place = (value: number) => `${50 + 100 * Math.min(0.5, Math.max(-0.5, value))}%`;
  const { mean, low, high } = advantage;
  return (
    <>
      <span class="interval" aria-hidden="true">
        <span class="interval-track" />
        <span class="interval-zero" />
        <span class="interval-range" style={{ left: place(low), right: `calc(100% - ${place(high)})` }} />
        <span class="interval-mean" style={{ left: place(mean) }} />
      </span>
      <span title="How much likelier an accepted answer is when the planner sees this case">
        {pointsWithInterval(advantage)}
      </span>
    </>
  );
}

function Badge({ words, icon, tone }: Words) {
  return (
    <span class="badge">
      <Icon name={icon} tone={tone} /> {words}
    </span>
  );
}
