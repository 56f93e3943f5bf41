import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from './Icon';
import { usePanel } from './panelContext';

const CONFIRMATION_MS = 2000;

export function CopyAnswer() {
  const { attempt } = usePanel();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRMATION_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  return (
    <>
      <button
        type="button"
        class="quiet"
        onClick={() => void attempt({ type: 'copyAnswer' }).then((done) => done && setCopied(true))}
      >
        <Icon name={copied ? 'check' : 'copy'} /> {copied ? l10n.t('Copied') : l10n.t('Copy')}
      </button>
      {/* A button's new name is not read by itself. */}
      <span class="visually-hidden" role="status">
        {copied && l10n.t('Copied')}
      </span>
    </>
  );
}
