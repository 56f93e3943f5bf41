import * as l10n from '@vscode/l10n';
import type { MemoryReport, ReportHostMessage, ReportRequest } from '../../src/protocol/reportMessages';
import { language } from '../language';
import { Boundary } from '../views/Boundary';
import { Icon } from '../views/Icon';
import { CopyReport } from './CopyReport';
import { KeyFigures } from './KeyFigures';
import { plotOf } from './plots';
import { Section } from './Section';
import { Verdict } from './Verdict';

export type Ask = (request: ReportRequest) => Promise<boolean>;

export interface ReportState {
  /** The last that the host said; null until it has. */
  readonly shown: Exclude<ReportHostMessage, { readonly type: 'reply' }> | null;
  /** What the last click could not do, in one sentence. */
  readonly problem: string | null;
}

export function ReportApp({
  state: { shown, problem },
  ask,
}: {
  readonly state: ReportState;
  readonly ask: Ask;
}) {
  if (shown === null) return <Counting />;
  if (shown.type === 'unavailable') return <Unavailable message={shown.message} ask={ask} />;
  const { report, sections } = shown;
  return (
    <main class="report">
      <Title report={report} ask={ask} />
      <div role="alert">{problem !== null && <p class="problem">{problem}</p>}</div>
      <div class="visually-hidden" role="status">
        {report.experiment.words}
      </div>
      {isEmpty(report) ? <Empty report={report} /> : <KeyFigures report={report} />}
      {(isEmpty(report) ? [] : sections).map((section) => (
        <Boundary key={section.name} part={section.title}>
          <Section
            section={section}
            verdict={section.name === 'experiment' ? <Verdict experiment={report.experiment} /> : null}
            plot={plotOf(section.name, report)}
            openCase={(caseId) => void ask({ type: 'openCase', caseId })}
          />
        </Boundary>
      ))}
    </main>
  );
}

function Title({ report, ask }: { readonly report: MemoryReport; readonly ask: Ask }) {
  const made = new Date(report.at).toLocaleString(language(), { dateStyle: 'medium', timeStyle: 'short' });
  return (
    <header class="report-title">
      <div>
        <p class="overline">
          <Icon name="beaker" /> Memento
        </p>
        <h1 class="question">{l10n.t('Memory report')}</h1>
        <p class="aside">
          {l10n.t('Counted {0}; it follows the memory as it changes. Days are those of UTC.', made)}
        </p>
      </div>
      <CopyReport ask={ask} />
    </header>
  );
}

const isEmpty = ({ history, acceptance }: MemoryReport): boolean => history.cases + acceptance.runs === 0;

function Empty({ report }: { readonly report: MemoryReport }) {
  return (
    <section aria-label={l10n.t('Nothing yet')}>
      <Verdict experiment={report.experiment} />
      <p class="words">
        {report.history.words}{' '}
        {l10n.t('Once answers are accepted or rejected, this page shows whether the cases help.')}
      </p>
    </section>
  );
}

function Counting() {
  return (
    <main class="report" aria-busy="true">
      <h1 class="question">{l10n.t('Memory report')}</h1>
      <p class="empty">
        <Icon name="loading" /> {l10n.t('Reading the memory…')}
      </p>
    </main>
  );
}

function Unavailable({ message, ask }: { readonly message: string; readonly ask: Ask }) {
  return (
    <main class="report">
      <h1 class="question">{l10n.t('There is no report')}</h1>
      <p class="banner banner-bad" role="alert">
        <Icon name="error" tone="bad" /> <span class="banner-body">{message}</span>
        <button type="button" class="secondary" onClick={() => void ask({ type: 'refresh' })}>
          <Icon name="refresh" /> {l10n.t('Try again')}
        </button>
      </p>
    </main>
  );
}
