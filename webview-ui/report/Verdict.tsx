import type { MemoryReport } from '../../src/protocol/reportMessages';
import { Icon } from '../views/Icon';

/** What the experiment says. "Not measured yet" is a normal answer and looks like one. */
export function Verdict({ experiment: { status, words } }: Pick<MemoryReport, 'experiment'>) {
  const [tone, icon] =
    status === 'helps'
      ? (['good', 'pass-filled'] as const)
      : status === 'harms'
        ? (['bad', 'warning'] as const)
        : (['info', 'info'] as const);
  return (
    <p class={`banner banner-${tone} verdict`}>
      <Icon name={icon} tone={tone === 'info' ? 'busy' : tone} /> <span class="banner-body">{words}</span>
    </p>
  );
}
