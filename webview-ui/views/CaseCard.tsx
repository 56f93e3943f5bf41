import * as l10n from '@vscode/l10n';
import type { CaseUse, RetrievedCase } from '../../src/core/agent/events';
import { formatPoints, formatShare } from '../format';
import { Icon, type IconName, type IconTone } from './Icon';
import { CaseLessons } from './Lessons';
import { usePanel, usePending } from './panelContext';

interface Words {
  readonly words: string;
  readonly icon: IconName;
  readonly tone: IconTone;
}

const USES: Readonly<Record<CaseUse, Words>> = {
  example: { words: l10n.t('shown as an example'), icon: 'lightbulb', tone: 'busy' },
  avoid: { words: l10n.t('shown as what to avoid'), icon: 'warning', tone: 'attention' },
  withheld: { words: l10n.t('withheld'), icon: 'eye-closed', tone: 'quiet' },
};

const EXCLUDED: Words = { words: l10n.t('taken away by you'), icon: 'eye-closed', tone: 'quiet' };

function rewardInWords(reward: RetrievedCase['reward']): Words {
  if (reward === null) return { words: l10n.t('not judged'), icon: 'circle-large-outline', tone: 'quiet' };
  return reward === 1
    ? { words: l10n.t('accepted'), icon: 'thumbsup-filled', tone: 'good' }
    : { words: l10n.t('rejected'), icon: 'thumbsdown-filled', tone: 'bad' };
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
        {used && <Badge words={l10n.t('used by the plan')} icon="check" tone="good" />}
        {found.pinned && <Badge words={l10n.t('pinned')} icon="pinned" tone="quiet" />}
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
          <span>{l10n.t('Sources changed since: {0}', found.changedSources.join(l10n.t(', ')))}</span>
        </p>
      )}
      <p class="measures">
        <Advantage advantage={found.advantage ?? null} />
        <span class="gauge" aria-hidden="true">
          <span style={{ width: `${100 * found.similarity}%` }} />
        </span>
        <span class="measure-line">
          {l10n.t('{0} similar', formatShare(found.similarity))}
          {canExclude && !excluded && found.use !== 'withheld' && (
            <button
              type="button"
              class="link exclude"
              aria-label={l10n.t('Not this one: plan again without “{0}”', found.question)}
              aria-disabled={exclusion.busy}
              onClick={() => void exclusion.send({ type: 'exclude', caseId: found.caseId })}
            >
              {l10n.t('Not this one')}
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
      <span title={l10n.t('How much likelier an accepted answer is when the planner sees this case')}>
        {advantageInWords(advantage)}
      </span>
    </>
  );
}

function advantageInWords({ mean, low, high }: NonNullable<RetrievedCase['advantage']>): string {
  const figures = [formatPoints(mean), formatPoints(low), formatPoints(high)];
  return Math.abs(Math.round(mean * 100)) === 1
    ? l10n.t('{0} point (90 %: {1} to {2})', ...figures)
    : l10n.t('{0} points (90 %: {1} to {2})', ...figures);
}

function Badge({ words, icon, tone }: Words) {
  return (
    <span class="badge">
      <Icon name={icon} tone={tone} /> {words}
    </span>
  );
}
