import * as l10n from '@vscode/l10n';
import { remediesOf, type RemedyName } from '../../src/protocol/remedies';
import { isElsewhere, isUnderWay, type PanelState } from '../state';
import { Icon, type IconName, type IconTone } from './Icon';
import { Remedies } from './Remedies';

interface Message {
  readonly title: string;
  readonly text: string;
  readonly icon: IconName;
  readonly tone: Extract<IconTone, 'bad' | 'attention' | 'neutral'>;
}

/** What became of a run that did not simply answer. */
export function OutcomeBanner({ panel }: { readonly panel: PanelState }) {
  const message = messageOf(panel);
  if (!message) return null;
  return (
    <div class={`banner banner-${message.tone}`}>
      <Icon name={message.icon} tone={message.tone} />
      <div class="banner-body">
        <p>
          <strong>{message.title}</strong>
        </p>
        {message.text !== '' && <p class="prose">{message.text}</p>}
        <Remedies names={remediesFor(panel)} />
      </div>
    </div>
  );
}

/** What can be done about how the run ended. The extractive pair cannot do what a model can. */
function remediesFor({ run }: PanelState): readonly RemedyName[] {
  if (run.outcome === 'abstained' && run.models.planner === 'extractive') return ['chooseModel'];
  if (run.outcome !== 'failed' && run.outcome !== 'exhausted') return [];
  return run.error ? remediesOf(run.error.code) : [];
}

function messageOf(panel: PanelState): Message | null {
  const { run } = panel;
  const error = run.error?.message ?? '';
  const partly = run.answer === '' ? '' : l10n.t('What was written so far is below.');
  switch (run.outcome) {
    case 'answered':
      return null;
    case 'abstained':
      return {
        title: l10n.t('No answer that the sources support'),
        text: error || l10n.t('Nothing that was found backs an answer, so none was made up.'),
        icon: 'circle-slash',
        tone: 'attention',
      };
    case 'exhausted':
      return {
        title: l10n.t('A limit was reached'),
        text: joined(
          error,
          l10n.t('This is the best answer from what was known by then. Limits are in the settings.'),
        ),
        icon: 'warning',
        tone: 'attention',
      };
    case 'cancelled':
      return { title: l10n.t('You stopped this run'), text: partly, icon: 'circle-slash', tone: 'neutral' };
    case 'failed':
      return {
        title: l10n.t('The run failed'),
        text: joined(error || l10n.t('No reason was given.'), partly),
        icon: 'error',
        tone: 'bad',
      };
    case null:
      if (isElsewhere(panel)) return ELSEWHERE;
      return isUnderWay(panel) ? null : interrupted(partly);
  }
}

/** Whole sentences, one after the other. */
const joined = (...sentences: readonly string[]): string =>
  sentences.filter((sentence) => sentence !== '').join(' ');

const ELSEWHERE: Message = {
  title: l10n.t('This run is under way in another window'),
  text: l10n.t(
    'That window, or a command line, is at work on it, and can stop it. What it does is shown here as it goes.',
  ),
  icon: 'info',
  tone: 'neutral',
};

const interrupted = (partly: string): Message => ({
  title: l10n.t('This run was interrupted'),
  text: joined(
    l10n.t('It ended without an answer, because its window was closed or reloaded.'),
    partly,
    l10n.t('“Resume” goes on from the last task that was finished, “Research again” starts anew.'),
  ),
  icon: 'debug-disconnect',
  tone: 'attention',
});
