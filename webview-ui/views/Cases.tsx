import * as l10n from '@vscode/l10n';
import { isUnderWay, type PanelState } from '../state';
import { CaseCard } from './CaseCard';
import { Icon } from './Icon';
import { Reuse } from './Reuse';

export function Cases({ panel }: { readonly panel: PanelState }) {
  const { run } = panel;
  return (
    <section aria-label={l10n.t('Retrieved cases')}>
      <h2>
        {l10n.t('Retrieved cases')}
        {run.policy !== '' && <span class="aside">{l10n.t('policy: {0}', run.policy)}</span>}
      </h2>
      {run.reuse && <Reuse reuse={run.reuse} underWay={isUnderWay(panel)} />}
      <CaseList panel={panel} />
    </section>
  );
}

function CaseList({ panel }: { readonly panel: PanelState }) {
  const { cases, usedCases, excluded, answer } = panel.run;
  const canExclude = isUnderWay(panel) && answer === '';
  if (cases === null) {
    return isUnderWay(panel) ? (
      <p class="empty">
        <Icon name="loading" /> {l10n.t('Looking for similar past cases…')}
      </p>
    ) : (
      <p class="empty">{l10n.t('The run ended before past cases were looked up.')}</p>
    );
  }
  if (cases.length === 0) return <p class="empty">{noCases(panel)}</p>;
  return (
    <>
      {panel.run.whyNone !== '' && <p class="why-none">{panel.run.whyNone}</p>}
      <ul class="cards">
        {cases.map((found) => (
          <CaseCard
            key={found.caseId}
            found={found}
            used={usedCases.includes(found.caseId)}
            excluded={excluded.includes(found.caseId)}
            canExclude={canExclude}
          />
        ))}
      </ul>
    </>
  );
}

function noCases({ run, candidates }: PanelState): string {
  if (run.policy === 'none') return l10n.t('Memory is off for this run: no past case was looked up.');
  if (candidates === 0) {
    return l10n.t(
      'No past cases yet: accept or reject this answer, and the next similar question starts from it.',
    );
  }
  return run.whyNone === '' ? l10n.t('No similar past case: the plan starts from scratch.') : run.whyNone;
}
