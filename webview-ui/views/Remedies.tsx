import type { RemedyName } from '../../src/protocol/remedies';
import { usePanel } from './panelContext';

const TITLES: Readonly<Record<RemedyName, string>> = {
  ask: 'Ask a question',
  chooseModel: 'Choose model…',
  limits: 'Change limits',
  log: 'Show log',
  modelSettings: 'Model settings',
  openFolder: 'Open folder…',
  researchAgain: 'Research again',
  setKey: 'Set API key…',
  testModel: 'Test model',
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
