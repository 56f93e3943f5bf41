import * as l10n from '@vscode/l10n';
import { Icon } from './Icon';
import { SendBox } from './SendBox';

interface Props {
  readonly steering: readonly string[];
  readonly underWay: boolean;
}

/** A word to the planner while it works; it comes back as an event and is listed here. */
export function Steer({ steering, underWay }: Props) {
  return (
    <div class="steer">
      {steering.length > 0 && (
        <ul class="said" aria-label={l10n.t('Your guidance')}>
          {steering.map((said, index) => (
            <li key={index}>
              <Icon name="comment" tone="quiet" /> <span dir="auto">{said}</span>
            </li>
          ))}
        </ul>
      )}
      {underWay && (
        <SendBox
          label={l10n.t('Guide the run')}
          placeholder={l10n.t('Guide the run: what to look at, what to leave out…')}
          verb={l10n.t('Send')}
          requestFor={(text) => ({ type: 'steer', text })}
        />
      )}
    </div>
  );
}
