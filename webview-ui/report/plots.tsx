/** Which plot a section has. */
import * as l10n from '@vscode/l10n';
import type { ListedRecord, MemoryReport, ReportSection } from '../../src/protocol/reportMessages';
import { ArmsPlot } from './ArmsPlot';
import { ForestPlot, type ForestRow } from './ForestPlot';
import { HistoryPlot } from './HistoryPlot';
import { LearningCurve } from './LearningCurve';
import { ReliabilityPlot } from './ReliabilityPlot';

/** A plot of more says less; the table has them all. */
const MOST_ROWS = 12;

/** Null where there is nothing to plot. */
export function plotOf(name: ReportSection['name'], report: MemoryReport) {
  switch (name) {
    case 'experiment':
      return (
        <>
          {report.experiment.curve.length > 1 && <ArmsPlot experiment={report.experiment} />}
          {effectPlot(report.experiment)}
        </>
      );
    case 'acceptance':
      return report.acceptance.groups.length > 0 ? <LearningCurve acceptance={report.acceptance} /> : null;
    case 'history':
      return report.history.buckets.length > 0 ? <HistoryPlot history={report.history} /> : null;
    case 'suspects':
      return recordsPlot(
        'suspects',
        l10n.t('Advantage of suspected cases'),
        report.suspects,
        ({ advantage }) => advantage,
      );
    case 'leaveOneOut':
      return recordsPlot(
        'leave-one-out',
        l10n.t('Kept against left out, case by case'),
        report.leaveOneOut,
        (record) => record.leaveOneOut,
      );
    case 'calibration':
      return report.calibration.rows.length > 0 ? <ReliabilityPlot calibration={report.calibration} /> : null;
    case 'coverage':
    case 'costs':
      return null;
  }
}

function effectPlot({ anytime, difference, words }: MemoryReport['experiment']) {
  const rows = [
    { key: 'anytime', name: l10n.t('Holds at every look'), measured: anytime },
    { key: 'one look', name: l10n.t('For one look'), measured: difference },
  ].flatMap(({ measured, ...row }): ForestRow[] => (measured ? [{ ...row, measured }] : []));
  if (rows.length === 0) return null;
  return (
    <ForestPlot
      id="effect"
      title={l10n.t('Points more accepted with cases')}
      description={words}
      rows={rows}
    />
  );
}

function recordsPlot(
  id: string,
  title: string,
  { cases, words }: { readonly cases: readonly ListedRecord[]; readonly words: string },
  measure: (record: ListedRecord) => ListedRecord['advantage'],
) {
  const rows = cases.flatMap((record): ForestRow[] => {
    const measured = measure(record);
    return measured ? [{ key: record.caseId, name: record.question, measured }] : [];
  });
  if (rows.length === 0) return null;
  return <ForestPlot id={id} title={title} description={words} rows={rows.slice(0, MOST_ROWS)} />;
}
