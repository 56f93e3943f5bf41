import * as l10n from '@vscode/l10n';
import type { MemoryReport } from '../../src/protocol/reportMessages';
import { formatCost, formatShare } from '../format';
import { counted, formatNumber } from '../language';

/** What most want to know first, in four figures. */
export function KeyFigures({ report }: { readonly report: MemoryReport }) {
  const { acceptance, history, coverage, costs } = report;
  const prices = costs.groups.flatMap(({ cost, runs }) => (cost === null ? [] : [{ cost, runs }]));
  const priced = prices.reduce((sum, { runs }) => sum + runs, 0);
  const cost = prices.reduce((sum, each) => sum + each.cost * each.runs, 0) / priced;
  return (
    <dl class="figures">
      <Figure
        name={l10n.t('Accepted')}
        value={acceptance.share === null ? '–' : formatShare(acceptance.share.value)}
        of={counted(acceptance.judged, l10n.t('of {0} judged run'), l10n.t('of {0} judged runs'))}
      />
      <Figure
        name={l10n.t('Cases')}
        value={formatNumber(history.cases)}
        of={l10n.t('{0} not judged', formatNumber(history.unjudged))}
      />
      <Figure
        name={l10n.t('Shown a case')}
        value={coverage.runs === 0 ? '–' : formatShare(coverage.covered / coverage.runs)}
        of={counted(coverage.runs, l10n.t('of {0} run'), l10n.t('of {0} runs'))}
      />
      <Figure
        name={l10n.t('Cost of a run')}
        value={priced === 0 ? '–' : formatCost(cost)}
        of={priced === 0 ? l10n.t('no price is known') : l10n.t('on average')}
      />
    </dl>
  );
}

function Figure({ name, value, of }: { readonly name: string; readonly value: string; readonly of: string }) {
  return (
    <div class="figure">
      <dt>{name}</dt>
      <dd>
        <span class="figure-value">{value}</span> <span class="aside">{of}</span>
      </dd>
    </div>
  );
}
