import * as l10n from '@vscode/l10n';
import { SendBox } from './SendBox';

/** The next question, asked with what this run has found; it opens a panel of its own. */
export function FollowUp() {
  return (
    <div class="follow-up">
      <SendBox
        label={l10n.t('Follow-up question')}
        placeholder={l10n.t('Ask a follow-up…')}
        verb={l10n.t('Ask')}
        requestFor={(question) => ({ type: 'followUp', question })}
      />
    </div>
  );
}
