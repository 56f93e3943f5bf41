import { dollars, grouped, percent } from '../../src/core/common/figures';
import type { MemoryReport } from '../../src/protocol/reportMessages';

/** What most want to know first, in four figures. */
export function KeyFigures({ report }: { readonly report: MemoryReport }) {
  const { acceptance, history, coverage, costs } = report;
  const prices = costs.groups.flatMap(({ cost, runs }) => (cost === null ? [] : [{ cost, runs }]));
  const priced = prices.reduce((sum, { runs }) => sum + runs, 0);
  const cost = prices.reduce((sum, each) => sum + each.cost * each.runs, 0) / priced;
  return (
    <dl class="figures">
      <Figure
        name="Accepted"
        value={acceptance.share === null ? '–' : percent(acceptance.share.value)}
        of={`of ${grouped(acceptance.judged)} judged runs`}
      />
      <Figure name="Cases" value={grouped(history.cases)} of={`${grouped(history.unjudged)} not judged`} />
      <Figure
        name="Shown a case"
        value={coverage.runs === 0 ? '–' : percent(coverage.covered / coverage.runs)}
        of={`of ${grouped(coverage.runs)} runs`}
      />
      <Figure
        name="Cost of a run"
        value={priced === 0 ? '–' : dollars(cost)}
        of={priced === 0 ? 'no price is known' : 'on average'}
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
