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
    <button
      type="button"
      class="quiet"
      onClick={() => void attempt({ type: 'copyAnswer' }).then((done) => done && setCopied(true))}
    >
      <Icon name={copied ? 'check' : 'copy'} /> {copied ? 'Copied' : 'Copy'}
    </button>
  );
}
