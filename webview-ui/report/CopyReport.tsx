import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import { Icon } from '../views/Icon';
import type { Ask } from './ReportApp';

const SHOWN_MS = 2_000;

/** Says that it was done, to the eye and to a screen reader. */
export function CopyReport({ ask }: { readonly ask: Ask }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => setCopied(await ask({ type: 'copyJson' }));
  return (
    <div class="actions">
      <button type="button" class="secondary" onClick={() => void copy()}>
        <Icon name={copied ? 'check' : 'copy'} /> {l10n.t('Copy as JSON')}
      </button>
      <span class="visually-hidden" role="status">
        {copied && l10n.t('Copied')}
      </span>
    </div>
  );
}
