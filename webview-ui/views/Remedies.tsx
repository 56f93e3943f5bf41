import * as l10n from '@vscode/l10n';
import type { RemedyName } from '../../src/protocol/remedies';
import { usePanel } from './panelContext';

const TITLES: Readonly<Record<RemedyName, string>> = {
  ask: l10n.t('Ask a question'),
  chooseModel: l10n.t('Choose model…'),
  limits: l10n.t('Change limits'),
  log: l10n.t('Show log'),
  modelSettings: l10n.t('Model settings'),
  openFolder: l10n.t('Open folder…'),
  researchAgain: l10n.t('Research again'),
  setKey: l10n.t('Set API key…'),
  testModel: l10n.t('Test model'),
};

/** The commands that mend a fault, beside it. “Research again” is in the header of every run that has ended. */
export function Remedies({ names }: { readonly names: readonly RemedyName[] }) {
  const { attempt } = usePanel();
  const offered = names.filter((name) => name !== 'researchAgain');
  if (offered.length === 0) return null;
  return (
    <div class="remedies">
      {offered.map((name) => (
        <button
          key={name}
          type="button"
          class="secondary"
          onClick={() => void attempt({ type: 'remedy', name })}
        >
          {TITLES[name]}
        </button>
      ))}
    </div>
  );
}
